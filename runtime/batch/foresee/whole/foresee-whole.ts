import type { Database, Queries } from '../../../database/index.ts';
import type { BatchRow } from '../../creation/batch-row.ts';
import { sourceOf } from '../../creation/create-next.ts';
import type { ForeseeBatchContext } from '../foresee-batch.ts';
import { singleJobs } from './single-jobs.ts';
import { type ForeseenWhole, type MemberFate, Tally } from './tally.ts';

/** Members that are decided on at once: what is held in memory, and what the service waits for before it answers others. */
const chunk = 1000;

/**
 * Tells what would become of all that a batch of single jobs has still to make, and makes nothing: its members are gone through in chunks, the
 * jobs of each are worked out, and looked up by their identities.
 */
export async function foreseeWhole(
  db: Pick<Database, 'installation'>,
  tx: Queries,
  context: ForeseeBatchContext,
  batch: BatchRow,
): Promise<ForeseenWhole> {
  const tally = new Tally();
  if (batch.state === 'CANCELED') return tally.sum();
  const source = await sourceOf(tx, batch);
  const decide = await singleJobs(db, tx, context, batch);
  const next = (after: number) => source.next(tx, after, Math.min(chunk, source.most ?? chunk));
  for (let runs = await next(batch.position); runs.length > 0;) {
    const following = next(runs.at(-1)!.position);
    following.catch(() => undefined); // where deciding fails first, that is told
    const fates = await decide(runs);
    for (const fate of fates) tally.add(fate);
    runs = await following;
  }
  return tally.sum();
}

/** Of a batch of recipes. @param first what would become of the first ones @param members of all, how many they are */
export function wholeOfRecipes(first: readonly MemberFate[], members: number): ForeseenWhole {
  const tally = new Tally();
  for (const fate of first) tally.add(fate);
  for (let nth = first.length; nth < members; nth++) tally.add(untold);
  return tally.sum();
}

const untold: MemberFate = {
  errors: [],
  nodes: [{ node: '', action: 'UNKNOWN', reason: 'Of recipes only the first ones are decided on' }],
};
