import { isDeepStrictEqual } from 'node:util';
import { filesById } from '../catalog/index.ts';
import type { Queries } from '../database/index.ts';
import type { Result } from '../execution/index.ts';
import { describedFile } from '../provenance/index.ts';
import type { Completion } from './complete.ts';

/**
 * Whether a job has said of its inputs what was not known of them when it began. That is more than its outputs, and who took
 * those in place of a run would not have it. An input of which all that is known already has another identity.
 */
export async function describesAnew(
  tx: Queries,
  { inputs }: Completion,
  { parsedInputs }: Result,
): Promise<boolean> {
  const before = [...parsedInputs.keys()].flatMap((input) => inputs.get(input) ?? []);
  if (before.length === 0) return false;
  const ids = before.map(({ id }) => id);
  const after = new Map((await filesById(tx, ids)).map((row) => [row.id, row]));
  return before.some(
    (row) => !isDeepStrictEqual(describedFile(after.get(row.id) ?? row), describedFile(row)),
  );
}
