import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type { FileDocument } from '../../../../seed-schema/index.ts';
import type { Client, JobDetails } from '../../../client/index.ts';
import type { SeedbedError } from '../../../errors/index.ts';
import { openLogFiles, logPathsIn } from '../../../execution/index.ts';
import { documentOf } from '../../submit/file-documents.ts';
import { insideOutput } from '../../submit/fetch-outputs.ts';
import { empty } from '../directories/empty.ts';
import type { RowOutcome } from '../runner.ts';

type Files = Record<string, FileDocument[]>;

/**
 * Fetches the products of a job into the directory of its row, in place of what is there, as they lay in OUTPUT_DIR. All of
 * it is on the disk afterwards.
 * @returns their documents, by output
 */
export async function fetchProducts(client: Client, job: JobDetails, directory: string): Promise<Files> {
  await empty(directory);
  const files = Object.entries(job.output?.files ?? {});
  const documents = new Map<number, FileDocument>();
  const written = new Set<string>([directory]);
  for (const id of new Set(files.flatMap(([, ids]) => ids))) {
    const row = await client.file(id);
    const target = path.join(directory, insideOutput(row));
    await mkdir(path.dirname(target), { recursive: true });
    const sha256 = await client.download(id, target);
    for (let at = path.dirname(target); at !== directory; at = path.dirname(at)) written.add(at);
    documents.set(id, await documentOf(row, target, sha256));
  }
  if (documents.size > 0) for (const one of written) await sync(one);
  return Object.fromEntries(files.map(([name, ids]) => [name, ids.map((id) => documents.get(id)!)]));
}

async function sync(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes what the last execution of a job printed to two files of this machine, as jobs have them that run here.
 * @param directory of the logs of the batch
 * @param onLoss told when the service is gone, and (undefined) when it is there again
 */
export async function fetchLogs(
  client: Client,
  { execution }: JobDetails,
  directory: string,
  onLoss: (error: SeedbedError | undefined) => void,
): Promise<RowOutcome['logs']> {
  if (!execution?.steps.some(({ name }) => name === 'run')) return { stdout: null, stderr: null };
  const paths = logPathsIn(path.join(directory, `${execution.id}`));
  const sink = await openLogFiles(paths);
  try {
    for await (const { stream, data } of client.followLog(execution.id, 'combined', { onLoss }))
      await sink.write({ stream, data });
  } finally {
    await sink.end();
  }
  return { ...paths };
}
