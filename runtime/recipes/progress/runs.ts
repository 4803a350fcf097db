import { decideRuns, elementsOf, type GraphNode, inputOfRun, joinOutputs } from '../../recipe/index.ts';
import { inChunks } from '../../workspace/index.ts';
import type { NodeState } from '../state.ts';
import { type Settled, type Stuck, Sums } from './changes.ts';
import { changeNodes, nodeKey, type NodeChange } from './rows.ts';
import {
  addRuns,
  countRuns,
  drawNodeIds,
  type FanDelta,
  type FanRow,
  noteStarted,
  outputsOfRuns,
} from './run-rows.ts';
import { startAll } from './start.ts';
import { kindOf, type Steps, whereOf } from './steps.ts';

/** Runs that one statement starts: while the database makes these, the next ones are worked out. */
const atATime = 250;

/** Counts runs that ended or are stuck, and looks at what follows for their nodes. */
export async function tellRuns(
  steps: Steps,
  settled: readonly Settled[],
  stuck: readonly Stuck[],
): Promise<void> {
  const deltas = new Sums<FanDelta>();
  const tell = (recipeId: number, name: string, change: Partial<Record<keyof FanDelta, number>>) =>
    deltas.add(nodeKey(recipeId, name), () => ({ recipeId, name, completed: 0, stuck: 0 }), change);
  for (const { recipeId, name } of settled) tell(recipeId, name, { completed: 1 });
  for (const { recipeId, name, isStuck } of stuck) tell(recipeId, name, { stuck: isStuck ? 1 : -1 });
  steps.fans.push(...(await countRuns(steps.tx, deltas.take())));
}

/** Completes a node with `forEach`, or starts more of its runs. */
export async function goOn(steps: Steps, fan: FanRow): Promise<void> {
  // Once it has completed, what its runs still come to changes nothing.
  if (fan.state !== 'STARTED' && fan.state !== 'STUCK') return;
  const { graph } = await steps.nodeOf(fan.recipeId, fan.name);
  const { isComplete, isStuck, start } = decideRuns(graph.node.forEach!, fan);
  const where = whereOf(fan);
  const change = (state: NodeState, more: Partial<NodeChange> = {}) =>
    changeNodes(steps.tx, [{ id: fan.id, state, ...more }]);
  if (isStuck !== (fan.state === 'STUCK')) {
    await (isStuck
      ? change('STUCK', { reason: `${fan.stuck} of ${fan.total} runs failed` })
      : change('STARTED'));
    steps.stick({ ...where, isStuck });
  }
  if (isComplete) {
    const outputs = await outputsOfRuns(steps.tx, fan);
    await change('COMPLETED', { output: joinOutputs(graph.interface.output, outputs) });
    steps.settle({ ...where, used: true });
  } else await startRuns(steps, fan, graph, start);
}

async function startRuns(steps: Steps, fan: FanRow, graph: GraphNode, wanted: number): Promise<void> {
  const { recipeId, name } = fan;
  const count = Math.min(wanted, steps.runsLeft);
  steps.runsLeft -= count;
  await noteStarted(steps.tx, [{ id: fan.id, started: fan.started + count, expanding: wanted > count }]);
  if (count === 0) return;
  const { recipe, plan } = await steps.nodeOf(recipeId, name);
  const forEach = graph.node.forEach!;
  const { kind, elements } = elementsOf(forEach, graph.interface.input, fan.input);
  const ids = await drawNodeIds(steps.tx, count);
  const starts = ids.map((nodeId, nth) => ({
    ...{ recipe, plan, name, nodeId, node: graph.node, jobId: null },
    input: inputOfRun(forEach, kind, elements[fan.started + nth], fan.input),
  }));
  const parts = await Promise.all(
    [...inChunks(starts, atATime)].map(async (part, nth) => {
      const { started, made } = await startAll(steps.tx, steps.context, part);
      const first = fan.started + nth * atATime;
      await addRuns(
        steps.tx,
        started.map(({ jobId, subRecipeId, problem }, at) => ({
          ...{ id: part[at]!.nodeId, recipeId, name, jobId, subRecipeId },
          item: first + at,
          kind: kindOf(graph) as 'job' | 'recipe',
          reason: problem,
        })),
      );
      return { started, made };
    }),
  );
  parts
    .flatMap(({ started }) => started)
    .forEach(({ problem }, nth) => {
      if (problem !== null) steps.stick({ recipeId, name, item: fan.started + nth, isStuck: true });
    });
  steps.beginRecipes(parts.flatMap(({ made }) => made));
}
