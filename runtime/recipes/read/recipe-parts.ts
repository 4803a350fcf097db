import type { GraphState } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { nodeState } from '../../jobs/index.ts';

/** A node, or a run of a node with forEach, on the way down from a recipe. */
export interface PartStep {
  readonly name: string;
  /** Which run, from 0; -1: the node itself. */
  readonly item: number;
}

/** A node or run of a recipe, or of a recipe inside it. */
export interface RecipePart {
  /** From the recipe at the top down to this one. */
  readonly path: readonly PartStep[];
  readonly kind: 'job' | 'recipe' | 'condition';
  readonly state: GraphState;
  readonly jobId: number | null;
  /** Name and version. */
  readonly jobType: string | null;
  readonly recipeId: number | null;
  readonly accepted: boolean | null;
  readonly reason: string | null;
}

/** Every node and run of a recipe and of all recipes inside it, in the order of the definitions. */
export function recipeParts(db: Queries, recipeId: number): Promise<RecipePart[]> {
  return db.query<RecipePart>(
    `with recursive part as (
       select n.*, array[n.id] as ids, jsonb_build_array(jsonb_build_object('name', n.name, 'item', n.item)) as path
       from recipe_node n where n.recipe_id = $1::bigint
       union all
       select n.*, part.ids || n.id, part.path || jsonb_build_object('name', n.name, 'item', n.item)
       from part join recipe_node n on n.recipe_id = part.sub_recipe_id
     )
     select part.path, part.kind, ${nodeState('part', 'j')} as state, j.id as "jobId", t.name || ' ' || t.version as "jobType",
       part.sub_recipe_id as "recipeId", part.accepted, part.reason
     from part left join job j on j.id = part.job_id left join job_type t on t.id = j.job_type_id order by part.ids`,
    [recipeId],
  );
}

/** Where a job stands in the recipe at the top; undefined for one of no recipe. */
export async function pathOfJob(db: Queries, jobId: number): Promise<readonly PartStep[] | undefined> {
  const rows = await db.query<PartStep>(
    `with recursive part as (
       select n.name, n.item, n.recipe_id, 0 as depth from recipe_node n where n.job_id = $1::bigint and n.is_original
       union all
       select n.name, n.item, n.recipe_id, part.depth + 1
       from part join recipe r on r.id = part.recipe_id join recipe_node n on n.id = r.recipe_node_id
     )
     select name, item from part order by depth desc`,
    [jobId],
  );
  return rows.length === 0 ? undefined : rows;
}

/** The same of several jobs, by their ids. */
export async function pathsOfJobs(
  db: Queries,
  jobIds: readonly number[],
): Promise<Map<number, readonly PartStep[]>> {
  const rows = await db.query<{ id: number; path: PartStep[] }>(
    `with recursive part as (
       select n.job_id as id, n.name, n.item, n.recipe_id, 0 as depth
       from recipe_node n where n.job_id = any($1::bigint[]) and n.is_original
       union all
       select part.id, n.name, n.item, n.recipe_id, part.depth + 1
       from part join recipe r on r.id = part.recipe_id join recipe_node n on n.id = r.recipe_node_id
     )
     select id, json_agg(json_build_object('name', name, 'item', item) order by depth desc) as path from part group by id`,
    [jobIds],
  );
  return new Map(rows.map(({ id, path }) => [id, path]));
}

/** Jobs of a recipe, and of recipes inside it, that are not over. @param canceling whether those count that are being stopped */
export async function openJobs(
  db: Queries,
  rootId: number,
  { canceling }: { readonly canceling: boolean },
): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    `select id from job where root_recipe_id = $1::bigint and status in ('PENDING', 'BLOCKED', 'QUEUED', 'RUNNING')
       and ($2 or cancel_requested is null)`,
    [rootId, canceling],
  );
  return rows.map(({ id }) => id);
}

/** Jobs that failed or were canceled and that their recipe needs. */
export async function stuckJobs(db: Queries, rootId: number): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    `select j.id from job j join recipe_node n on n.job_id = j.id and n.is_original
     where j.root_recipe_id = $1::bigint and j.status in ('FAILED', 'CANCELED') and n.state not in ('COMPLETED', 'SKIPPED')`,
    [rootId],
  );
  return rows.map(({ id }) => id);
}

/** Jobs of a recipe whose input is there, and which lack a setting or a mount. */
export async function unconfiguredJobs(db: Queries, rootId: number): Promise<string[]> {
  const rows = await db.query<{ type: string }>(
    `select distinct t.name || ' ' || t.version as type from job j join job_type t on t.id = j.job_type_id
     where j.root_recipe_id = $1::bigint and j.status = 'PENDING' and not j.awaits_input
       and not exists (select from job o where o.root_recipe_id = $1::bigint and o.status in ('QUEUED', 'RUNNING'))`,
    [rootId],
  );
  return rows.map(({ type }) => type);
}
