import { changeNodes, type NodeChange, type NodeRow } from './rows.ts';
import type { Steps } from './steps.ts';

/** How what a node runs stands now. */
export interface Standing {
  readonly node: NodeRow;
  readonly status: 'COMPLETED' | 'STUCK' | 'STARTED' | 'WAITING';
}

/** Takes over how jobs and sub-recipes stand. */
export async function takeOver(steps: Steps, given: readonly Standing[]): Promise<void> {
  const changes: NodeChange[] = [];
  for (const { node, status } of given) {
    if (node.state === status || node.state === 'COMPLETED' || node.state === 'SKIPPED') continue;
    if (node.state === 'WAITING' && status === 'STARTED') continue;
    changes.push({ id: node.id, state: status });
    const where = { recipeId: node.recipeId, name: node.name, item: node.item };
    const [was, is] = [
      node.state === 'STUCK' || (node.state === 'WAITING' && node.blockers > 0),
      status === 'STUCK' || (status === 'WAITING' && node.blockers > 0),
    ];
    if (was !== is) steps.stick({ ...where, isStuck: is });
    if (status === 'COMPLETED') steps.settle({ ...where, used: true });
  }
  await changeNodes(steps.tx, changes);
}
