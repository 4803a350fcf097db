/** How many jobs and recipes of a batch stand where: Scale's names. */
export const batchCounterNames = [
  'jobs_total',
  'jobs_pending',
  'jobs_blocked',
  'jobs_queued',
  'jobs_running',
  'jobs_failed',
  'jobs_completed',
  'jobs_canceled',
  'recipes_total',
  'recipes_completed',
] as const;
export type BatchCounters = Readonly<Record<(typeof batchCounterNames)[number], number>>;

const statuses = ['pending', 'blocked', 'queued', 'running', 'failed', 'completed', 'canceled'] as const;

/** Sums of rows `(status, total)`, as members of a JSON object. SQL. */
const byStatus = (rows: string) => `'jobs_total', coalesce(sum(${rows}.total), 0)::bigint,
  ${statuses.map((status) => `'jobs_${status}', coalesce(sum(${rows}.total) filter (where ${rows}.status = '${status.toUpperCase()}'), 0)::bigint`).join(', ')}`;

/**
 * The counters of a batch `b` as they stand at this moment: SQL of a JSON object. Both halves of its jobs, and its recipes, are
 * counted from their indexes alone (`job_of_batch_top`, `job_of_batch_part`, `recipe_batch`), and only where none are kept.
 */
export const countersColumn = `coalesce(b.jobs_counted, (
  select jsonb_build_object(${byStatus('j')}) || (
    select jsonb_build_object('recipes_total', count(*), 'recipes_completed', count(*) filter (where r.is_completed))
    from recipe r where r.batch_id = b.id)
  from (
    select status, count(*) as total from job
    where batch_id = b.id and batch_id is not null and (recipe_id is null or recipe_id = root_recipe_id) group by 1
    union all
    select status, count(*) from job
    where batch_id = b.id and batch_id is not null and recipe_id <> root_recipe_id group by 1) j))`;

/** The same without the jobs at the top, which `nodeCounters` counts: what is known of a batch in one look is counted once. */
export const otherCounters = `
  select jsonb_build_object(${byStatus('j')}) || (
    select jsonb_build_object('recipes_total', count(*), 'recipes_completed', count(*) filter (where r.is_completed))
    from recipe r where r.batch_id = $1) as counters
  from (
    select status, count(*) as total from job
    where batch_id = $1 and batch_id is not null and recipe_id <> root_recipe_id group by 1) j`;

/** The counters of the jobs of each node of the recipe, without those in sub-recipes, or of a batch of jobs by `''`: SQL. */
export const nodeCounters = `
  select coalesce(j.name, '') as name, jsonb_build_object(${byStatus('j')}) as counters from (
    select recipe_node as name, status, count(*) as total from job
    where batch_id = $1 and batch_id is not null and (recipe_id is null or recipe_id = root_recipe_id) group by 1, 2) j
  group by 1`;

/** Pure. */
export function sumOfCounters(all: readonly Partial<BatchCounters>[]): BatchCounters {
  const sum = (name: keyof BatchCounters) => all.reduce((total, one) => total + (one[name] ?? 0), 0);
  return Object.fromEntries(batchCounterNames.map((name) => [name, sum(name)])) as BatchCounters;
}

/** Whether they cannot change any more: what has completed stays so. Pure. */
export function areLast(counters: BatchCounters): boolean {
  return (
    counters.jobs_total > 0 &&
    counters.jobs_total === counters.jobs_completed &&
    counters.recipes_total === counters.recipes_completed
  );
}
