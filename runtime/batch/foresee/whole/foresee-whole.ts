import type { Database, Queries } from '../../../database/index.ts';
import { type BatchRow, supersedes } from '../../creation/batch-row.ts';
import { sourceOf } from '../../creation/create-next.ts';
import type { ForeseeBatchContext } from '../foreseen.ts';
import { recipesOfBatch, reprocessingsOfBatch } from './recipes/recipes.ts';
import { type DecideMembers, singleJobs } from './single-jobs.ts';
import { type ForeseenWhole, type MemberFate, Tally, type Untold } from './tally.ts';

/** Members that are decided on at once: what is held in memory, and what the service waits for before it answers others. */
const chunk = 1000;
/** Chunks that are decided on at the same time: one is worked out while the database looks up the other. */
const mostDeciding = 2;

/**
 * Tells what would become of all that a batch has still to make, and makes nothing: its members are gone through in chunks, the
 * jobs of each are worked out, and looked up by their identities.
 */
export async function foreseeWhole(
  db: Database,
  tx: Queries,
  context: ForeseeBatchContext,
  batch: BatchRow,
): Promise<ForeseenWhole | Untold> {
  const tally = new Tally();
  if (batch.state === 'CANCELED') return tally.sum();
  const source = await sourceOf(tx, batch);
  const decide = await decider(db, tx, context, batch);
  if ('untold' in decide) return decide;
  const next = (after: number) => source.next(tx, after, chunk);
  const deciding: Promise<readonly MemberFate[]>[] = [];
  const add = async () => {
    for (const fate of await deciding.shift()!) tally.add(fate);
  };
  try {
    for (let runs = await next(batch.position); runs.length > 0;) {
      const following = next(runs.at(-1)!.position);
      deciding.push(following.then(() => [])); // waited for, whatever fails
      deciding.push(decide(runs));
      while (deciding.length > 2 * mostDeciding) await add();
      runs = await following;
    }
    while (deciding.length > 0) await add();
  } finally {
    await Promise.allSettled(deciding);
  }
  return tally.sum();
}

async function decider(
  db: Database,
  tx: Queries,
  context: ForeseeBatchContext,
  batch: BatchRow,
): Promise<DecideMembers | Untold> {
  if (batch.recipeTypeRevisionId === null) return singleJobs(db, tx, context, batch);
  const isAgain = batch.supersededBatchId !== null && supersedes(batch.definition);
  return (isAgain ? reprocessingsOfBatch : recipesOfBatch)(db, tx, context, batch);
}

/**
 * Of a batch that cannot be told of without making it.
 * @param first what would become of the first ones @param members of all, how many they are
 */
export function wholeOfFirst(
  first: readonly MemberFate[],
  members: number,
  { untold }: Untold,
): ForeseenWhole {
  const tally = new Tally();
  for (const fate of first) tally.add(fate);
  const other: MemberFate = { errors: [], nodes: [{ node: '', action: 'UNKNOWN', reason: untold }] };
  for (let nth = first.length; nth < members; nth++) tally.add(other);
  return tally.sum();
}
