import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type { LogSink } from './log-sink.ts';

export interface LogPaths {
  /** Absolute. */
  readonly stdout: string;
  readonly stderr: string;
}

/** The logs of the execution in a directory of its own. */
export function logPathsIn(directory: string): LogPaths {
  return { stdout: path.join(directory, 'stdout.log'), stderr: path.join(directory, 'stderr.log') };
}

/** Two files, one for each stream; what they held before is gone. */
export async function openLogFiles(paths: LogPaths): Promise<LogSink> {
  await mkdir(path.dirname(paths.stdout), { recursive: true, mode: 0o700 });
  const files = {
    stdout: await open(paths.stdout, 'w', 0o600),
    stderr: await open(paths.stderr, 'w', 0o600),
  };
  const close = async () => {
    await Promise.all([files.stdout.close(), files.stderr.close()]);
  };
  return { write: ({ stream, data }) => files[stream].writeFile(data), end: close, leave: close };
}
