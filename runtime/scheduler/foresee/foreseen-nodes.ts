import type { RecipeGraphDocument, RecipeGraphNode } from '../../../seed-schema/index.ts';
import type { ForeseenJob } from './foresee-job.ts';

/**
 * RUN: it runs; REUSE: it takes what an earlier job made; KEEP: of a recipe that is re-processed: its result is carried over;
 * SKIP: a condition decides against it; DECIDE: a condition that is decided; UNKNOWN: what comes before it decides.
 */
export const foreseenActions = ['RUN', 'REUSE', 'KEEP', 'SKIP', 'DECIDE', 'UNKNOWN'] as const;

/** What would become of a node. */
export interface ForeseenNode {
  /** Of a node of a sub-recipe after that of the sub-recipe: `part/blur`. */
  readonly name: string;
  readonly node_type: RecipeGraphNode['node_type'];
  readonly action: (typeof foreseenActions)[number];
  readonly reason: string;
  /** null: it cannot be told. */
  readonly output_id: string | null;
  /** Whose output it would have. */
  readonly reuses_job: { readonly id: number } | null;
}

/** Each node, those of sub-recipes after theirs. Pure. @param jobs those that were decided on, by `job.id` */
export function foreseenNodes(
  graph: RecipeGraphDocument,
  jobs: ReadonlyMap<number, ForeseenJob>,
  above = '',
): ForeseenNode[] {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const fates = new Map<string, Fate>();
  const fateOf = (node: RecipeGraphNode): Fate => {
    const known = fates.get(node.name);
    if (known) return known;
    const runs = node.dependencies.find(({ name }) => fateOf(byName.get(name)!).action === 'RUN')?.name;
    const fate = foresee(node, jobs, runs);
    fates.set(node.name, fate);
    return fate;
  };
  return graph.nodes.flatMap((node) => {
    const path = `${above}${node.name}`;
    const inside = node.graph ? foreseenNodes(node.graph, jobs, `${path}/`) : [];
    return [{ name: path, node_type: node.node_type, ...fateOf(node) }, ...inside];
  });
}

type Fate = Pick<ForeseenNode, 'action' | 'reason' | 'output_id' | 'reuses_job'>;

/** @param runs a node before it that runs */
function foresee(
  node: RecipeGraphNode,
  jobs: ReadonlyMap<number, ForeseenJob>,
  runs: string | undefined,
): Fate {
  const fate = (action: Fate['action'], reason: string): Fate => ({
    ...{ action, reason, output_id: null, reuses_job: null },
  });
  if (!node.is_original) return fate('KEEP', 'Its result is carried over');
  if (node.state === 'SKIPPED') return fate('SKIP', node.reason ?? 'What it needs was skipped');
  const job = node.job_id === null ? undefined : jobs.get(node.job_id);
  if (job && !node.items)
    return {
      action: job.reuses ? 'REUSE' : 'RUN',
      reason: job.reason,
      output_id: job.outputId,
      reuses_job: job.reuses ? { id: job.reuses.jobId } : null,
    };
  if (node.node_type === 'condition' && node.accepted !== null)
    return fate('DECIDE', node.accepted ? 'It accepts what it is given' : 'It rejects what it is given');
  if (node.state === 'COMPLETED') return fate('REUSE', 'All in it is reused');
  const depends = runs === undefined ? 'What comes before it decides' : `It depends on ${runs}, which runs`;
  return fate(runs !== undefined && node.node_type === 'job' ? 'RUN' : 'UNKNOWN', depends);
}
