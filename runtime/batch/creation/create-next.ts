import type { Database, Queries } from '../../database/index.ts';
import { type BatchRow, lockBatch } from './batch-row.ts';
import { type MakingContext, makeRuns } from './make-runs.ts';
import { membersOf } from './members.ts';
import { previousOf } from './previous.ts';
import type { RunOutcome, RunSource } from './source.ts';
import { tasksOf } from '../tasks/source.ts';

/** Refused ones of a batch of which the reasons are kept. */
const mostRefusals = 100;

/** What a step came to. */
export interface Step {
  /** Runs that were made or refused. */
  readonly count: number;
  readonly refused: readonly RunOutcome[];
  /** Nothing is left to be made. */
  readonly isDone: boolean;
}

/**
 * Makes the next runs of a batch, all in one transaction with the position up to which they are made: a process that is
 * killed loses none of them, and none is made twice.
 */
export async function createNext(
  db: Database,
  context: MakingContext,
  batchId: number,
  limit: number,
): Promise<Step> {
  const step = await db.transaction(async (tx): Promise<Step> => {
    const batch = await lockBatch(tx, batchId);
    if (batch?.state !== 'CREATING') return { count: 0, refused: [], isDone: true };
    const source = await sourceOf(tx, batch);
    const runs = await source.next(tx, batch.position, Math.min(limit, source.most ?? limit));
    if (runs.length === 0) {
      await tx.query(
        `update batch set state = 'CREATED', creation_ended = now(), last_modified = now() where id = $1`,
        [batchId],
      );
      return { count: 0, refused: [], isDone: true };
    }
    const outcomes = await makeRuns(tx, context, batch, runs);
    await source.made?.(tx, outcomes);
    const refused = outcomes.filter(({ errors }) => errors.length > 0);
    await record(tx, batchId, outcomes, refused);
    return { count: runs.length, refused, isDone: false };
  });
  if (step.count > step.refused.length)
    for (const topic of ['queue', 'jobs', 'actions'] as const) db.notify(topic);
  return step;
}

/** Where the runs of a batch come from. */
export async function sourceOf(tx: Queries, batch: BatchRow): Promise<RunSource> {
  if (batch.datasetId !== null) return membersOf(tx, batch);
  if (batch.supersededBatchId !== null) return previousOf(batch);
  return tasksOf(tx, batch);
}

/** Says of a run, at which nobody could tell what is wrong with it, that it is refused. */
export async function refuseNext(db: Database, batchId: number, reason: string): Promise<void> {
  await db.transaction(async (tx) => {
    const batch = await lockBatch(tx, batchId);
    if (batch?.state !== 'CREATING') return;
    const source = await sourceOf(tx, batch);
    const [run] = await source.next(tx, batch.position, 1);
    if (!run) return;
    const errors = [{ name: 'NOT_MADE', description: reason }];
    const outcomes = [{ position: run.position, recipeId: null, jobId: null, errors }];
    await source.made?.(tx, outcomes);
    await record(tx, batchId, outcomes, outcomes);
  });
}

async function record(
  tx: Queries,
  batchId: number,
  outcomes: readonly RunOutcome[],
  refused: readonly RunOutcome[],
): Promise<void> {
  const kept = refused.slice(0, mostRefusals).map(({ position, errors }) => ({
    position,
    errors: errors.map(({ name, description }) => ({ name, description })),
  }));
  const problem = kept[0]?.errors.map(({ description }) => description).join('; ');
  await tx.query(
    `update batch set position = $2, runs_created = runs_created + $3, runs_refused = runs_refused + $4,
       refusals = case when jsonb_array_length(refusals) < ${mostRefusals} then refusals || $5::jsonb else refusals end,
       problem = coalesce(problem, $6), last_modified = now()
     where id = $1`,
    [
      batchId,
      outcomes.at(-1)!.position,
      outcomes.length - refused.length,
      refused.length,
      JSON.stringify(kept),
      problem ?? null,
    ],
  );
}
