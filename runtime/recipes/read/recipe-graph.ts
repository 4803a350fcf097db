import type {
  DefinedNode,
  GraphState,
  RecipeCounters,
  RecipeDefinition,
  RecipeGraphDocument,
  RecipeGraphNode,
} from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { nodeState } from '../../jobs/index.ts';
import { parentNames, topologicalOrder } from '../../recipe/index.ts';
import { noCounters, partJoins, partsOf, stuckState, sumOfCounters } from './counters.ts';

/** Levels of sub-recipes that are shown at most. */
export const mostLevels = 10;

interface Stored extends Pick<
  RecipeGraphDocument,
  'id' | 'recipe_type' | 'is_completed' | 'created' | 'completed'
> {
  readonly definition: RecipeDefinition;
  readonly nodes: readonly StoredNode[];
  readonly counts: readonly PartCount[];
}

/** A node of its table, its runs left out. */
interface StoredNode extends Pick<
  RecipeGraphNode,
  'name' | 'state' | 'job_id' | 'started' | 'ended' | 'duration' | 'accepted' | 'reason' | 'is_original'
> {
  readonly is_stuck: boolean;
  readonly sub_recipe_id: number | null;
  readonly items_total: number | null;
}

/** How many parts of a node are alike. */
interface PartCount {
  readonly node: string;
  /** Where they stand, of runs of a node with forEach. */
  readonly run: GraphState | null;
  /** Of their jobs; null for parts that have none. */
  readonly status: string | null;
  readonly is_reused: boolean;
  readonly is_recipe: boolean;
  readonly is_completed: boolean | null;
  readonly count: number;
}

/**
 * A recipe and where each of its nodes stands, in one look: all parts are counted, and only the nodes of its definition are
 * read. Nodes come after all that they depend on.
 * @param levels of sub-recipes that are shown too
 * @returns undefined when there is no such recipe
 */
export async function recipeGraph(
  db: Queries,
  id: number,
  levels = 0,
): Promise<RecipeGraphDocument | undefined> {
  const [stored] = await db.query<Stored>(statement, [id]);
  if (!stored) return undefined;
  const { definition, nodes: rows, counts, ...recipe } = stored;
  const byName = new Map(rows.map((row) => [row.name, row]));
  const parts = new Map<string, PartCount[]>();
  for (const count of counts) parts.set(count.node, [...(parts.get(count.node) ?? []), count]);
  const nodes: RecipeGraphNode[] = [];
  for (const name of topologicalOrder(definition.nodes)) {
    const node = graphNode(name, definition.nodes[name]!, byName.get(name), parts.get(name) ?? []);
    const graph =
      levels > 0 && node.recipe_id !== null ? await recipeGraph(db, node.recipe_id, levels - 1) : undefined;
    nodes.push(graph ? { ...node, graph } : node);
  }
  const all = [...parts.values()].map(countersOf);
  return { ...recipe, counters: sumOfCounters(all), nodes };
}

/** Pure. @param row undefined: it has none yet */
function graphNode(
  name: string,
  defined: DefinedNode,
  row: StoredNode | undefined,
  parts: readonly PartCount[],
): RecipeGraphNode {
  const { node_type: type, dependencies, forEach } = defined;
  const listed = new Map(dependencies.map((one) => [one.name, one.acceptance]));
  const isJob = type.node_type === 'job';
  const isRecipe = type.node_type === 'recipe';
  const counters = countersOf(parts);
  const state = row?.state ?? 'PENDING';
  return {
    name,
    node_type: type.node_type,
    job_type: isJob
      ? { name: type.job_type_name, version: type.job_type_version, revision_num: type.job_type_revision }
      : null,
    recipe_type: isRecipe ? { name: type.recipe_type_name, revision_num: type.recipe_type_revision } : null,
    state: row?.is_stuck && (isRecipe || forEach) ? stuckState(counters) : state,
    job_id: row?.job_id ?? null,
    recipe_id: row?.sub_recipe_id ?? null,
    dependencies: parentNames(defined).map((parent) => ({
      name: parent,
      acceptance: listed.get(parent) ?? true,
    })),
    started: row?.started ?? null,
    ended: row?.ended ?? null,
    duration: row?.duration ?? null,
    accepted: row?.accepted ?? null,
    reason: row?.reason ?? null,
    is_original: row?.is_original ?? true,
    jobs_reused: parts.reduce((sum, { is_reused, count }) => (is_reused ? sum + count : sum), 0),
    items: forEach
      ? { total: row?.items_total ?? null, states: runsOf(parts), concurrency: forEach.concurrency ?? null }
      : null,
    counters: isRecipe ? counters : null,
  };
}

function runsOf(parts: readonly PartCount[]): Partial<Record<GraphState, number>> {
  const states: Partial<Record<GraphState, number>> = {};
  for (const { run, count } of parts) if (run !== null) states[run] = (states[run] ?? 0) + count;
  return states;
}

function countersOf(parts: readonly PartCount[]): RecipeCounters {
  const counters: Record<string, number> = { ...noCounters };
  const add = (name: string, count: number) => (counters[name] = (counters[name] ?? 0) + count);
  for (const { status, is_recipe, is_completed, count } of parts) {
    if (status !== null) {
      add('jobs_total', count);
      add(`jobs_${status.toLowerCase()}`, count);
    }
    if (is_recipe) {
      add('sub_recipes_total', count);
      if (is_completed) add('sub_recipes_completed', count);
    }
  }
  return counters as RecipeCounters;
}

/** When it ran: of a job the time of its execution. What waits, perhaps for another try, has none. */
const times = `case when j.id is null then n.started when j.status in ('PENDING', 'BLOCKED', 'QUEUED') then null
    else j.started end as started,
  case when j.id is null then n.ended when j.status in ('PENDING', 'BLOCKED', 'QUEUED', 'RUNNING') then null
    else j.ended end as ended`;

const statement = `
  with ${partsOf('n.recipe_id = $1::bigint', { node: 'n.name' })}, alike as (
    select node, case when depth = 0 and item >= 0 then ${nodeState('part', 'j')} end as run, j.status,
      j.reused_job_exe_id is not null as is_reused, s.id is not null as is_recipe, s.is_completed, count(*) as count
    from part ${partJoins} group by 1, 2, 3, 4, 5, 6
  ), own as (
    select n.name, ${nodeState('n', 'j')} as state, n.state = 'STUCK' as is_stuck, n.job_id, n.sub_recipe_id, n.accepted,
      coalesce(n.reason, case when j.status = 'FAILED' then j.error->>'message' end) as reason, n.is_original,
      n.items_total, ${times}
    from recipe_node n left join job j on j.id = n.job_id where n.recipe_id = $1::bigint and n.item = -1
  )
  select r.id, json_build_object('id', t.id, 'name', t.name, 'title', t.title, 'revision_num', v.revision_num) as recipe_type,
    r.is_completed, r.created, r.completed, v.definition,
    (select coalesce(json_agg(alike), '[]') from alike) as counts,
    (select coalesce(json_agg(json_build_object('name', name, 'state', state, 'is_stuck', is_stuck, 'job_id', job_id,
      'sub_recipe_id', sub_recipe_id, 'accepted', accepted, 'reason', reason, 'is_original', is_original,
      'items_total', items_total,
      'started', to_char(started at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'ended', to_char(ended at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'duration', case when state <> 'SKIPPED' and started is not null then
        greatest(0, extract(epoch from coalesce(ended, now()) - started))::double precision end)), '[]') from own) as nodes
  from recipe r join recipe_type t on t.id = r.recipe_type_id
    join recipe_type_revision v on v.id = r.recipe_type_revision_id
  where r.id = $1::bigint`;
