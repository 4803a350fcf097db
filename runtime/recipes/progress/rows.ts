import type { RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import type { ParentLook } from '../../recipe/index.ts';
import type { NodeState } from '../state.ts';

/** A recipe, as its progress needs it. */
export interface RecipeRow {
  readonly id: number;
  /** `recipe_type_revision.id`. */
  readonly revisionId: number;
  readonly rootId: number;
  /** The node that it is, of another recipe. */
  readonly nodeId: number | null;
  readonly input: Partial<RecipeData>;
  readonly configuration: Record<string, unknown>;
  readonly queue: string;
  readonly actor: string;
  readonly traceContext: string | null;
  readonly batchId: number | null;
  /** The recipe that it replaces. */
  readonly supersedes: number | null;
}

/** A node, as its progress needs it. */
export interface NodeRow {
  readonly id: number;
  readonly recipeId: number;
  readonly name: string;
  /** -1: the node itself; else which of its runs. */
  readonly item: number;
  readonly state: NodeState;
  readonly parentsLeft: number;
  readonly parentsUsed: number;
  readonly skips: number;
  readonly blockers: number;
  readonly jobId: number | null;
  readonly started: string | null;
}

const nodeColumns = (n: string) => `${n}.id, ${n}.recipe_id as "recipeId", ${n}.name, ${n}.item, ${n}.state,
  ${n}.parents_left as "parentsLeft", ${n}.parents_used as "parentsUsed", ${n}.skips, ${n}.blockers,
  ${n}.job_id as "jobId", ${n}.started`;

/** Locks what is at the top of recipes: nobody else changes any part of them until the transaction ends. */
export async function lockRecipes(tx: Queries, rootIds: Iterable<number>): Promise<void> {
  const ids = [...new Set(rootIds)];
  if (ids.length === 0) return;
  await tx.query('select from recipe where id = any($1) order by id for no key update', [ids]);
}

export async function recipeRows(tx: Queries, ids: readonly number[]): Promise<RecipeRow[]> {
  return tx.query<RecipeRow>(
    `select id, recipe_type_revision_id as "revisionId", root_recipe_id as "rootId", recipe_node_id as "nodeId", input,
       configuration, queue, coalesce(created_by, 'seedbed') as actor, trace_context as "traceContext",
       batch_id as "batchId", superseded_recipe_id as supersedes
     from recipe where id = any($1)`,
    [ids],
  );
}

/** How the job of a node stands. */
export interface JobStanding {
  readonly status: string;
  readonly awaitsInput: boolean;
  /** Another one takes its place. */
  readonly isSuperseded: boolean;
}

/** The nodes of jobs, and how the jobs stand. */
export async function nodesOfJobs(
  tx: Queries,
  jobIds: readonly number[],
): Promise<(NodeRow & JobStanding)[]> {
  return tx.query(
    // Entered by an index for each job: of new tables the planner knows nothing yet, and reads all of both.
    `select ${nodeColumns('n')}, j.status, j.awaits_input as "awaitsInput", j.is_superseded as "isSuperseded"
     from unnest($1::bigint[]) as w (id)
     cross join lateral (select * from recipe_node where job_id = w.id and is_original offset 0) n
     cross join lateral (select status, awaits_input, is_superseded from job where id = w.id offset 0) j order by n.id`,
    [jobIds],
  );
}

export async function nodesById(tx: Queries, ids: readonly number[]): Promise<NodeRow[]> {
  return tx.query(`select ${nodeColumns('n')} from recipe_node n where id = any($1) order by id`, [ids]);
}

/** What is to be written of a node. */
export interface NodeChange {
  readonly id: number;
  readonly state: NodeState;
  readonly output?: object;
  readonly accepted?: boolean;
  readonly reason?: string;
}

/** `started` and `ended` follow from the state. What is left out stays, but for the reason. */
export async function changeNodes(tx: Queries, changes: readonly NodeChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `update recipe_node n set state = c.state, output = coalesce(c.output, n.output),
       accepted = coalesce(c.accepted, n.accepted), reason = c.reason,
       started = case when c.state = 'WAITING' then null when c.state = 'SKIPPED' then n.started else coalesce(n.started, now()) end,
       ended = case when c.state in ('COMPLETED', 'SKIPPED', 'STUCK') then now() end
     from jsonb_to_recordset($1::jsonb) as c (id bigint, state text, output jsonb, accepted boolean, reason text)
     where n.id = c.id`,
    [JSON.stringify(changes)],
  );
}

/** What has changed for a node before others. */
export interface ParentDelta {
  readonly recipeId: number;
  readonly name: string;
  /** Nodes before it that are done now. */
  readonly done: number;
  readonly used: number;
  readonly skips: number;
  /** Nodes before it that are stuck now; negative: no longer. */
  readonly blockers: number;
}

/** Counts it. @returns the nodes as they are now */
export async function countParents(tx: Queries, deltas: readonly ParentDelta[]): Promise<NodeRow[]> {
  if (deltas.length === 0) return [];
  return tx.query<NodeRow>(
    `update recipe_node n set parents_left = n.parents_left - d.done, parents_used = n.parents_used + d.used,
       skips = n.skips + d.skips, blockers = n.blockers + d.blockers
     from jsonb_to_recordset($1::jsonb) as d ("recipeId" bigint, name text, done integer, used integer, skips integer, blockers integer)
     where n.recipe_id = d."recipeId" and n.name = d.name and n.item = -1
     returning ${nodeColumns('n')}`,
    [JSON.stringify(deltas)],
  );
}

/** What has changed in a recipe. */
export interface RecipeDelta {
  readonly id: number;
  readonly left: number;
  readonly stuck: number;
}

export interface RecipeCount {
  readonly id: number;
  readonly nodeId: number | null;
  readonly left: number;
  readonly stuck: number;
  readonly isCompleted: boolean;
}

export async function countNodes(tx: Queries, deltas: readonly RecipeDelta[]): Promise<RecipeCount[]> {
  return tx.query<RecipeCount>(
    `update recipe r set nodes_left = r.nodes_left + d."left", nodes_stuck = r.nodes_stuck + d.stuck, last_modified = now(),
       jobs_counted = null
     from jsonb_to_recordset($1::jsonb) as d (id bigint, "left" integer, stuck integer) where r.id = d.id
     returning r.id, r.recipe_node_id as "nodeId", r.nodes_left as "left", r.nodes_stuck as stuck,
       r.is_completed as "isCompleted"`,
    [JSON.stringify(deltas)],
  );
}

/** The outputs of nodes that have completed. */
export async function outputsOf(
  tx: Queries,
  nodes: readonly { readonly recipeId: number; readonly name: string }[],
): Promise<Map<string, Partial<RecipeData>>> {
  if (nodes.length === 0) return new Map();
  const rows = await tx.query<{ recipe: number; name: string; output: Partial<RecipeData> | null }>(
    `select n.recipe_id as recipe, n.name, coalesce(n.output, j.output, r.output) as output
     from jsonb_to_recordset($1::jsonb) as w ("recipeId" bigint, name text)
     join recipe_node n on n.recipe_id = w."recipeId" and n.name = w.name and n.item = -1 and n.state = 'COMPLETED'
     left join job j on j.id = n.job_id left join recipe r on r.id = n.sub_recipe_id`,
    [JSON.stringify(nodes)],
  );
  return new Map(rows.map(({ recipe, name, output }) => [nodeKey(recipe, name), output ?? {}]));
}

/** How nodes stand. */
export async function looksOf(
  tx: Queries,
  nodes: readonly { readonly recipeId: number; readonly name: string }[],
): Promise<Map<string, ParentLook>> {
  if (nodes.length === 0) return new Map();
  const rows = await tx.query<ParentLook & { recipe: number; name: string }>(
    `select n.recipe_id as recipe, n.name, n.state, n.accepted
     from jsonb_to_recordset($1::jsonb) as w ("recipeId" bigint, name text)
     join recipe_node n on n.recipe_id = w."recipeId" and n.name = w.name and n.item = -1`,
    [JSON.stringify(nodes)],
  );
  return new Map(rows.map(({ recipe, name, ...look }) => [nodeKey(recipe, name), look]));
}

/** @param name last, since it may hold anything */
export function nodeKey(recipeId: number, name: string): string {
  return `${recipeId}/${name}`;
}

export function uniqueNodes(
  nodes: readonly { readonly recipeId: number; readonly name: string }[],
): { readonly recipeId: number; readonly name: string }[] {
  return [...new Map(nodes.map((node) => [nodeKey(node.recipeId, node.name), node])).values()];
}
