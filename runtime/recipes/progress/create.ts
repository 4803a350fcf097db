import type { RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { submitMany } from '../../jobs/index.ts';
import type { Plan } from '../plan/plan.ts';
import { timeoutOf } from './jobs-of-nodes.ts';
import type { RecipeRow } from './rows.ts';

/** A recipe that is to be made. */
export interface RecipeWork {
  readonly plan: Plan;
  readonly input: RecipeData;
  /** What it is a part of; undefined: of nothing. */
  readonly parent?: { readonly id: number; readonly rootId: number; readonly nodeId: number } | undefined;
  readonly configuration: Record<string, unknown>;
  readonly queue: string;
  readonly actor: string;
  readonly traceContext?: string | null;
  readonly batchId?: number | null;
  /** The recipe of a batch before whose inputs it has. */
  readonly previousRecipeId?: number | undefined;
  /** The same key twice is the same recipe. */
  readonly dedupeKey?: string | undefined;
}

/** A recipe that was made. */
export interface MadeRecipe {
  readonly row: RecipeRow;
  readonly plan: Plan;
  /** `recipe_node.id`s of nodes that wait for none, by name. */
  readonly ready: ReadonlyMap<string, number>;
}

/**
 * Makes recipes with a row for each node, and a job in PENDING for each that will surely run later; what can begin is the
 * caller's to start. `dedupeKey`s that are known make the statement fail: look for them first.
 */
export async function createRecipes(tx: Queries, works: readonly RecipeWork[]): Promise<MadeRecipe[]> {
  if (works.length === 0) return [];
  const ids = await insertRecipes(tx, works);
  await insertInputs(tx, ids, works);
  const rows = works.map((work, at) => rowOf(work, ids[at]!));
  const jobs = await insertJobs(tx, rows, works);
  const nodes = works.flatMap(({ plan }, at) =>
    [...plan.graph.values()].map(({ name, node, parents }) => ({
      recipe: ids[at]!,
      name,
      kind: node.node_type.node_type,
      parents: parents.length,
      job: jobs.get(ids[at]!)?.get(name) ?? null,
    })),
  );
  const made = await tx.query<{ id: number; recipe: number; name: string; parents: number }>(
    `insert into recipe_node (recipe_id, name, kind, state, parents_left, job_id)
     select recipe, name, kind, 'WAITING', parents, job
     from jsonb_to_recordset($1::jsonb) as n (recipe bigint, name text, kind text, parents integer, job bigint)
     returning id, recipe_id as recipe, name, parents_left as parents`,
    [JSON.stringify(nodes)],
  );
  const ready = new Map<number, Map<string, number>>(ids.map((id) => [id, new Map()]));
  for (const { id, recipe, name, parents } of made) if (parents === 0) ready.get(recipe)!.set(name, id);
  return works.map(({ plan }, at) => ({ row: rows[at]!, plan, ready: ready.get(ids[at]!)! }));
}

async function insertRecipes(tx: Queries, works: readonly RecipeWork[]): Promise<number[]> {
  const given = works.map(({ plan, input, parent, ...work }, position) => ({
    position,
    type: plan.recipeTypeId,
    revision: plan.revisionId,
    recipe: parent?.id ?? null,
    root: parent?.rootId ?? null,
    node: parent?.nodeId ?? null,
    input,
    configuration: work.configuration,
    queue: work.queue,
    nodes: plan.graph.size,
    batch: work.batchId ?? null,
    previous: work.previousRecipeId ?? null,
    key: work.dedupeKey ?? null,
    trace: work.traceContext ?? null,
    actor: work.actor,
  }));
  const rows = await tx.query<{ id: number; position: number }>(
    `with given as materialized (
       select nextval('recipe_id_seq') as id, g.* from jsonb_to_recordset($1::jsonb) as g (position integer, type bigint,
         revision bigint, recipe bigint, root bigint, node bigint, input jsonb, configuration jsonb, queue text,
         nodes integer, batch bigint, previous bigint, key text, trace text, actor text)
     ), made as (
       insert into recipe (id, recipe_type_id, recipe_type_revision_id, recipe_id, root_recipe_id, recipe_node_id, input,
         configuration, queue, nodes_left, batch_id, previous_recipe_id, dedupe_key, trace_context, created_by)
       overriding system value
       select id, type, revision, recipe, coalesce(root, id), node, input, configuration, queue, nodes, batch, previous, key, trace,
         actor from given
       returning id, created_by
     ), events as (
       insert into event (entity, entity_id, kind, actor) select 'recipe', id, 'created', created_by from made
     )
     select id, position from given`,
    [JSON.stringify(given)],
  );
  const ids: number[] = [];
  for (const { id, position } of rows) ids[position] = id;
  return ids;
}

/** The files that recipes are given; what these say of their source is said of the recipe. */
async function insertInputs(
  tx: Queries,
  ids: readonly number[],
  works: readonly RecipeWork[],
): Promise<void> {
  const files = works.flatMap(({ input }, at) =>
    Object.entries(input.files).flatMap(([name, given]) =>
      given.map((file, position) => ({ recipe: ids[at]!, name, position, file })),
    ),
  );
  if (files.length === 0) return;
  await tx.query(
    `with given as materialized (
       select * from jsonb_to_recordset($1::jsonb) as f (recipe bigint, name text, position integer, file bigint)
     ), made as (
       insert into recipe_input_file (recipe_id, recipe_input, position, input_file_id)
       select recipe, name, position, file from given
     )
     update recipe set input_file_size = s.size, source_started = s.started, source_ended = s.ended,
       source_sensor_class = s.sensor_class, source_sensor = s.sensor, source_collection = s.collection, source_task = s.task
     from (
       select recipe, sum(file_size) as size, min(source_started) as started, max(source_ended) as ended,
         max(source_sensor_class) as sensor_class, max(source_sensor) as sensor, max(source_collection) as collection,
         max(source_task) as task
       from given join scale_file on scale_file.id = file group by recipe
     ) s where recipe.id = s.recipe`,
    [JSON.stringify(files)],
  );
}

/** @returns `job.id` by name of node, by recipe */
async function insertJobs(
  tx: Queries,
  rows: readonly RecipeRow[],
  works: readonly RecipeWork[],
): Promise<Map<number, Map<string, number>>> {
  const wanted = works.flatMap(({ plan }, at) =>
    [...plan.eager].map((name) => ({ recipe: rows[at]!, name, plan, job: plan.jobs.get(name)! })),
  );
  const ids = await submitMany(
    tx,
    wanted.map(({ recipe, name, plan, job }) => ({
      type: job,
      timeout: timeoutOf(job.manifest, plan.definition.nodes[name]!),
      files: {},
      json: {},
      configuration: {},
      maxTries: 3,
      actor: recipe.actor,
      queue: recipe.queue,
      status: 'PENDING',
      ...(recipe.traceContext !== null && { traceContext: recipe.traceContext }),
      recipe: {
        id: recipe.id,
        rootId: recipe.rootId,
        node: name,
        batchId: recipe.batchId ?? undefined,
        awaitsInput: true,
      },
    })),
  );
  const jobs = new Map<number, Map<string, number>>();
  wanted.forEach(({ recipe, name }, at) => {
    const known = jobs.get(recipe.id);
    if (known) known.set(name, ids[at]!);
    else jobs.set(recipe.id, new Map([[name, ids[at]!]]));
  });
  return jobs;
}

function rowOf({ plan, input, parent, ...work }: RecipeWork, id: number): RecipeRow {
  return {
    id,
    revisionId: plan.revisionId,
    rootId: parent?.rootId ?? id,
    nodeId: parent?.nodeId ?? null,
    input,
    configuration: work.configuration,
    queue: work.queue,
    actor: work.actor,
    traceContext: work.traceContext ?? null,
    batchId: work.batchId ?? null,
    supersedes: null,
  };
}
