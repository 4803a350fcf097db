import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ScaleFile } from '../../catalog/index.ts';
import type { ExecutionFacts } from '../../jobs/index.ts';
import { moveWhole } from './move-whole.ts';

/**
 * Where the products of an execution go inside their workspace, as on Scale: by recipe type and job type, the day of the
 * data (else of the execution), and the execution. The same for whoever finishes it, and of this database alone: others may share the
 * workspace, and number their executions alike.
 * @param installation uuid of the database
 */
export function outputPath(
  installation: string,
  facts: Pick<ExecutionFacts, 'typeName' | 'typeVersion' | 'started' | 'recipeTypeName' | 'recipeRevision'>,
  execution: number,
  inputs: ReadonlyMap<string, readonly ScaleFile[]>,
): string {
  const sources = [...inputs.values()].flat().flatMap(({ source_started }) => source_started ?? []);
  const [year, month, day] = (sources.sort()[0] ?? facts.started).slice(0, 10).split('-');
  return path.posix.join(
    ...(facts.recipeTypeName === null
      ? []
      : ['recipes', facts.recipeTypeName, `revision_${facts.recipeRevision}`]),
    'jobs',
    facts.typeName,
    facts.typeVersion,
    ...(sources.length > 0 ? [] : ['unknown_source_data_time']),
    year!,
    month!,
    day!,
    `job_exe_${execution}_${installation.replaceAll('-', '').slice(-12)}`,
  );
}

/**
 * Gives a whole OUTPUT_DIR its final place in one step, and does nothing when that has been done already: whoever takes
 * over after a crash finds either the one or the other.
 * @param output absolute
 * @param destination absolute
 */
export async function moveOutput(output: string, destination: string): Promise<void> {
  if (!existsSync(output) && existsSync(destination)) return;
  const parent = path.dirname(destination);
  await mkdir(parent, { recursive: true });
  await chmod(output, 0o755);
  await moveWhole(output, destination);
  const directory = await open(parent, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/**
 * Puts what a directory holds out of the way of the output that is to replace it: an earlier attempt has left it. To be
 * removed with the attempt.
 * @param destination absolute
 * @param attempt absolute
 */
export async function setAside(destination: string, attempt: string): Promise<void> {
  const held = await readdir(destination).catch(() => []);
  if (held.length > 0) await moveWhole(destination, path.join(attempt, `replaced-${randomUUID()}`));
}
