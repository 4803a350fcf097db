import type { JobPost } from '../../../../seed-schema/index.ts';
import type { AcceptedJob, Client } from '../../../client/index.ts';
import type { RowTask } from '../runner.ts';
import type { ServiceBatch } from './prepare.ts';
import type { SentFile, Sources } from './sources.ts';

/** What all jobs of a batch have in common. */
export interface ServiceJobs {
  /** Uuid of the batch. */
  readonly batch: string;
  readonly prepared: ServiceBatch;
  readonly client: Client;
  readonly sources: Sources;
}

/** A row whose job the service has. */
export interface OpenRow {
  readonly task: RowTask;
  readonly job: number;
  readonly inputs: ReadonlyMap<string, readonly SentFile[]>;
}

/**
 * Sends the files of a row and submits its job. The key is the row's, so that the job that an earlier process has submitted
 * is found again, also where it did not live to hear of it. One that came to nothing stays as it is, and the next key is a
 * new job.
 */
export async function submitRow(jobs: ServiceJobs, task: RowTask): Promise<OpenRow> {
  const inputs = await sent(jobs.sources, task);
  const { files, json } = task.row;
  const post: JobPost = {
    job_type_id: jobs.prepared.type.id,
    input: {
      version: '7',
      files: Object.fromEntries(
        [...files.keys()].map((name) => [name, inputs.get(name)!.map(({ row }) => row.id)]),
      ),
      json: Object.fromEntries([...json].map(([name, { value }]) => [name, value])),
    },
    configuration: jobs.prepared.configuration,
  };
  for (let attempt = 1; ; attempt++) {
    const key = `batch-${jobs.batch}-${task.id}${attempt === 1 ? '' : `-${attempt}`}`;
    const job = await jobs.client.submitJob(post, key);
    if (!cameToNothing(job)) return { task, job: job.id, inputs };
  }
}

async function sent(sources: Sources, { row }: RowTask): Promise<Map<string, SentFile[]>> {
  const inputs = new Map<string, SentFile[]>();
  for (const [name, files] of row.files) {
    const rows: SentFile[] = [];
    for (const file of files) rows.push(await sources.send(name, file));
    inputs.set(name, rows);
  }
  return inputs;
}

function cameToNothing({ status }: AcceptedJob): boolean {
  return status === 'FAILED' || status === 'CANCELED';
}
