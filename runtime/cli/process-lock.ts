import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isErrno } from '../errors/index.ts';

/** A process that holds a lock. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the kernel's own count; a number may be given to another process later. */
  readonly began: string;
}

/**
 * Keeps other processes from what one works at, where no database knows of it. One that was killed leaves its lock, which
 * counts for nothing on the machine where it ran.
 * @param file absolute; its directory is there
 * @param inUse what whoever comes second is told
 * @returns what gives it back
 */
export async function lockFile(file: string, inUse: (holder: Holder) => Error): Promise<() => Promise<void>> {
  const own = `${file}.${process.pid}`;
  const me: Holder = { pid: process.pid, host: hostname(), began: await beganAt(process.pid) };
  try {
    await writeFile(own, JSON.stringify(me));
    for (;;)
      try {
        await link(own, file);
        return () => rm(file, { force: true });
      } catch (thrown) {
        if (!isErrno(thrown, 'EEXIST')) throw thrown;
        await removeStale(file, `${own}.stale`, inUse);
      }
  } finally {
    await rm(own, { force: true });
  }
}

async function removeStale(file: string, aside: string, inUse: (holder: Holder) => Error): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const holder = parsed(text);
  if (holder && (holder.host !== hostname() || (await beganAt(holder.pid)) === holder.began))
    throw inUse(holder);
  await rename(file, aside).catch(() => undefined);
  // Another one may have come first: what was moved is its lock then, and goes back.
  if ((await readFile(aside, 'utf8').catch(() => text)) !== text)
    await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

function parsed(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

/** The 22nd field of its stat (proc_pid_stat(5)); elsewhere than on Linux, whether it is there; empty when it is gone. */
async function beganAt(pid: number): Promise<string> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return process.platform !== 'linux' && isThere(pid) ? 'there' : '';
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return isErrno(thrown, 'EPERM');
  }
}
