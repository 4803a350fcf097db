import { withdrawJobs } from '../../jobs/index.ts';
import { reasonToSkip } from '../../recipe/index.ts';
import { changeNodes, looksOf, nodeKey, type NodeRow, uniqueNodes } from './rows.ts';
import { type Ready, type Steps, whereOf } from './steps.ts';

/** A node that is not to be run. */
export interface Skipped {
  readonly node: Ready;
  /** In words. */
  readonly reason: string;
}

/** Skips them; jobs that they have already are withdrawn. */
export async function skipNodes(steps: Steps, skipped: readonly Skipped[]): Promise<void> {
  if (skipped.length === 0) return;
  await changeNodes(
    steps.tx,
    skipped.map(({ node, reason }) => ({ id: node.id, state: 'SKIPPED', reason })),
  );
  const { actor } = await steps.recipeOf(skipped[0]!.node.recipeId);
  await withdrawJobs(
    steps.tx,
    skipped.flatMap(({ node }) => node.jobId ?? []),
    actor,
  );
  for (const { node } of skipped) steps.settle({ ...whereOf(node), used: false });
}

/** Says which of the nodes before them is why nodes are skipped. */
export async function reasonsOf(steps: Steps, skipped: readonly NodeRow[]): Promise<Skipped[]> {
  const nodes = await steps.know(skipped);
  const looks = await looksOf(
    steps.tx,
    uniqueNodes(
      nodes.flatMap(({ recipeId, graph }) => graph.parents.map(({ parent }) => ({ recipeId, name: parent }))),
    ),
  );
  return nodes.map((node) => ({
    node,
    reason: reasonToSkip(node.graph.parents, (name) => looks.get(nodeKey(node.recipeId, name))),
  }));
}
