import type { FileDocument } from '../../../../seed-schema/index.ts';
import type { JobDetails } from '../../../client/index.ts';
import { SeedbedError, toSeedbedError } from '../../../errors/index.ts';
import { errorDocument, exitOf } from '../../run/document.ts';
import { errorOf } from '../../service/job-error.ts';
import { documentOf } from '../../submit/file-documents.ts';
import type { EndedRow, RowOutcome } from '../runner.ts';
import { fetchLogs, fetchProducts } from './fetch-row.ts';
import type { OpenRow, ServiceJobs } from './submit-row.ts';

/**
 * How a row went whose job has ended; its products and logs are on this machine afterwards. Where they cannot be had, the
 * row has failed.
 * @param logs directory for those of the batch
 * @param onLoss told when the service is gone, and (undefined) when it is there again
 * @param signal of the user, if there was one
 * @throws service-unreachable and its kind
 */
export async function rowOutcome(
  { client }: Pick<ServiceJobs, 'client'>,
  { task, inputs }: OpenRow,
  job: JobDetails,
  logs: string,
  onLoss: (error: SeedbedError | undefined) => void,
  signal: string | undefined,
): Promise<EndedRow> {
  const error = canceledBy(errorOf(job), signal);
  const exitCode = job.execution?.exit_code ?? null;
  // Some rejections only the engine can find, such as an image that is gone.
  const isRejected = exitOf({ error }) === 2 && exitCode === null;
  const outcome: RowOutcome = {
    status: error === null ? 'completed' : isRejected ? 'rejected' : 'failed',
    exit_code: exitCode,
    error,
    inputs: {
      files: await documentsOf(inputs),
      json: Object.fromEntries([...task.row.json].map(([name, { value }]) => [name, value])),
    },
    outputs: {
      files: await fetchProducts(client, job, task.directory),
      json: { ...job.output?.json },
    },
    logs: await fetchLogs(client, job, logs, onLoss),
    warnings: (job.execution?.warnings ?? []).map(({ name, description }) => ({ name, description })),
    job: job.id,
    started: job.execution?.started ?? null,
    ended: job.ended,
  };
  return { task, outcome };
}

/** A row whose job has ended and whose products could not be had. */
export function unfetchedRow({ task }: OpenRow, job: JobDetails, thrown: unknown): EndedRow {
  return {
    task,
    outcome: {
      status: 'failed',
      exit_code: job.execution?.exit_code ?? null,
      error: errorDocument(toSeedbedError(thrown)),
      inputs: { files: {}, json: {} },
      outputs: { files: {}, json: {} },
      logs: { stdout: null, stderr: null },
      warnings: [],
      job: job.id,
      started: job.execution?.started ?? null,
      ended: job.ended,
    },
  };
}

function canceledBy(error: RowOutcome['error'], signal: string | undefined): RowOutcome['error'] {
  if (error?.name !== 'canceled' || signal === undefined) return error;
  return errorDocument(new SeedbedError('canceled', { signal }));
}

async function documentsOf(inputs: OpenRow['inputs']): Promise<Record<string, FileDocument[]>> {
  const documents: Record<string, FileDocument[]> = {};
  for (const [name, files] of inputs)
    documents[name] = await Promise.all(files.map(({ row, path, sha256 }) => documentOf(row, path, sha256)));
  return documents;
}
