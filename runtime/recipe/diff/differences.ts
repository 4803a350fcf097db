import type { DefinedNode, ForcedNodes, RecipeDefinition } from '../../../seed-schema/index.ts';
import { parentNames, topologicalOrder } from '../graph.ts';
import { isForced, unknownForced } from './forced.ts';
import { inputMisfits } from './input-fit.ts';
import { inputChanges, parentChanges, typeChanges } from './node-changes.ts';
import type { Change, NodeDiff, RecipeDiff } from './recipe-diff.ts';

const nothing: ForcedNodes = { all: false };

/**
 * What differs between two revisions of a recipe type, as Scale says it (recipe/diff/). A node changes with a node that it
 * depends on; what is forced runs again, with all that depends on it.
 * @param forced what is to run again although nothing about it has changed
 */
export function differences(
  before: RecipeDefinition,
  after: RecipeDefinition,
  forced: ForcedNodes = nothing,
): RecipeDiff {
  const reasons = [...inputMisfits(before.input, after.input), ...unknownForced(forced, after)];
  const definitions = { before, after };
  const canRun = reasons.length === 0;
  const nodes = new Map<string, NodeDiff>();
  for (const name of topologicalOrder(after.nodes)) {
    const node = after.nodes[name]!;
    const old = Object.hasOwn(before.nodes, name) ? before.nodes[name] : undefined;
    const isAgain = (parent: string) => nodes.get(parent)?.force_reprocess === true;
    const force = isForced(forced, name) || parentNames(node).some(isAgain);
    const changes = old ? allChanges(definitions, old, node, nodes) : [];
    const status = old ? (changes.length > 0 ? 'CHANGED' : 'UNCHANGED') : 'NEW';
    nodes.set(name, {
      status,
      changes,
      reprocess_new_node: canRun && (status !== 'UNCHANGED' || force),
      force_reprocess: force,
      ...described(node),
      ...previous(old, node),
    });
  }
  for (const name of topologicalOrder(before.nodes))
    if (!nodes.has(name)) nodes.set(name, deleted(before.nodes[name]!));
  return { can_be_reprocessed: canRun, reasons, nodes: Object.fromEntries(nodes) };
}

function allChanges(
  definitions: { readonly before: RecipeDefinition; readonly after: RecipeDefinition },
  before: DefinedNode,
  after: DefinedNode,
  nodes: ReadonlyMap<string, NodeDiff>,
): Change[] {
  const pair = { before, after };
  const isChanged = (parent: string) => nodes.get(parent)?.status === 'CHANGED';
  return [...typeChanges(pair), ...parentChanges(pair, definitions, isChanged), ...inputChanges(pair)];
}

function deleted(node: DefinedNode): NodeDiff {
  return {
    status: 'DELETED',
    changes: [],
    reprocess_new_node: false,
    force_reprocess: false,
    ...described(node),
  };
}

function described(node: DefinedNode): Pick<NodeDiff, 'dependencies' | 'node_type'> {
  const dependencies = parentNames(node).map(
    (parent) => node.dependencies.find(({ name }) => name === parent) ?? { name: parent, acceptance: true },
  );
  return { dependencies, node_type: node.node_type };
}

/** The `prev_` members. */
function previous(
  before: DefinedNode | undefined,
  after: DefinedNode,
): Partial<Pick<NodeDiff, 'node_type' | 'prev_node_type'>> {
  if (!before) return {};
  const [old, now] = [before.node_type, after.node_type];
  if (old.node_type !== now.node_type) return { prev_node_type: old.node_type };
  if (now.node_type === 'condition') return {};
  const others = Object.entries(old)
    .filter(([member, value]) => value !== (now as unknown as Record<string, unknown>)[member])
    .map(([member, value]) => [`prev_${member}`, value]);
  return { node_type: { ...now, ...Object.fromEntries(others) } };
}
