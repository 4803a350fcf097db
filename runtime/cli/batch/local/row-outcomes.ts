import { filesById } from '../../../catalog/index.ts';
import type { Database } from '../../../database/index.ts';
import { SeedbedError } from '../../../errors/index.ts';
import type { EndedJob } from '../../../jobs/index.ts';
import type { LocalWorkspace } from '../../../workspace/index.ts';
import { errorDocument, exitOf, fileDocument } from '../../run/document.ts';
import type { EndedRow, RowOutcome } from '../runner.ts';
import type { OpenRow } from './submit-rows.ts';

type FileDocuments = RowOutcome['outputs']['files'];

/** How rows went whose jobs have ended, with their files as the catalogue has them now. @param signal of the user, if there was one */
export async function rowOutcomes(
  db: Database,
  workspace: LocalWorkspace,
  ended: readonly (readonly [OpenRow, EndedJob])[],
  signal: string | undefined,
): Promise<EndedRow[]> {
  const ids = ended.flatMap(([row, job]) =>
    [row.inputs, job.output?.files ?? {}].flatMap((of) => Object.values(of).flat()),
  );
  const files = new Map((await filesById(db, [...new Set(ids)])).map((file) => [file.id, file]));
  const documents = (of: Readonly<Record<string, readonly number[]>>): FileDocuments =>
    Object.fromEntries(
      Object.entries(of).map(([name, some]) => [
        name,
        some.flatMap((id) => files.get(id) ?? []).map((file) => fileDocument(workspace, file)),
      ]),
    );
  return ended.map(([{ task, inputs }, job]) => ({
    task,
    outcome: outcomeOf(task, job, inputs, documents, signal),
  }));
}

function outcomeOf(
  { row }: OpenRow['task'],
  job: EndedJob,
  inputs: OpenRow['inputs'],
  documents: (of: OpenRow['inputs']) => FileDocuments,
  signal: string | undefined,
): RowOutcome {
  const error = errorOf(job, signal);
  const hasRun = job.steps.some(({ name }) => name === 'run');
  // Some rejections only the engine can find, such as a network that it lacks.
  const isRejected = exitOf({ error }) === 2 && job.exitCode === null;
  return {
    status: error === null ? 'completed' : isRejected ? 'rejected' : 'failed',
    exit_code: job.exitCode,
    error,
    inputs: {
      files: documents(inputs),
      json: Object.fromEntries([...row.json].map(([name, { value }]) => [name, value])),
    },
    outputs: { files: documents(job.output?.files ?? {}), json: { ...job.output?.json } },
    logs: { stdout: hasRun ? job.stdoutPath : null, stderr: hasRun ? job.stderrPath : null },
    warnings: [...job.warnings],
    job: job.id,
    started: job.started,
    ended: job.ended,
  };
}

function errorOf({ status, error }: EndedJob, signal: string | undefined): RowOutcome['error'] {
  if (status === 'COMPLETED') return null;
  if (status === 'CANCELED' || !error)
    return errorDocument(new SeedbedError('canceled', { signal: signal ?? 'a cancellation' }));
  const { name, title, category, message, code } = error;
  return { name, title, category, message, code };
}
