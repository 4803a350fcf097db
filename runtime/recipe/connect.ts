import type { Connection, RecipeData } from '../../seed-schema/index.ts';
import type { Edge, GraphNode } from './graph.ts';

/** What the nodes before one have come to, by its counters. */
export interface ParentsOutcome {
  /** How many there are. */
  readonly parents: number;
  /** That completed, and decided as they were to. */
  readonly used: number;
  /** That it cannot do without, and that were skipped or decided otherwise. */
  readonly skips: number;
}

/** Whether a node whose parents are all done is not to be run. */
export function isSkipped({ parents, used, skips }: ParentsOutcome): boolean {
  return skips > 0 || (parents > 0 && used === 0);
}

/** How a node stands that others depend on. */
export interface ParentLook {
  readonly state: string;
  /** What a condition decided. */
  readonly accepted: boolean | null;
}

/** Why a node is skipped, in words. */
export function reasonToSkip(
  parents: readonly Edge[],
  lookOf: (name: string) => ParentLook | undefined,
): string {
  for (const { parent, acceptance } of parents) {
    const look = lookOf(parent);
    if (acceptance !== undefined && look?.state === 'COMPLETED' && look.accepted !== acceptance)
      return `the condition ${parent} ${look.accepted ? 'accepted' : 'rejected'} what it was given`;
  }
  const skipped = parents.filter(({ parent }) => lookOf(parent)?.state === 'SKIPPED');
  const first = skipped.find(({ hard }) => hard) ?? skipped[0];
  return first ? `${first.parent} was skipped` : 'what it needs was skipped';
}

/**
 * What a node gets.
 * @param outputOf of a node before it; undefined where that was skipped
 */
export function inputOf(
  connections: Readonly<Record<string, Connection>>,
  recipeInput: Partial<RecipeData>,
  outputOf: (node: string) => Partial<RecipeData> | undefined,
): RecipeData {
  const files: Record<string, readonly number[]> = {};
  const json: Record<string, unknown> = {};
  for (const [name, from] of Object.entries(connections)) {
    const [source, key] =
      from.type === 'recipe' ? [recipeInput, from.input] : [outputOf(from.node), from.output];
    const ids = source?.files?.[key];
    const value = source?.json?.[key];
    if (ids !== undefined && ids.length > 0) files[name] = ids;
    else if (value !== undefined) json[name] = value;
  }
  return { version: '7', files, json };
}

/** The first required input that has nothing; undefined: none. An empty list is something to `forEach` only. */
export function lackingInput(
  { node, interface: { input } }: GraphNode,
  data: RecipeData,
): string | undefined {
  const each = node.forEach?.input;
  const lacks = [
    ...input.files.filter(({ name, required }) => required && name !== each && !data.files[name]),
    ...input.json.filter(({ name, required }) => required && name !== each && !(name in data.json)),
  ];
  return lacks[0]?.name;
}
