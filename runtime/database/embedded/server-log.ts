import { constants } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import type { ServerUser } from './server-user.ts';

/** A log that is longer when the server starts makes room for a new one, and only one old one is kept; bytes. */
const longest = 1024 * 1024;

export interface ServerLog {
  readonly file: FileHandle;
  /** Where this start's lines begin. */
  readonly from: number;
}

/** Opens the server's log for appending, never through a link: the caller may be root in another user's directory. */
export async function openServerLog(path: string, user: ServerUser | undefined): Promise<ServerLog> {
  const log = await openForAppending(path);
  const { size } = await log.stat();
  if (size <= longest) return { file: await owned(log, user), from: size };
  await log.close();
  await rename(path, `${path}.1`);
  return { file: await owned(await openForAppending(path), user), from: 0 };
}

/** What one process wrote since `from`, or everything if none of the lines bears its number; 64 KiB at most. */
export async function readLog({ file, from }: ServerLog, pid: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(65536), 0, 65536, from);
  const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
  const own = lines.filter((line) => line.includes(`[${pid}]`));
  return (own.length > 0 ? own : lines).join('\n');
}

function openForAppending(path: string): Promise<FileHandle> {
  const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
  return open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
}

async function owned(file: FileHandle, user: ServerUser | undefined): Promise<FileHandle> {
  if (user) await file.chown(user.uid, user.gid);
  return file;
}
