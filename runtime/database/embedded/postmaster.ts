import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '../error-code.ts';
import { commandOf, isRunning } from './processes.ts';

/** A server that lives, as its `postmaster.pid` describes it. */
export interface Postmaster {
  readonly status: 'starting' | 'running' | 'stopping';
  readonly pid: number;
  readonly socketDirectory: string;
  readonly port: number;
}

/** An empty lock file that is older than this was left by a crash, milliseconds. */
const writingTime = 2_000;

/** The living server of a data directory; undefined when there is none, whatever a left-over `postmaster.pid` says. */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const text = await readOrNothing(pidFile(data));
  if (text === undefined) return undefined;
  const postmaster = parsePidFile(text);
  if (postmaster) return (await isServerOf(postmaster.pid, data)) ? postmaster : undefined;
  return (await isFresh(pidFile(data)))
    ? { status: 'starting', pid: 0, socketDirectory: '', port: 0 }
    : undefined;
}

export function pidFile(data: string): string {
  return path.join(data, 'postmaster.pid');
}

/** Lines: pid, data directory, start time, port, socket directory, listen address, shared memory, status. */
export function parsePidFile(text: string): Postmaster | undefined {
  const [pid, , , port, socketDirectory, , , status] = text.split('\n');
  if (!/^[1-9]\d*$/.test(pid ?? '')) return undefined;
  const word = status?.trim();
  return {
    status: word === 'ready' ? 'running' : word === 'stopping' ? 'stopping' : 'starting',
    pid: Number(pid),
    socketDirectory: socketDirectory ?? '',
    port: Number(port ?? 0),
  };
}

/**
 * Removes a lock file (`postmaster.pid`, or the socket's) that names a process which is not the server of `data`. The
 * server itself would do so only for a number that no process has; where it was given to another one it refuses to
 * start, for ever.
 */
export async function removeStaleLock(file: string, data: string): Promise<void> {
  const text = await readOrNothing(file);
  if (text === undefined || !(await isStale(text, file, data))) return;
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
    // Between our reading and our renaming another starter may have put a live one there.
    if ((await readOrNothing(aside)) !== text) await link(aside, file);
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'EEXIST')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function isStale(text: string, file: string, data: string): Promise<boolean> {
  const pid = Number(text.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return !(await isFresh(file));
  return !(await isServerOf(pid, data));
}

/** Whether that process is the server of that data directory. One that we may not look at gets the benefit of doubt. */
export async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (!isRunning(pid)) return false;
  const command = await commandOf(pid);
  return command === undefined ? isRunning(pid) : isServerCommand(command, data);
}

/** @param command as `commandOf` gives it; as one text, `data` must be written as our start writes it */
export async function isServerCommand(command: string[] | string, data: string): Promise<boolean> {
  if (typeof command === 'string')
    return /^\S.*\/postgres -D /.test(command) && command.includes(` -D ${data} -c `);
  const [program = ''] = command;
  const itsData = command[command.indexOf('-D') + 1];
  return path.basename(program) === 'postgres' && itsData !== undefined && (await isSameFile(itsData, data));
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  if (one === other) return true;
  const [a, b] = await Promise.all([one, other].map((file) => stat(file).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

async function isFresh(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs < writingTime;
}

async function readOrNothing(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
