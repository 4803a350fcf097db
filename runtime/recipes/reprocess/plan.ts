import type { DefinedNode, ForcedNodes, RecipeData, RecipeDefinition } from '../../../seed-schema/index.ts';
import {
  type Change,
  differences,
  type DiffStatus,
  forcedWithin,
  isForced,
  type NodeDiff,
  parentNames,
  unknownForced,
} from '../../recipe/index.ts';
import type { StoredConfiguration } from '../forced-nodes.ts';
import type { NodeState } from '../state.ts';

/** A recipe that is to be re-processed, as it stands. */
export interface OldRecipe {
  readonly id: number;
  readonly definition: RecipeDefinition;
  readonly input: Partial<RecipeData>;
  readonly configuration: StoredConfiguration;
  /** By name; without their runs. */
  readonly nodes: ReadonlyMap<string, OldNode>;
}

export interface OldNode {
  /** `recipe_node.id`. */
  readonly id: number;
  readonly state: NodeState;
  /** What a condition decided; null: nothing yet, or no condition. */
  readonly accepted: boolean | null;
  /** Of a recipe node that was started, and has no `forEach`. */
  readonly subRecipe?: OldRecipe | undefined;
}

/** The revision that it becomes, with those of its sub-recipes by node. */
export interface Target {
  readonly definition: RecipeDefinition;
  readonly recipes: ReadonlyMap<string, Target>;
}

/** What re-processing a recipe does, decided in full before any of it is done. */
export interface ReprocessPlan {
  /** `recipe.id` of the one that is superseded. */
  readonly recipe: OldRecipe;
  /** Why it cannot be re-processed; empty: it can. */
  readonly reasons: readonly Change[];
  /** Each after those that it depends on; deleted ones last. */
  readonly nodes: readonly PlannedNode[];
}

export interface PlannedNode {
  readonly name: string;
  readonly kind: DefinedNode['node_type']['node_type'];
  readonly action: 'CARRIED_OVER' | 'RUN' | 'DELETED';
  readonly status: DiffStatus;
  readonly changes: readonly Change[];
  /** Why, in words. */
  readonly reason: string;
  /** What it was; undefined for a new one. */
  readonly old?: OldNode | undefined;
  /** Of a sub-recipe of the same type as before: what becomes of the nodes in it. */
  readonly subRecipe?: ReprocessPlan;
  /** Whether some results in `subRecipe` are kept, whose input is the same as before. */
  readonly keepsResults: boolean;
}

/**
 * What is carried over, runs again and falls away when a recipe is re-processed. A node that has not completed is not carried
 * over, nor is one that depends on a node that runs again.
 */
export function planReprocess(recipe: OldRecipe, target: Target, forced: ForcedNodes): ReprocessPlan {
  const { reasons } = differences(recipe.definition, target.definition);
  const plan = planNodes(recipe, target, forced);
  return { ...plan, reasons: [...reasons, ...unknownNodes(forced, target)] };
}

/** Whether anything at all would be done. */
export function changesAnything({ nodes }: ReprocessPlan): boolean {
  return nodes.some(({ action }) => action !== 'CARRIED_OVER');
}

/** Without a word on whether the input fits, which of a sub-recipe comes from the nodes before it. */
function planNodes(recipe: OldRecipe, target: Target, forced: ForcedNodes): ReprocessPlan {
  const { nodes: diffs } = differences(recipe.definition, target.definition, forced);
  const planned = new Map<string, PlannedNode>();
  for (const [name, diff] of Object.entries(diffs)) {
    const node = (diff.status === 'DELETED' ? recipe : target).definition.nodes[name]!;
    const old = recipe.nodes.get(name);
    const again = parentNames(node).find((parent) => planned.get(parent)?.action === 'RUN');
    const decision = decide(diff, old, again, isForced(forced, name));
    const subRecipe =
      decision.action === 'RUN'
        ? planWithin(recipe, target, name, diff, forced, again !== undefined)
        : undefined;
    planned.set(name, {
      name,
      kind: node.node_type.node_type,
      ...decision,
      status: diff.status,
      changes: diff.changes,
      old,
      ...(subRecipe && { subRecipe }),
      keepsResults: again === undefined && subRecipe !== undefined && keepsAny(subRecipe),
    });
  }
  return { recipe, reasons: [], nodes: [...planned.values()] };
}

/** @param again a node before it that runs again */
function decide(
  { status, changes }: NodeDiff,
  old: OldNode | undefined,
  again: string | undefined,
  isNamed: boolean,
): Pick<PlannedNode, 'action' | 'reason'> {
  if (status === 'DELETED') return { action: 'DELETED', reason: 'The recipe type has no such node any more' };
  if (status === 'NEW') return { action: 'RUN', reason: 'It is new' };
  if (status === 'CHANGED')
    return { action: 'RUN', reason: changes.map(({ description }) => description).join('; ') };
  if (isNamed) return { action: 'RUN', reason: 'It is forced' };
  if (again !== undefined) return { action: 'RUN', reason: `It depends on ${again}, which runs again` };
  if (old?.state === 'COMPLETED') return { action: 'CARRIED_OVER', reason: 'It has not changed' };
  if (old?.state === 'SKIPPED')
    return { action: 'CARRIED_OVER', reason: 'It has not changed, and was skipped' };
  return { action: 'RUN', reason: 'It has not completed' };
}

/**
 * What becomes of a sub-recipe; undefined where it is another one or was not started, so that it begins anew.
 * @param isAfterRun whether a node before it runs again, and with it all that is inside
 */
function planWithin(
  { definition, nodes }: OldRecipe,
  target: Target,
  name: string,
  { changes }: NodeDiff,
  forced: ForcedNodes,
  isAfterRun: boolean,
): ReprocessPlan | undefined {
  const old = nodes.get(name)?.subRecipe;
  const inside = target.recipes.get(name);
  const [before, after] = [definition.nodes[name], target.definition.nodes[name]];
  if (!old || !inside || after?.forEach || before?.node_type.node_type !== 'recipe') return undefined;
  if (changes.some((change) => change.name === 'RECIPE_TYPE_CHANGE')) return undefined;
  const isOther = isAfterRun || changes.some((change) => change.name !== 'RECIPE_TYPE_REVISION_CHANGE');
  return planNodes(old, inside, isOther ? { all: true } : (forcedWithin(forced, name) ?? { all: false }));
}

function keepsAny({ nodes }: ReprocessPlan): boolean {
  return nodes.some(({ action, keepsResults }) => action === 'CARRIED_OVER' || keepsResults);
}

/** What is forced and is no node of a recipe type, or of its sub-recipes. */
export function unknownNodes(forced: ForcedNodes, { definition, recipes }: Target): Change[] {
  const inside = [...recipes].flatMap(([name, target]) => {
    const within = forcedWithin(forced, name);
    return within ? unknownNodes(within, target) : [];
  });
  return [...unknownForced(forced, definition), ...inside];
}
