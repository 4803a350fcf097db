import type { BatchPost, Finding } from '../../../seed-schema/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { recipeContext } from '../../recipes/index.ts';
import {
  type ForeseeContext,
  type ForeseenJob,
  foreseeJobs,
  rolledBack,
  type SubmissionContext,
} from '../../scheduler/index.ts';
import { createBatch } from '../batches/create-batch.ts';
import { type BatchRow, lockBatch, readBatch } from '../creation/batch-row.ts';
import { sourceOf } from '../creation/create-next.ts';
import { makeRuns } from '../creation/make-runs.ts';
import type { RunOutcome } from '../creation/source.ts';
import { foreseeWhole, wholeOfRecipes } from './whole/foresee-whole.ts';
import type { ForeseenWhole, MemberFate, NodeFate } from './whole/tally.ts';

/** Jobs of a batch by what would become of them. */
interface Fates {
  /** That would run. */
  readonly run: number;
  /** That would take what an earlier job made. */
  readonly reuse: number;
  /** That hang on jobs that would run. */
  readonly depend: number;
}

/** What would become of one recipe or job of a batch. */
export interface ForeseenRun extends Fates {
  /** Id of the member, the task or the recipe that it is made of. */
  readonly position: number;
  /** Of the first of its jobs that would run, or else be reused, or else waits for a setting; empty: no job of it can be told of. */
  readonly reason: string;
  /** Why it would be refused; none: it would not. */
  readonly errors: readonly Pick<Finding, 'name' | 'description'>[];
}

/** What would become of a batch. */
export interface ForeseenBatch extends Fates {
  /** Recipes or jobs that it would have. */
  readonly runs_estimated: number;
  /** Of those, the first ones, which are told of. */
  readonly looked_at: number;
  readonly refused: number;
  readonly runs: readonly ForeseenRun[];
  /** All that it has still to make. */
  readonly whole: ForeseenWhole;
}

export interface ForeseeBatchContext {
  readonly submission: SubmissionContext;
  readonly foresee: ForeseeContext;
}

/** Runs that are made at once. */
const chunk = 100;

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
  const { first, fates, left, isOfRecipes } = found;
  if (isOfRecipes) return { ...first, whole: wholeOfRecipes(fates, left) };
  const whole =
    typeof batch === 'number'
      ? await wholeOf(db, db, context, batch)
      : await rolledBack(db, async (tx) =>
          wholeOf(db, tx, context, (await createBatch(tx, batch.post, batch.actor)).id),
        );
  return whole && { ...first, whole };
}

async function wholeOf(
  db: Database,
  queries: Queries,
  context: ForeseeBatchContext,
  id: number,
): Promise<ForeseenWhole | undefined> {
  const row = await readBatch(queries, id);
  return row && foreseeWhole(db, queries, context, row);
}

/** `batch.id`, or what is to be made. */
type WantedBatch = number | { readonly post: BatchPost; readonly actor: string };

/**
 * Makes the first `most` recipes or jobs of a batch in a transaction that is rolled back, and decides on their jobs as the
 * scheduler would.
 */
async function foreseeFirst(
  db: Database,
  context: ForeseeBatchContext,
  batch: WantedBatch,
  most: number,
): Promise<First | undefined> {
  return rolledBack(db, async (tx) => {
    const id = typeof batch === 'number' ? batch : (await createBatch(tx, batch.post, batch.actor)).id;
    const row = await lockBatch(tx, id);
    if (!row) return undefined;
    const { runs: estimated, made, last } = await estimate(tx, row);
    const recipes = recipeContext(db, context.foresee.config);
    const outcomes: RunOutcome[] = [];
    const source = await sourceOf(tx, row);
    for (let after = row.position; outcomes.length < most;) {
      const limit = Math.min(chunk, most - outcomes.length, source.most ?? chunk);
      const runs = row.state === 'CANCELED' ? [] : await source.next(tx, after, limit);
      if (runs.length === 0) break;
      outcomes.push(...(await makeRuns(tx, { submission: context.submission, recipes }, row, runs)));
      after = runs.at(-1)!.position;
    }
    const decided = await foreseeJobs(db, tx, context.foresee, recipes, {
      column: 'batch_id',
      id,
      after: last,
    });
    const jobs = await tx.query<Job>(
      `select id, root_recipe_id as "recipeId", recipe_node as node, status,
         status = 'PENDING' and not awaits_input as lacks from job
       where batch_id = $1 and id > $2 order by id`,
      [id, last],
    );
    return {
      ...summed(estimated, outcomes, jobs, decided),
      left: row.state === 'CANCELED' ? 0 : estimated - made,
      isOfRecipes: row.recipeTypeRevisionId !== null,
    };
  });
}

/** What is told of the first recipes or jobs of a batch. */
interface First {
  readonly first: Omit<ForeseenBatch, 'whole'>;
  /** Of each of them. */
  readonly fates: readonly MemberFate[];
  /** Recipes or jobs that the batch has still to make, these included. */
  readonly left: number;
  readonly isOfRecipes: boolean;
}

interface Job {
  readonly id: number;
  readonly recipeId: number | null;
  readonly node: string | null;
  readonly status: string;
  /** It waits for a setting or mount. */
  readonly lacks: boolean;
}

async function estimate(
  tx: Queries,
  { id }: BatchRow,
): Promise<{ runs: number; made: number; last: number }> {
  const [row] = await tx.query<{ runs: number; made: number; last: number }>(
    `select greatest(b.runs_estimated, (select count(*) from task t where t.batch_id = b.id and t.state = 'STAGED')) as runs,
       b.runs_created + b.runs_refused as made,
       coalesce((select max(j.id) from job j where j.batch_id = b.id), 0) as last
     from batch b where b.id = $1`,
    [id],
  );
  return row!;
}

const lacking = 'It waits for a setting or a mount that has no value';

/** Pure. */
function summed(
  runs_estimated: number,
  outcomes: readonly RunOutcome[],
  jobs: readonly Job[],
  decided: ReadonlyMap<number, ForeseenJob>,
): Pick<First, 'first' | 'fates'> {
  const byRun = new Map<string, Job[]>();
  const places = new Map([...decided.keys()].map((id, at) => [id, at]));
  const place = ({ id }: Job) => places.get(id) ?? jobs.length;
  // As they would be begun.
  for (const job of jobs.toSorted((one, other) => place(one) - place(other))) {
    const key = job.recipeId === null ? `job ${job.id}` : `recipe ${job.recipeId}`;
    const known = byRun.get(key);
    if (known) known.push(job);
    else byRun.set(key, [job]);
  }
  const jobsOf = ({ recipeId, jobId }: RunOutcome) =>
    byRun.get(recipeId === null ? `job ${jobId}` : `recipe ${recipeId}`) ?? [];
  const runs = outcomes.map((outcome): ForeseenRun => {
    const { position, errors } = outcome;
    const own = jobsOf(outcome);
    return { position, ...fatesOf(own, decided), reason: reasonOf(own, decided), errors: errors.map(asTold) };
  });
  const sum = (fate: keyof Fates) => runs.reduce((total, one) => total + one[fate], 0);
  const first = {
    ...{ runs_estimated, looked_at: runs.length },
    refused: runs.filter(({ errors }) => errors.length > 0).length,
    ...{ run: sum('run'), reuse: sum('reuse'), depend: sum('depend'), runs },
  };
  const fates = outcomes.map((outcome): MemberFate => ({
    errors: outcome.errors.map(({ name }) => name),
    nodes: jobsOf(outcome).flatMap((job) => fateOf(job, decided.get(job.id)) ?? []),
  }));
  return { first, fates };
}

function asTold({ name, description }: Pick<Finding, 'name' | 'description'>) {
  return { name, description };
}

function fatesOf(jobs: readonly Job[], decided: ReadonlyMap<number, ForeseenJob>): Fates {
  const told = jobs.flatMap(({ id }) => decided.get(id) ?? []);
  const reuse = told.filter(({ reuses }) => reuses).length;
  const open = jobs.filter(
    ({ id, status, lacks }) => !decided.has(id) && status !== 'COMPLETED' && !lacks,
  ).length;
  return { run: told.length - reuse, reuse, depend: open };
}

/** Of a job of a recipe. @returns undefined where it was decided before: what it is of was made while it was looked at */
function fateOf({ node, status, lacks }: Job, told: ForeseenJob | undefined): NodeFate | undefined {
  const name = node ?? '';
  if (told) return { node: name, action: told.reuses ? 'REUSE' : 'RUN', reason: told.reason };
  if (status === 'COMPLETED') return undefined;
  if (lacks) return { node: name, action: 'UNKNOWN', reason: lacking };
  return { node: name, action: 'DEPEND', reason: 'What it is given is made anew' };
}

function reasonOf(jobs: readonly Job[], decided: ReadonlyMap<number, ForeseenJob>): string {
  const told = jobs.flatMap(({ id }) => decided.get(id) ?? []);
  const first = told.find(({ reuses }) => !reuses) ?? told[0];
  return first?.reason ?? (jobs.some(({ lacks }) => lacks) ? lacking : '');
}
