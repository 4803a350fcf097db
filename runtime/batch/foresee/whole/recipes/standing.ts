import type { RecipeData } from '../../../../../seed-schema/index.ts';
import { inputOf, isSkipped, lackingInput, reasonToSkip } from '../../../../recipe/index.ts';
import { outputOfRecipe } from '../../../../recipes/index.ts';
import type { NodeFate } from '../tally.ts';
import type { FlatPlan, FlatStep } from './flat-plan.ts';

/** What a node would come to. */
export type Standing =
  | { readonly state: 'COMPLETED'; readonly output: Partial<RecipeData>; readonly accepted: boolean | null }
  | NotBegun;

/** A node without a result: it was skipped; it runs, or waits for what runs; or nobody can tell yet. */
export interface NotBegun {
  readonly state: 'SKIPPED' | 'RUNS' | 'UNKNOWN';
  readonly reason: string;
}

/** A recipe that nobody has made, as far as it is decided. */
export interface Foreseen {
  /** By position of the node. */
  readonly nodes: (Standing | undefined)[];
  /** By position of the recipe: what it is given, or why it does not begin. */
  readonly inputs: (Partial<RecipeData> | NotBegun)[];
  readonly fates: NodeFate[];
}

const waits: NotBegun = { state: 'RUNS', reason: 'What it is given is made anew' };
const undecided: NotBegun = { state: 'UNKNOWN', reason: 'What comes before it decides' };
const never: NotBegun = { state: 'SKIPPED', reason: 'What it needs was skipped' };

/** What a node is given, or why it does not begin; as `Progress` would have it. Pure. */
export function beginning(
  plan: FlatPlan,
  { recipe, graph, parents }: FlatStep,
  { nodes, inputs }: Foreseen,
): RecipeData | NotBegun {
  const given = inputs[recipe]!;
  if ('state' in given) return { RUNS: waits, UNKNOWN: undecided, SKIPPED: never }[given.state];
  let [runs, used, skips] = [false, 0, 0];
  for (const { edge, node } of parents) {
    const standing = nodes[node]!;
    if (standing.state === 'UNKNOWN') return undecided;
    if (standing.state === 'RUNS') runs = true;
    const isOther =
      standing.state === 'COMPLETED' &&
      edge.acceptance !== undefined &&
      edge.acceptance !== standing.accepted;
    if (standing.state === 'COMPLETED' && !isOther) used++;
    if (isOther || (standing.state === 'SKIPPED' && edge.hard)) skips++;
  }
  if (runs) return waits;
  const { nodes: positions } = plan.recipes[recipe]!;
  const standingOf = (name: string) => nodes[positions.get(name)!]!;
  if (isSkipped({ parents: parents.length, used, skips })) {
    const lookOf = (name: string) => {
      const standing = standingOf(name);
      return { state: standing.state, accepted: 'accepted' in standing ? standing.accepted : null };
    };
    return { state: 'SKIPPED', reason: reasonToSkip(graph.parents, lookOf) };
  }
  const input = inputOf(graph.node.input, given, (name) => {
    const standing = standingOf(name);
    return standing.state === 'COMPLETED' ? standing.output : undefined;
  });
  const lacks = lackingInput(graph, input);
  if (lacks === undefined) return input;
  return {
    state: 'SKIPPED',
    reason: `its required input ${lacks} has nothing, since nothing was given for it`,
  };
}

/** What a sub-recipe has come to, all of whose nodes are decided. Pure. */
export function ending(plan: FlatPlan, { inside }: FlatStep, { nodes, inputs }: Foreseen): Standing {
  const input = inputs[inside!]!;
  if ('state' in input) return input;
  const { plan: own, nodes: positions } = plan.recipes[inside!]!;
  const standings = [...positions].map(([name, at]) => [name, nodes[at]!] as const);
  const isOpen = standings.some(([, { state }]) => state === 'RUNS' || state === 'UNKNOWN');
  if (isOpen) return waits;
  const outputs = new Map(standings);
  const output = outputOfRecipe(own.definition.output, (name) => {
    const standing = outputs.get(name)!;
    return standing.state === 'COMPLETED' ? standing.output : undefined;
  });
  return { state: 'COMPLETED', output, accepted: null };
}

const actions = { SKIPPED: 'SKIP', RUNS: 'DEPEND', UNKNOWN: 'UNKNOWN' } as const;

/** What is told of a job that does not begin. Pure. */
export function fateOfWaiting(node: string, { state, reason }: NotBegun): NodeFate {
  return { node, action: actions[state], reason };
}
