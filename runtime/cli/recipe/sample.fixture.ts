import {
  type RecipeCounters,
  recipeCounterNames,
  type RecipeGraphDocument,
  type RecipeGraphNode,
} from '../../../seed-schema/index.ts';

/** Counters that are 0 where they are not given. */
export function counters(given: Partial<RecipeCounters> = {}): RecipeCounters {
  return { ...(Object.fromEntries(recipeCounterNames.map((name) => [name, 0])) as RecipeCounters), ...given };
}

/** A node of a graph, a job that waits unless it is said otherwise. @param parents names; `!name`: where that rejects */
export function node(
  name: string,
  parents: readonly string[] = [],
  given: Partial<RecipeGraphNode> = {},
): RecipeGraphNode {
  return {
    name,
    node_type: 'job',
    job_type: { name: 'work', version: '1.0.0', revision_num: 1 },
    recipe_type: null,
    state: 'PENDING',
    job_id: null,
    recipe_id: null,
    dependencies: parents.map((parent) => ({
      name: parent.replace(/^!/, ''),
      acceptance: !parent.startsWith('!'),
    })),
    started: null,
    ended: null,
    duration: null,
    accepted: null,
    reason: null,
    is_original: true,
    jobs_reused: 0,
    items: null,
    counters: null,
    ...given,
  };
}

export function graph(
  nodes: readonly RecipeGraphNode[],
  given: Partial<RecipeGraphDocument> = {},
): RecipeGraphDocument {
  return {
    id: 12,
    recipe_type: { id: 3, name: 'mosaic', title: null, revision_num: 2 },
    is_completed: false,
    created: '2026-01-01T00:00:00Z',
    completed: null,
    counters: counters(),
    nodes,
    ...given,
  };
}

/** One of everything. */
export function sampleGraph(): RecipeGraphDocument {
  const inside = graph(
    [
      node('cut', [], { state: 'COMPLETED', job_id: 21, duration: 3, jobs_reused: 1 }),
      node('paint', ['cut'], { state: 'FAILED', job_id: 22, duration: 0.25, reason: 'no colour' }),
    ],
    { id: 13, recipe_type: { id: 4, name: 'tile', title: null, revision_num: 1 } },
  );
  return graph(
    [
      node('parse', [], { state: 'COMPLETED', job_id: 14, duration: 1.25, is_original: false }),
      node('is land', ['parse'], {
        node_type: 'condition',
        job_type: null,
        state: 'COMPLETED',
        accepted: true,
      }),
      node('tiles', ['is land'], {
        state: 'RUNNING',
        duration: 61,
        items: { total: 10, states: { COMPLETED: 3, RUNNING: 2, PENDING: 5 }, concurrency: 2 },
        jobs_reused: 2,
      }),
      node('report', ['!is land'], { state: 'SKIPPED', reason: 'is land accepted' }),
      node('part', ['parse'], {
        node_type: 'recipe',
        job_type: null,
        recipe_type: { name: 'tile', revision_num: 1 },
        recipe_id: 13,
        state: 'FAILED',
        counters: counters({ jobs_total: 2, jobs_completed: 1, jobs_failed: 1 }),
        graph: inside,
      }),
      node('join', ['tiles', 'part'], { state: 'BLOCKED', job_id: 15 }),
    ],
    {
      counters: counters({
        jobs_total: 14,
        jobs_completed: 5,
        jobs_running: 2,
        jobs_pending: 5,
        jobs_blocked: 1,
        jobs_failed: 1,
      }),
    },
  );
}
