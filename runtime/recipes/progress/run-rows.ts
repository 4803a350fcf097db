import type { RecipeData } from '../../../seed-schema/index.ts';
import { givenRows, type Queries } from '../../database/index.ts';
import type { NodeState } from '../state.ts';

/** A node with `forEach`, and where its runs stand. */
export interface FanRow {
  readonly id: number;
  readonly recipeId: number;
  readonly name: string;
  readonly state: NodeState;
  readonly input: RecipeData;
  readonly total: number;
  readonly started: number;
  readonly completed: number;
  readonly stuck: number;
}

const fanColumns = `n.id, n.recipe_id as "recipeId", n.name, n.state, n.input, n.items_total as total,
  n.items_started as started, n.items_completed as completed, n.items_stuck as stuck`;

/** Begins with no run started. */
export async function openFans(
  tx: Queries,
  fans: readonly { readonly id: number; readonly input: RecipeData; readonly total: number }[],
): Promise<FanRow[]> {
  return tx.query<FanRow>(
    `update recipe_node n set state = 'STARTED', started = now(), input = f.input, items_total = f.total, items_started = 0,
       items_completed = 0, items_stuck = 0
     from jsonb_to_recordset($1::jsonb) as f (id bigint, input jsonb, total integer) where n.id = f.id
     returning ${fanColumns}`,
    [JSON.stringify(fans)],
  );
}

export interface FanDelta {
  readonly recipeId: number;
  readonly name: string;
  readonly completed: number;
  readonly stuck: number;
}

/** Counts runs that have ended or are stuck. @returns the nodes as they are now */
export async function countRuns(tx: Queries, deltas: readonly FanDelta[]): Promise<FanRow[]> {
  if (deltas.length === 0) return [];
  return tx.query<FanRow>(
    `update recipe_node n set items_completed = n.items_completed + d.completed, items_stuck = n.items_stuck + d.stuck
     from jsonb_to_recordset($1::jsonb) as d ("recipeId" bigint, name text, completed integer, stuck integer)
     where n.recipe_id = d."recipeId" and n.name = d.name and n.item = -1
     returning ${fanColumns}`,
    [JSON.stringify(deltas)],
  );
}

/** A run, and what it is. */
export interface NewRun {
  /** `recipe_node.id`, of `drawNodeIds`. */
  readonly id: number;
  readonly recipeId: number;
  readonly name: string;
  readonly item: number;
  readonly kind: 'job' | 'recipe';
  readonly jobId: number | null;
  readonly subRecipeId: number | null;
  /** Why it cannot be started; null: it is. */
  readonly reason: string | null;
}

/** Ids for rows that others are to name before they are made. */
export async function drawNodeIds(tx: Queries, count: number): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select nextval('recipe_node_id_seq') as id from generate_series(1, $1)`,
    [count],
  );
  return rows.map(({ id }) => id);
}

const runColumns = {
  id: 'bigint',
  recipeId: 'bigint',
  name: 'text',
  item: 'integer',
  kind: 'text',
  jobId: 'bigint',
  subRecipeId: 'bigint',
  reason: 'text',
};

export async function addRuns(tx: Queries, runs: readonly NewRun[]): Promise<void> {
  const { form, source, values } = givenRows(runColumns, runs);
  await tx.prepared(
    `add-runs-${form}`,
    `insert into recipe_node (id, recipe_id, name, item, kind, job_id, sub_recipe_id, state, reason, started)
     overriding system value
     select id, "recipeId", name, item, kind, "jobId", "subRecipeId",
       case when reason is null then 'STARTED' else 'STUCK' end, reason, now()
     from ${source} as r`,
    values,
  );
}

/** How many runs of each node have been started, and whether more may be than were now. */
export async function noteStarted(
  tx: Queries,
  fans: readonly { readonly id: number; readonly started: number; readonly expanding: boolean }[],
): Promise<void> {
  await tx.query(
    `update recipe_node n set items_started = f.started, expanding = f.expanding
     from jsonb_to_recordset($1::jsonb) as f (id bigint, started integer, expanding boolean) where n.id = f.id`,
    [JSON.stringify(fans)],
  );
}

/** The outputs of the runs of a node that completed, in the order of its elements. */
export async function outputsOfRuns(
  tx: Queries,
  { recipeId, name }: Pick<FanRow, 'recipeId' | 'name'>,
): Promise<Partial<RecipeData>[]> {
  const rows = await tx.query<{ output: Partial<RecipeData> | null }>(
    `select coalesce(j.output, r.output) as output
     from recipe_node n left join job j on j.id = n.job_id left join recipe r on r.id = n.sub_recipe_id
     where n.recipe_id = $1 and n.name = $2 and n.item >= 0 and n.state = 'COMPLETED' order by n.item`,
    [recipeId, name],
  );
  return rows.map(({ output }) => output ?? {});
}

/** Says which job or recipe a node has begun as. */
export async function nameWork(
  tx: Queries,
  work: readonly {
    readonly id: number;
    readonly jobId: number | null;
    readonly subRecipeId: number | null;
  }[],
): Promise<void> {
  if (work.length === 0) return;
  await tx.query(
    `update recipe_node n set job_id = w."jobId", sub_recipe_id = w."subRecipeId", state = 'STARTED',
       started = coalesce(n.started, now())
     from jsonb_to_recordset($1::jsonb) as w (id bigint, "jobId" bigint, "subRecipeId" bigint) where n.id = w.id`,
    [JSON.stringify(work)],
  );
}

/** A node with `forEach` more of whose runs are to be started; undefined: none. */
export async function nextExpanding(
  db: Queries,
): Promise<{ readonly id: number; readonly rootId: number } | undefined> {
  const [row] = await db.query<{ id: number; rootId: number }>(
    `select n.id, r.root_recipe_id as "rootId" from recipe_node n join recipe r on r.id = n.recipe_id
     where n.expanding order by n.id limit 1`,
  );
  return row;
}

export async function fanById(tx: Queries, id: number): Promise<FanRow | undefined> {
  const [row] = await tx.query<FanRow>(
    `select ${fanColumns} from recipe_node n where n.id = $1 and n.expanding`,
    [id],
  );
  return row;
}
