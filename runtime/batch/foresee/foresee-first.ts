import type { Finding } from '../../../seed-schema/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { type PartStep, pathsOfJobs, recipeContext } from '../../recipes/index.ts';
import { type ForeseenJob, foreseeJobs, rolledBack } from '../../scheduler/index.ts';
import { createBatch } from '../batches/create-batch.ts';
import { type BatchRow, lockBatch } from '../creation/batch-row.ts';
import { sourceOf } from '../creation/create-next.ts';
import { makeRuns } from '../creation/make-runs.ts';
import type { RunOutcome } from '../creation/source.ts';
import type { Fates, ForeseeBatchContext, ForeseenBatch, ForeseenRun, WantedBatch } from './foreseen.ts';
import type { MemberFate, NodeFate } from './whole/tally.ts';

/** Runs that are made at once. */
const chunk = 100;

/**
 * Makes the first `most` recipes or jobs of a batch in a transaction that is rolled back, and decides on their jobs as the
 * scheduler would.
 */
export async function foreseeFirst(
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
      `select id, root_recipe_id as "recipeId", recipe_node as node, status, recipe_id <> root_recipe_id as "isInside",
         status = 'PENDING' and not awaits_input as lacks from job
       where batch_id = $1 and id > $2 order by id`,
      [id, last],
    );
    const inside = jobs.flatMap((job) => (job.isInside ? [job.id] : []));
    const paths = inside.length > 0 ? await pathsOfJobs(tx, inside) : new Map<number, readonly PartStep[]>();
    return {
      ...summed(
        estimated,
        outcomes,
        jobs.map((job) => ({ ...job, node: nameOf(job, paths) })),
        decided,
      ),
      left: row.state === 'CANCELED' ? 0 : estimated - made,
    };
  });
}

/** What is told of the first recipes or jobs of a batch. */
export interface First {
  readonly first: Omit<ForeseenBatch, 'whole'>;
  /** Of each of them. */
  readonly fates: readonly MemberFate[];
  /** Recipes or jobs that the batch has still to make, these included. */
  readonly left: number;
}

interface Job {
  readonly id: number;
  readonly recipeId: number | null;
  readonly node: string | null;
  readonly status: string;
  /** Whether it is one of a sub-recipe. */
  readonly isInside: boolean | null;
  /** It waits for a setting or mount. */
  readonly lacks: boolean;
}

/** Pure. */
function nameOf({ id, node }: Job, paths: ReadonlyMap<number, readonly PartStep[]>): string | null {
  const path = paths.get(id);
  return path ? path.map(({ name }) => name).join('/') : node;
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
    ({ id, status, lacks }) => !decided.has(id) && waiting.has(status) && !lacks,
  ).length;
  return { run: told.length - reuse, reuse, depend: open };
}

const lacking = 'It waits for a setting or a mount that has no value';

/** Of jobs that hang on others. */
const waiting: ReadonlySet<string> = new Set(['PENDING', 'BLOCKED']);

/** Of a job of a recipe. @returns undefined where it was decided before: what it is of was made while it was looked at */
function fateOf({ node, status, lacks }: Job, told: ForeseenJob | undefined): NodeFate | undefined {
  const name = node ?? '';
  if (told) return { node: name, action: told.reuses ? 'REUSE' : 'RUN', reason: told.reason };
  if (status === 'COMPLETED') return undefined;
  if (status === 'CANCELED') return { node: name, action: 'SKIP', reason: 'What it needs was skipped' };
  if (lacks) return { node: name, action: 'UNKNOWN', reason: lacking };
  if (!waiting.has(status))
    return { node: name, action: 'UNKNOWN', reason: 'Of the first ones only so many jobs are decided on' };
  return { node: name, action: 'DEPEND', reason: 'What it is given is made anew' };
}

function reasonOf(jobs: readonly Job[], decided: ReadonlyMap<number, ForeseenJob>): string {
  const told = jobs.flatMap(({ id }) => decided.get(id) ?? []);
  const first = told.find(({ reuses }) => !reuses) ?? told[0];
  return first?.reason ?? (jobs.some(({ lacks }) => lacks) ? lacking : '');
}
