import { registerSources, type ScaleFile } from '../../../catalog/index.ts';
import type { Config } from '../../../config/index.ts';
import type { Database } from '../../../database/index.ts';
import { planResources } from '../../../execution/index.ts';
import {
  defaultMaxTries,
  freeKeys,
  type JobTypeRevision,
  type NewJob,
  type Resources,
  submitMany,
} from '../../../jobs/index.ts';
import type { LocalWorkspace } from '../../../workspace/index.ts';
import { shownSettings, split, userName } from '../../run/registration.ts';
import type { PreparedBatch } from '../prepare.ts';
import { empty } from '../directories/empty.ts';
import type { ReadyRow } from '../rows/row.ts';
import type { RowTask } from '../runner.ts';
import { plainText, type RowConfiguration } from './row-source.ts';

/** What all jobs of a batch have in common. */
export interface RowJobs {
  readonly prepared: PreparedBatch;
  readonly config: Config;
  readonly type: JobTypeRevision;
  /** Of this machine's own files. */
  readonly workspace: LocalWorkspace;
  readonly queue: string;
  /** What the node has: nothing is asked of it that it could never give. */
  readonly capacity: Resources;
}

/** A row whose job is in the queue, runs or has ended. */
export interface OpenRow {
  readonly task: RowTask;
  /** `job.id`. */
  readonly job: number;
  /** `scale_file.id`s by input. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
}

/**
 * Puts rows in the queue, in one transaction. A row whose job waits, runs or completed already keeps it; where one is
 * made, what earlier attempts have left in the row's directory goes.
 */
export async function submitRows(db: Database, jobs: RowJobs, tasks: readonly RowTask[]): Promise<OpenRow[]> {
  const keyOf = ({ id }: RowTask) => `${jobs.queue}:${id}`;
  return db.transaction(async (tx) => {
    const given = tasks.map(({ row }) => [...row.files.values()].flat());
    const rows = await registerSources(tx, jobs.workspace, given.flat());
    const taken = await freeKeys(tx, tasks.map(keyOf));
    for (const task of tasks) if (!taken.has(keyOf(task))) await empty(task.directory);
    let start = 0;
    const wanted = tasks.map((task, at) => {
      const own = rows.slice(start, (start += given[at]!.length));
      return { ...asJob(jobs, task, own), dedupeKey: keyOf(task) };
    });
    const ids = await submitMany(tx, wanted);
    return tasks.map((task, at) => ({ task, job: ids[at]!, inputs: wanted[at]!.files }));
  });
}

function asJob(
  { prepared, config, type, queue, capacity }: RowJobs,
  { row, directory }: RowTask,
  rows: readonly ScaleFile[],
): NewJob {
  const request = prepared.request(row);
  const { allocated } = planResources(request, prepared.machine, config);
  const { cpus, mem, gpus } = allocated;
  return {
    type,
    queue,
    timeout: Math.min(request.manifest.job.timeout, Number.MAX_SAFE_INTEGER),
    files: Object.fromEntries(
      [...split(row.files, rows)].map(([name, of]) => [name, of.map(({ id }) => id)]),
    ),
    json: Object.fromEntries([...row.json].map(([name, { value }]) => [name, value])),
    configuration: configurationOf(request, row),
    resources: {
      cpus: Math.min(cpus ?? 0, capacity.cpus),
      mem: Math.min(mem ?? 0, capacity.mem),
      disk: 0,
      ...(gpus !== undefined && capacity.gpus !== undefined && { gpus: Math.min(gpus, capacity.gpus) }),
    },
    maxTries: defaultMaxTries,
    destination: directory,
    actor: userName(),
  };
}

function configurationOf(
  request: ReturnType<PreparedBatch['request']>,
  { json }: ReadyRow,
): RowConfiguration {
  const texts = [...json].filter(([, { value, environment }]) => environment !== plainText(value));
  return {
    settings: shownSettings(request),
    network: request.network,
    ...(texts.length > 0 && {
      json_texts: Object.fromEntries(texts.map(([name, { environment }]) => [name, environment])),
    }),
  };
}
