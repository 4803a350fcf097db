import { readFile } from 'node:fs/promises';

const MiB = 2 ** 20;

/** What `memory.ts` noted of a process: before our first module, and at its highest; MiB. */
export async function peakOf(notes: string): Promise<readonly [number, number]> {
  const { start, peak } = JSON.parse(await readFile(notes, 'utf8')) as { start: number; peak: number };
  return [start / MiB, peak / MiB];
}
