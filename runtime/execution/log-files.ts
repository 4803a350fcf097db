import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type { LogChunk } from '../engine/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { SecretFilter } from './secret-filter.ts';

type Stream = LogChunk['stream'];

export interface LogPaths {
  /** Absolute. */
  readonly stdout: string;
  readonly stderr: string;
}

/** The logs of the execution in a directory of its own. */
export function logPathsIn(directory: string): LogPaths {
  return { stdout: path.join(directory, 'stdout.log'), stderr: path.join(directory, 'stderr.log') };
}

/**
 * Writes a job's output to two files as it comes, secrets masked; the next chunk is taken when the last one is written.
 * @param limitMiB both files together
 * @param show is given what was written, and waited for
 * @throws log-limit-exceeded
 */
export async function writeLogs(
  chunks: AsyncIterable<LogChunk>,
  paths: LogPaths,
  secrets: Iterable<string>,
  limitMiB: number,
  show?: (chunk: LogChunk) => Promise<void> | void,
): Promise<void> {
  await mkdir(path.dirname(paths.stdout), { recursive: true, mode: 0o700 });
  const values = [...secrets];
  const filters = { stdout: new SecretFilter(values), stderr: new SecretFilter(values) };
  const files = {
    stdout: await open(paths.stdout, 'w', 0o600),
    stderr: await open(paths.stderr, 'w', 0o600),
  };
  let room = limitMiB * 2 ** 20;
  const write = async (stream: Stream, data: Buffer) => {
    if (data.length === 0) return;
    const kept = data.subarray(0, room);
    room -= kept.length;
    await files[stream].writeFile(kept);
    await show?.({ stream, data: kept });
    if (kept.length < data.length) throw new SeedbedError('log-limit-exceeded', { limit: limitMiB });
  };
  try {
    for await (const { stream, data } of chunks) await write(stream, filters[stream].push(data));
    for (const stream of ['stdout', 'stderr'] as const) await write(stream, filters[stream].end());
  } finally {
    await Promise.all([files.stdout.close(), files.stderr.close()]);
  }
}
