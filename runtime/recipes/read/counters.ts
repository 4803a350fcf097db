import { type GraphState, type RecipeCounters, recipeCounterNames } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';

/**
 * Everything that a recipe is made of, as rows `part` of a recursive query: its nodes and runs, those of its sub-recipes, and
 * so on, whether they are its own or were taken over from the recipe that it supersedes. What was skipped has no job that
 * counts: on Scale there is none.
 * @param recipes a condition on `n.recipe_id`
 * @param columns more columns of the first level, over `recipe_node n`, which all below has too
 */
export function partsOf(recipes: string, columns: Readonly<Record<string, string>> = {}): string {
  const first = Object.entries(columns).map(([name, sql]) => `${sql} as ${name}, `);
  const below = Object.keys(columns).map((name) => `part.${name}, `);
  return `recursive part as (
    select ${first.join('')} 0 as depth, n.item, n.state, n.blockers, n.job_id, n.sub_recipe_id
    from recipe_node n where ${recipes}
    union all
    select ${below.join('')} part.depth + 1, n.item, n.state, n.blockers, n.job_id, n.sub_recipe_id
    from part join recipe_node n on n.recipe_id = part.sub_recipe_id
  )`;
}

/** Joins to `part` what is counted: `j` its job, `s` its sub-recipe. */
export const partJoins = `left join job j on j.id = part.job_id and part.state <> 'SKIPPED'
  left join recipe s on s.id = part.sub_recipe_id`;

const jobsThat = (status: string) =>
  `'jobs_${status}', count(j.id) filter (where j.status = '${status.toUpperCase()}')`;

/** The counters of all parts, as a JSON object. */
const counted = `json_build_object('jobs_total', count(j.id), ${[
  'pending',
  'blocked',
  'queued',
  'running',
  'failed',
  'completed',
  'canceled',
]
  .map(jobsThat)
  .join(', ')},
  'sub_recipes_total', count(s.id), 'sub_recipes_completed', count(s.id) filter (where s.is_completed))`;

/** The counters of a recipe `r` where they cannot change any more, since all its jobs have completed; else null. SQL. */
export const lastCounters = `(select c.counted from (
  with ${partsOf('n.recipe_id = r.id')} select ${counted}::jsonb as counted from part ${partJoins}) c
  where c.counted->'jobs_total' = c.counted->'jobs_completed')`;

/** The counters of a recipe `r`, exact at this moment: SQL of a JSON object. They are counted only where none are kept. */
export const countersColumn = `coalesce(r.jobs_counted, (
  with ${partsOf('n.recipe_id = r.id')} select ${counted}::jsonb from part ${partJoins}))`;

/** The counters of recipes by their ids, as they stand at this moment; those that are not there are left out. */
export async function recipeCounts(
  db: Queries,
  ids: readonly number[],
): Promise<ReadonlyMap<number, RecipeCounters>> {
  const rows = await db.query<{ id: number; counters: RecipeCounters }>(
    `select r.id, ${countersColumn} as counters from recipe r where r.id = any($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map(({ id, counters }) => [id, counters]));
}

export const noCounters = Object.fromEntries(recipeCounterNames.map((name) => [name, 0])) as RecipeCounters;

/** Pure. */
export function sumOfCounters(all: readonly RecipeCounters[]): RecipeCounters {
  const sum = (name: keyof RecipeCounters) => all.reduce((total, one) => total + one[name], 0);
  return Object.fromEntries(recipeCounterNames.map((name) => [name, sum(name)])) as RecipeCounters;
}

/** The state of what is stuck as a whole, by what is in it: CANCELED where nothing has failed. Pure. */
export function stuckState({ jobs_failed, jobs_canceled }: RecipeCounters): GraphState {
  return jobs_failed === 0 && jobs_canceled > 0 ? 'CANCELED' : 'FAILED';
}
