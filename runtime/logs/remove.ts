import { randomUUID } from 'node:crypto';
import { opendir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../errors/index.ts';
import { endOf } from './ended.ts';
import { indexFile, textFile } from './files.ts';
import { listSegments } from './segments.ts';

/** A log on its way out; one that is found was left by a process that died meanwhile. */
const going = '.removed-';

/** Whether a directory among the logs is what a removal left that was broken off. */
export function isLeftover(name: string): boolean {
  return name.startsWith(going);
}

export interface SweepOptions {
  /** Aborted to stop between two logs. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether an execution may still write. Asked for old logs of which no writer said that they end; without an answer
   * those stay.
   */
  readonly running?: ((execution: number) => Promise<boolean> | boolean) | undefined;
}

/** Removes the log of an execution at once and as a whole, or nothing when there is none. */
export async function removeLog(directory: string, execution: number): Promise<void> {
  const aside = path.join(directory, `${going}${execution}-${randomUUID()}`);
  try {
    await rename(path.join(directory, `${execution}`), aside);
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return;
    throw thrown;
  }
  await rm(aside, { recursive: true, force: true });
}

/**
 * Removes logs that ended before a time, and what an interrupted removal left.
 * @param before milliseconds since 1970
 * @returns how many logs were removed
 */
export async function sweepLogs(
  directory: string,
  before: number,
  { signal, running }: SweepOptions,
): Promise<number> {
  let removed = 0;
  for await (const name of namesIn(directory)) {
    if (signal?.aborted) break;
    if (isLeftover(name)) await rm(path.join(directory, name), { recursive: true, force: true });
    if (!/^\d+$/.test(name)) continue;
    const execution = Number(name);
    if (!(await isOld(path.join(directory, name), before, () => running?.(execution) ?? true))) continue;
    await removeLog(directory, execution);
    removed += 1;
  }
  return removed;
}

async function isOld(
  directory: string,
  before: number,
  running: () => Promise<boolean> | boolean,
): Promise<boolean> {
  const end = await endOf(directory);
  if (end !== undefined) return end < before;
  return (await lastChange(directory)) < before && !(await running());
}

/** Of a log without an end, milliseconds since 1970. */
async function lastChange(directory: string): Promise<number> {
  const { list } = await listSegments(directory);
  const number = list.at(-1)?.number ?? 0;
  const files = [directory, indexFile(directory, number), textFile(directory, number, 'stdout')];
  let latest = 0;
  for (const file of files) {
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }));
    latest = Math.max(latest, mtimeMs);
  }
  return latest;
}

async function* namesIn(directory: string): AsyncGenerator<string, void, undefined> {
  try {
    for await (const entry of await opendir(directory)) if (entry.isDirectory()) yield entry.name;
  } catch (thrown) {
    if (!isErrno(thrown, 'ENOENT')) throw thrown;
  }
}
