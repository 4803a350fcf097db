import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type ScaleFile, Workspaces } from '../../catalog/index.ts';
import type { Database } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Plan } from '../../execution/index.ts';
import {
  copyOutputs,
  type DescribedExecution,
  type Done,
  type OpenWorkspace,
  reuse,
  standingOf,
} from '../../provenance/index.ts';
import { fileDocument } from './document.ts';
import type { Registration } from './registration.ts';
import type { RunningJob } from './run-job.ts';

/** Milliseconds between two looks at an execution of the same identity. */
const lookMs = 200;

/**
 * Takes what an earlier execution made, and copies its files into the output directory. While one of the same identity
 * runs, that is waited for.
 * @returns whether the job is over; false: it has to be run
 * @throws runtime-lost, canceled
 */
export async function reuseInstead(
  run: RunningJob,
  { execution, inputs, workspace: here }: Registration,
  described: Omit<DescribedExecution, 'inputs'>,
): Promise<boolean> {
  const { db, config, draft, signal, directory } = run;
  const workspaces = new Workspaces(db, config);
  const open: OpenWorkspace = async (id) => (id === here.id ? here : workspaces.byId(id));
  try {
    for (;;) {
      const verdict = await reuse({ db, execution, described: { ...described, inputs }, open, signal });
      if (verdict.kind === 'lost') throw new SeedbedError('runtime-lost', {});
      if (verdict.kind === 'runs') return false;
      if (verdict.kind === 'awaits') {
        if (!(await ended(db, verdict.jobExeId, signal))) return false;
        continue;
      }
      const { done } = verdict;
      run.logger.info({ reused: { execution: done.id, job: done.jobId } }, 'reuses what was made before');
      const copies = await copyOutputs(open, done, described.request.manifest, directory.path);
      await rm(directory.attempt.path, { recursive: true, force: true });
      draft.status = 'completed';
      draft.reused = { job: done.jobId, execution: done.id };
      draft.outputs = {
        files: outputs(done, (file) => ({ ...fileDocument(here, file), path: copies.get(file.id)! })),
        json: { ...done.output.json },
      };
      return true;
    }
  } finally {
    workspaces.close();
  }
}

/** What identities are made of, for a run from the command line. */
export function describedRun(
  { prepared }: Pick<RunningJob, 'prepared'>,
  { allocated }: Pick<Plan, 'allocated'>,
  key: DescribedExecution['key'],
): Omit<DescribedExecution, 'inputs'> {
  return { request: prepared.request, allocated, key };
}

/**
 * Waits for the end of an execution. One whose command has died is ended here.
 * @returns false when a service has died over it, and nobody may ever take it over
 */
async function ended(db: Database, id: number, signal: AbortSignal): Promise<boolean> {
  for (;;) {
    if (signal.aborted) throw new SeedbedError('canceled', { signal: String(signal.reason) });
    const standing = await standingOf(db, id);
    if (standing !== 'runs') return standing === 'over';
    await delay(lookMs, undefined, { signal }).catch(() => undefined);
  }
}

function outputs<Document>(
  { output, files }: Done,
  show: (file: ScaleFile) => Document,
): Record<string, Document[]> {
  const byId = new Map(files.map((file) => [file.id, file]));
  return Object.fromEntries(
    Object.entries(output.files ?? {}).map(([name, ids]) => [name, ids.map((id) => show(byId.get(id)!))]),
  );
}
