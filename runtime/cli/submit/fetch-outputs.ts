import { mkdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { Client, FileRow } from '../../client/index.ts';
import type { OutputDirectory } from '../run/output-directory.ts';
import type { LocalFiles } from './file-documents.ts';

/** Where the products of an execution begin in a path of the service. */
const executionDirectory = /^(?:.*\/)?job_exe_\d+(?:_[0-9a-f]{12})?\//;

/**
 * Fetches the products of a job, as they lay in its OUTPUT_DIR.
 * @returns where each is now, by its number
 */
export async function fetchOutputs(
  client: Client,
  files: Readonly<Record<string, readonly number[]>>,
  directory: OutputDirectory,
): Promise<LocalFiles> {
  const local = new Map<number, { path: string; sha256: string }>();
  for (const id of new Set(Object.values(files).flat())) {
    const target = path.join(directory.path, insideOutput(await client.file(id)));
    await mkdir(path.dirname(target), { recursive: true });
    local.set(id, { path: target, sha256: await client.download(id, target) });
  }
  return local;
}

/** Where a product lay in its OUTPUT_DIR; never outside. Pure. */
export function insideOutput({ file_path: place, file_name: name }: FileRow): string {
  const inside = executionDirectory.test(place) ? place.replace(executionDirectory, '') : name;
  return path.normalize(path.join('/', inside)).slice(1);
}

/** Removes what was made for products that there are not. */
export async function dropDirectory({ attempt, made }: OutputDirectory, isEmpty: boolean): Promise<void> {
  await rm(attempt.path, { recursive: true, force: true });
  if (isEmpty) for (const directory of made) await rmdir(directory).catch(() => undefined);
}
