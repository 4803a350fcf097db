import { lstat, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { checksumOf } from '../../client/index.ts';
import { isErrno, SeedbedError, toSeedbedError } from '../../errors/index.ts';
import type { FileSource, Wanted } from './source.ts';

/** What became of a file. */
export interface GotFile {
  readonly id: number;
  /** Absolute. */
  readonly path: string;
  /** `known`: it was there already. */
  readonly status: 'fetched' | 'known' | 'failed';
  /** Bytes. */
  readonly file_size: number;
  readonly sha256: string | null;
  /** Why it failed. */
  readonly reason: string | null;
}

export interface FetchOptions {
  readonly directory: string;
  readonly force: boolean;
  readonly signal: AbortSignal;
  readonly onBytes: (count: number) => void;
}

/**
 * Fetches a file, unless the very same is there already.
 * @throws service-unreachable and what else stops everything; what is wrong with this file is in the answer
 */
export async function fetchFile(
  source: FileSource,
  file: Wanted,
  name: string,
  { directory, force, signal, onBytes }: FetchOptions,
): Promise<GotFile> {
  const target = path.join(directory, name);
  const got = { id: file.id, path: target, file_size: file.file_size };
  try {
    const there = await sizeOf(target);
    let expected: string | null = null;
    let found: string | null = null;
    if (there !== undefined) {
      if (there === 'other') throw differs(target);
      expected = await source.checksum(file.id);
      found = there === file.file_size || expected === null ? await checksumOf(target) : null;
      if (expected !== null && expected === found) {
        onBytes(file.file_size);
        return { ...got, status: 'known', sha256: found, reason: null };
      }
      if (expected !== null && !force) throw differs(target);
    }
    const draft = await source.fetch(file, directory, signal, onBytes);
    if (there !== undefined && draft.sha256 === found) {
      await rm(draft.path, { force: true });
      return { ...got, status: 'known', sha256: found, reason: null };
    }
    if (!force && (await sizeOf(target)) !== undefined) {
      await rm(draft.path, { force: true });
      throw differs(target);
    }
    await rename(draft.path, target);
    await syncDirectory(directory);
    return { ...got, status: 'fetched', sha256: draft.sha256, reason: null };
  } catch (thrown) {
    if (signal.aborted) throw new SeedbedError('canceled', { signal: String(signal.reason) });
    const error = toSeedbedError(thrown);
    if (stopsAll(error)) throw error;
    return { ...got, status: 'failed', sha256: null, reason: error.message.replace(/\.$/, '') };
  }
}

const stopping = ['service-unreachable', 'token-refused', 'database-unreachable', 'disk-full'];

function stopsAll(error: SeedbedError): boolean {
  return stopping.includes(error.error);
}

function differs(target: string): SeedbedError {
  return new SeedbedError('file-differs', { path: target });
}

/** What a new name in a directory needs, to be there after the machine stopped. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** `other`: it is no file. */
async function sizeOf(target: string): Promise<number | 'other' | undefined> {
  try {
    const found = await lstat(target);
    return found.isFile() ? found.size : 'other';
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return undefined;
    throw thrown;
  }
}
