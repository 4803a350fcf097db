import type { Config } from '../../config/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { claim, finish } from '../../jobs/index.ts';
import { advance, recipeContext, type RecipeContext, recipeGraph } from '../../recipes/index.ts';
import { foreseeJob, type ForeseenJob } from './foresee-job.ts';
import { foreseenNodes, type ForeseenNode } from './foreseen-nodes.ts';
import type { RequestContext } from '../driver/request.ts';

export { type ForeseenNode, foreseenActions } from './foreseen-nodes.ts';

/** What would become of a recipe. */
export interface Foreseen {
  readonly recipe_type: { readonly name: string; readonly revision_num: number };
  /** Nodes that would run, and that would be reused, those inside of sub-recipes included. */
  readonly run: number;
  readonly reuse: number;
  readonly nodes: readonly ForeseenNode[];
}

export interface ForeseeContext extends Omit<RequestContext, 'db'> {
  readonly config: Config;
}

/** Jobs that are decided on; the others are said to be unknown. */
const mostJobs = 1000;
const levels = 20;

/**
 * Tells what a recipe would do, by beginning it in a transaction that is rolled back: conditions, fan-outs and sub-recipes
 * come out as they would. A job that would be reused is completed there with the output that it would have, so that what
 * hangs on it is decided, too; what hangs on a job that would run is not.
 * @param begin begins it: @returns `recipe.id`
 */
export async function foreseeRecipe<Begun extends { readonly id: number }>(
  db: Database,
  context: ForeseeContext,
  begin: (tx: Queries, recipes: RecipeContext) => Promise<Begun>,
): Promise<{ readonly begun: Begun; readonly foreseen: Foreseen }> {
  const recipes = recipeContext(db, context.config);
  return rolledBack(db, async (tx) => {
    const begun = await begin(tx, recipes);
    const jobs = await foreseeJobs(db, tx, context, recipes, { column: 'root_recipe_id', id: begun.id });
    const graph = (await recipeGraph(tx, begun.id, levels))!;
    const nodes = foreseenNodes(graph, jobs);
    const count = (action: ForeseenNode['action']) => nodes.filter((one) => one.action === action).length;
    const { name, revision_num } = graph.recipe_type;
    return {
      begun,
      foreseen: { recipe_type: { name, revision_num }, run: count('RUN'), reuse: count('REUSE'), nodes },
    };
  });
}

/** Which jobs are decided on: those of a recipe at the top, or of a batch; made in this transaction, all of them. */
export interface JobsToForesee {
  readonly column: 'root_recipe_id' | 'batch_id';
  readonly id: number;
  /** `job.id`: only those that came after it. */
  readonly after?: number;
}

/**
 * Decides on the jobs of a recipe, or batch, that was begun in a transaction that will be rolled back.
 * @returns what would become of each job that can be decided on, by `job.id`
 */
export async function foreseeJobs(
  db: Database,
  tx: Queries,
  context: ForeseeContext,
  recipes: RecipeContext,
  { column, id: of, after = 0 }: JobsToForesee,
): Promise<Map<number, ForeseenJob>> {
  const decided = new Map<number, ForeseenJob>();
  const requests: RequestContext = { ...context, db: { ...tx, installation: db.installation } };
  while (decided.size < mostJobs) {
    const queued = await tx.query<{ id: number }>(
      `select id from job where ${column} = $1 and id > $2 and status = 'QUEUED' order by id limit 100`,
      [of, after],
    );
    if (queued.length === 0) break;
    const reused: number[] = [];
    for (const { id } of queued) {
      const execution = await claim(tx, id, {
        runtime: db.presence.runtime,
        ...{ node: '', imageId: '', resources: {}, attemptDirectory: '' },
      });
      if (!execution)
        throw new SeedbedError('internal-error', { reason: `job ${id} is held by another one` });
      const job = await foreseeJob(tx, context.config, requests, execution);
      decided.set(id, job);
      if (!job.reuses?.output) continue;
      await finish(tx, execution, {
        ...{ status: 'COMPLETED', exitCode: null, error: null, output: job.reuses.output },
        ...{ steps: [], stdoutPath: null, stderrPath: null },
      });
      reused.push(id);
    }
    await advance(tx, recipes, reused);
  }
  return decided;
}

/** Does something as if it had never been. */
export async function rolledBack<T>(db: Database, work: (tx: Queries) => Promise<T>): Promise<T> {
  const undo = new Error('rolled back');
  const results: T[] = [];
  try {
    await db.transaction(async (tx) => {
      results.push(await work(tx));
      throw undo;
    });
  } catch (thrown) {
    if (thrown !== undo) throw thrown;
  }
  return results[0]!;
}
