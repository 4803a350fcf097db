import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Client, persistent } from '../../client/index.ts';
import { isErrno, reasonOf, SeedbedError, toSeedbedError } from '../../errors/index.ts';
import { type FetchOptions, fetchFile, type GotFile, syncDirectory } from '../get/fetch-files.ts';
import type { FileSource } from '../get/source.ts';
import type { PlacedFile } from './layout.ts';

const draftPattern = /^\.seedbed-get-(\d+)~/;

/** The files of one batch, as `fetchFile` takes them; a service that is away for a while is waited for. */
export function outputSource(client: Client, files: ReadonlyMap<number, PlacedFile>): FileSource {
  return {
    where: client.url,
    list: async () =>
      [...files.values()].map(({ id, file_size, name }) => ({ id, file_size, file_name: name })),
    checksum: async (id) => files.get(id)?.sha256 ?? client.checksum(id),
    fetch: (file, directory, signal, onBytes) =>
      client.fetch(file.id, directory, { size: file.file_size, signal, onBytes, persistence: persistent }),
    close: async () => undefined,
  };
}

/**
 * Makes the directory of an output, on the disk, and clears what drafts of other versions an earlier download left there.
 * @param root of the download, absolute
 * @throws output-directory-unusable, also where a link stands in the place of a directory: it may lead anywhere
 */
export async function openDirectory(root: string, files: readonly PlacedFile[]): Promise<void> {
  let target = root;
  try {
    for (const part of files[0]!.directory.split('/')) {
      const parent = target;
      target = path.join(parent, part);
      if (await makeDirectory(target)) await syncDirectory(parent);
    }
    const ids = new Set(files.map(({ id }) => `${id}`));
    for (const name of await readdir(target)) {
      const [, id] = draftPattern.exec(name) ?? [];
      if (id !== undefined && !ids.has(id)) await rm(path.join(target, name), { force: true });
    }
  } catch (thrown) {
    if (thrown instanceof SeedbedError || isErrno(thrown, 'ENOSPC', 'EDQUOT')) throw thrown;
    throw new SeedbedError('output-directory-unusable', { path: target, reason: reasonOf(thrown) });
  }
}

/** @returns whether it was not there */
async function makeDirectory(directory: string): Promise<boolean> {
  try {
    await mkdir(directory);
    return true;
  } catch (thrown) {
    if (!isErrno(thrown, 'EEXIST')) throw thrown;
    if ((await lstat(directory)).isDirectory()) return false;
    throw new SeedbedError('output-directory-unusable', { path: directory, reason: 'it is no directory' });
  }
}

/** Fetches a file to its place, once more from the beginning where what an earlier download left of it is damaged. */
export async function fetchOutput(
  source: FileSource,
  file: PlacedFile,
  options: FetchOptions,
): Promise<GotFile> {
  const { id, file_size, name } = file;
  const wanted = { id, file_size, file_name: name };
  const isBegun = await hasDraft(options.directory, id);
  const got = await fetchFile(source, wanted, name, options);
  return got.status === 'failed' && isBegun && !(await hasDraft(options.directory, id))
    ? fetchFile(source, wanted, name, options)
    : got;
}

async function hasDraft(directory: string, id: number): Promise<boolean> {
  return (await readdir(directory)).some((name) => draftPattern.exec(name)?.[1] === `${id}`);
}

/** What a directory that could not be made means for its files. */
export function unfetched(root: string, file: PlacedFile, thrown: unknown): GotFile {
  const error = toSeedbedError(thrown);
  if (error.error === 'disk-full') throw error;
  const { id, file_size } = file;
  const reason = error.message.replace(/\.$/, '');
  return {
    ...{ id, file_size, reason },
    path: path.join(root, file.directory, file.name),
    status: 'failed',
    sha256: null,
  };
}

/** Whether something is there, whatever it is. */
export async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return false;
    throw thrown;
  }
}
