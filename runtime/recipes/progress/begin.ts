import type { RecipeData } from '../../../seed-schema/index.ts';
import { elementsOf, inputOf, lackingInput } from '../../recipe/index.ts';
import { decide, factsOfFiles } from './conditions.ts';
import { changeNodes, nodeKey, type NodeChange, outputsOf, uniqueNodes } from './rows.ts';
import { nameWork, openFans } from './run-rows.ts';
import { skipNodes } from './skip.ts';
import { type Start, startAll } from './start.ts';
import { kindOf, type KnownNode, type Ready, type Steps, whereOf } from './steps.ts';

interface Given extends Ready, KnownNode {
  readonly input: RecipeData;
}

/** Begins nodes whose input is there. */
export async function beginNodes(steps: Steps, ready: readonly Ready[]): Promise<void> {
  const nodes = await steps.know(ready);
  const sources = nodes.flatMap(({ recipeId, graph }) =>
    Object.values(graph.node.input).flatMap((from) =>
      from.type === 'dependency' ? [{ recipeId, name: from.node }] : [],
    ),
  );
  const outputs = await outputsOf(steps.tx, uniqueNodes(sources));
  const given = nodes.map((node) => ({
    ...node,
    input: inputOf(node.graph.node.input, node.recipe.input, (name) =>
      outputs.get(nodeKey(node.recipeId, name)),
    ),
  }));
  const lacking = given.map(({ graph, input }) => lackingInput(graph, input));
  await skipNodes(
    steps,
    given.flatMap((node, at) =>
      lacking[at] === undefined
        ? []
        : [
            {
              node,
              reason: `its required input ${lacking[at]} has nothing, since nothing was given for it`,
            },
          ],
    ),
  );
  const able = given.filter((_node, at) => lacking[at] === undefined);
  await decideAll(
    steps,
    able.filter(({ graph }) => kindOf(graph) === 'condition'),
  );
  await openAll(
    steps,
    able.filter(({ graph }) => kindOf(graph) !== 'condition' && graph.node.forEach),
  );
  await start(
    steps,
    able.filter(({ graph }) => kindOf(graph) !== 'condition' && !graph.node.forEach),
  );
}

async function decideAll(steps: Steps, conditions: readonly Given[]): Promise<void> {
  if (conditions.length === 0) return;
  const facts = await factsOfFiles(
    steps.tx,
    conditions.map(({ input }) => input),
  );
  const changes: NodeChange[] = [];
  for (const { id, recipeId, name, graph, input } of conditions) {
    const { accepted, output } = decide(graph.node, input, facts);
    changes.push({ id, state: 'COMPLETED', accepted, output });
    steps.settle({ recipeId, name, item: -1, used: true, verdict: accepted });
  }
  await changeNodes(steps.tx, changes);
}

async function openAll(steps: Steps, fans: readonly Given[]): Promise<void> {
  if (fans.length === 0) return;
  const rows = await openFans(
    steps.tx,
    fans.map(({ id, graph, input }) => {
      const { elements } = elementsOf(graph.node.forEach!, graph.interface.input, input);
      return { id, input, total: elements.length };
    }),
  );
  steps.fans.push(...rows);
}

async function start(steps: Steps, nodes: readonly Given[]): Promise<void> {
  if (nodes.length === 0) return;
  const starts: Start[] = nodes.map(({ id, jobId, recipe, plan, name, graph, input }) => ({
    ...{ recipe, plan, name, jobId, input },
    node: graph.node,
    nodeId: id,
  }));
  const { started, made } = await startAll(steps.tx, steps.context, starts);
  const problems = nodes.flatMap(({ id }, at) =>
    started[at]!.problem === null ? [] : [{ id, state: 'STUCK' as const, reason: started[at]!.problem }],
  );
  await nameWork(
    steps.tx,
    nodes.flatMap(({ id }, at) => (started[at]!.problem === null ? [{ id, ...started[at]! }] : [])),
  );
  await changeNodes(steps.tx, problems);
  nodes.forEach((node, at) => {
    if (started[at]!.problem !== null) steps.stick({ ...whereOf(node), isStuck: true });
  });
  steps.beginRecipes(made);
}
