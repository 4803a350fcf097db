import type { Database, Queries } from '../../database/index.ts';
import { rolledBack } from '../../scheduler/index.ts';
import { createBatch } from '../batches/create-batch.ts';
import { readBatch } from '../creation/batch-row.ts';
import { foreseeFirst } from './foresee-first.ts';
import type { ForeseeBatchContext, ForeseenBatch, WantedBatch } from './foreseen.ts';
import { foreseeWhole, wholeOfFirst } from './whole/foresee-whole.ts';
import type { ForeseenWhole, Untold } from './whole/tally.ts';

/**
 * Tells what a batch would do: of all of it how much would run, and of its first `most` recipes or jobs what exactly.
 * @param batch `batch.id` of one that is not all made, or what is to be made
 * @returns undefined: there is no such batch
 * @throws as `createBatch`
 */
export async function foreseeBatch(
  db: Database,
  context: ForeseeBatchContext,
  batch: WantedBatch,
  most: number,
): Promise<ForeseenBatch | undefined> {
  const found = await foreseeFirst(db, context, batch, most);
  if (!found) return undefined;
  const { first, fates, left } = found;
  const whole =
    typeof batch === 'number'
      ? await wholeOf(db, db, context, batch)
      : await rolledBack(db, async (tx) =>
          wholeOf(db, tx, context, (await createBatch(tx, batch.post, batch.actor)).id),
        );
  return whole && { ...first, whole: 'untold' in whole ? wholeOfFirst(fates, left, whole) : whole };
}

async function wholeOf(
  db: Database,
  queries: Queries,
  context: ForeseeBatchContext,
  id: number,
): Promise<ForeseenWhole | Untold | undefined> {
  const row = await readBatch(queries, id);
  return row && foreseeWhole(db, queries, context, row);
}
