import { recordEvents } from '../../jobs/index.ts';
import { completeRecipes } from './complete.ts';
import { countNodes, nodesById } from './rows.ts';
import type { Steps } from './steps.ts';
import { takeOver } from './take-over.ts';

/** Recipes that are complete, or stuck, are what their nodes of other recipes are. */
export async function countUp(steps: Steps): Promise<void> {
  const deltas = steps.counts.take();
  const counts = await countNodes(steps.tx, deltas);
  const byId = new Map(deltas.map((delta) => [delta.id, delta]));
  const done = counts.filter(({ left, isCompleted }) => left === 0 && !isCompleted);
  const recipes = await steps.recipesOf(done.map(({ id }) => id));
  await completeRecipes(steps.tx, steps.context, recipes);
  const actors = new Map(recipes.map(({ id, actor }) => [id, actor]));
  const completed = new Set(done.map(({ id }) => id));
  const parts = counts.filter(({ id, nodeId, left, stuck }) => {
    const delta = byId.get(id)!;
    const [is, was] = [isStuckAt(left, stuck), isStuckAt(left - delta.left, stuck - delta.stuck)];
    return nodeId !== null && (completed.has(id) || is !== was);
  });
  const nodes = await nodesById(
    steps.tx,
    parts.map(({ nodeId }) => nodeId!),
  );
  const byNode = new Map(parts.map((part) => [part.nodeId!, part]));
  await takeOver(
    steps,
    nodes.map((node) => {
      const { id, left, stuck } = byNode.get(node.id)!;
      const status = completed.has(id) ? 'COMPLETED' : isStuckAt(left, stuck) ? 'STUCK' : 'STARTED';
      return { node, status };
    }),
  );
  await recordEvents(
    steps.tx,
    done.map(({ id }) => ({
      entity: 'recipe',
      id,
      kind: 'completed',
      actor: actors.get(id)!,
    })),
  );
}

function isStuckAt(left: number, stuck: number): boolean {
  return left > 0 && stuck === left;
}
