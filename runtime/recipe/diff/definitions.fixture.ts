import fc from 'fast-check';
import type {
  Connection,
  DataFilter,
  DefinedNode,
  ForcedNodes,
  JobNodeType,
  RecipeDefinition,
} from '../../../seed-schema/index.ts';

/** A definition that takes the file `scene`. */
export function definitionOf(
  nodes: Readonly<Record<string, DefinedNode>>,
  input: Partial<RecipeDefinition['input']> = {
    files: [{ name: 'scene', media_types: [], required: true, multiple: false }],
  },
): RecipeDefinition {
  return { version: '7', input: { files: [], json: [], ...input }, output: {}, nodes };
}

/** A node of the job type `of` in version 1.0.0, revision 1, that takes `image` from the recipe or from its first parent. */
export function jobNode(
  of: string,
  parents: readonly string[] = [],
  more: Partial<Omit<DefinedNode, 'node_type'>> & { readonly type?: Partial<JobNodeType> } = {},
): DefinedNode {
  const { type, ...members } = more;
  return {
    ...taking(parents),
    node_type: {
      node_type: 'job',
      job_type_name: of,
      job_type_version: '1.0.0',
      job_type_revision: 1,
      ...type,
    },
    ...members,
  };
}

export function recipeNode(of: string, revision = 1, parents: readonly string[] = []): DefinedNode {
  return {
    ...taking(parents),
    node_type: { node_type: 'recipe', recipe_type_name: of, recipe_type_revision: revision },
  };
}

export function conditionNode(
  filter: Partial<DataFilter> = {},
  parents: readonly string[] = [],
): DefinedNode {
  return {
    ...taking(parents),
    node_type: {
      node_type: 'condition',
      interface: { files: [{ name: 'image', media_types: [], required: true, multiple: false }], json: [] },
      data_filter: { filters: [], all: true, ...filter },
    },
  };
}

function taking(parents: readonly string[]): Pick<DefinedNode, 'dependencies' | 'input'> {
  const [first] = parents;
  const image: Connection = first
    ? { type: 'dependency', node: first, output: 'image' }
    : { type: 'recipe', input: 'scene' };
  return { dependencies: parents.map((name) => ({ name, acceptance: true })), input: { image } };
}

const revision = fc.integer({ min: 1, max: 2 });

function nodeAfter(parents: readonly string[]): fc.Arbitrary<DefinedNode> {
  return fc.oneof(
    fc
      .record({ of: fc.constantFrom('a', 'b'), revision, parents: fc.subarray([...parents]) })
      .map((given) => jobNode(given.of, given.parents, { type: { job_type_revision: given.revision } })),
    fc
      .record({ of: fc.constantFrom('r', 's'), revision, parents: fc.subarray([...parents]) })
      .map((given) => recipeNode(given.of, given.revision, given.parents)),
    fc
      .record({ all: fc.boolean(), parents: fc.subarray([...parents]) })
      .map((given) => conditionNode({ all: given.all }, given.parents)),
  );
}

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Definitions of up to eight nodes, each of which depends on any of those before it. */
export const anyDefinition: fc.Arbitrary<RecipeDefinition> = fc
  .shuffledSubarray(names, { minLength: 1 })
  .chain((chosen) =>
    fc.tuple(...chosen.map((name, at) => fc.tuple(fc.constant(name), nodeAfter(chosen.slice(0, at))))),
  )
  .map((nodes) => definitionOf(Object.fromEntries(nodes)));

/** A definition, and one that was made of it by giving some of its nodes from another, or leaving them out. */
export const anyRevision: fc.Arbitrary<readonly [RecipeDefinition, RecipeDefinition]> = fc
  .tuple(anyDefinition, fc.subarray(names), fc.subarray(names))
  .map(([before, changed, left]) => {
    const kept = Object.entries(before.nodes).filter(([name]) => !left.includes(name));
    const after = kept.map(([name, node]) => [
      name,
      without(changed.includes(name) ? raised(node) : node, left),
    ]);
    return [before, definitionOf(Object.fromEntries(after))] as const;
  });

function raised(node: DefinedNode): DefinedNode {
  return { ...node, configuration: { priority: 5 } };
}

/** Takes what came of nodes that are no more from the recipe instead. */
function without({ dependencies, input, ...node }: DefinedNode, left: readonly string[]): DefinedNode {
  const connections = Object.entries(input).map(([name, from]) => [
    name,
    from.type === 'dependency' && left.includes(from.node) ? { type: 'recipe', input: 'scene' } : from,
  ]);
  return {
    ...node,
    dependencies: dependencies.filter(({ name }) => !left.includes(name)),
    input: Object.fromEntries(connections),
  };
}

export const anyForced: fc.Arbitrary<ForcedNodes> = fc.letrec<{ forced: ForcedNodes }>((tie) => ({
  forced: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constant({ all: true }),
    fc.record(
      {
        all: fc.constant(false),
        nodes: fc.subarray(names),
        sub_recipes: fc.dictionary(fc.constantFrom(...names), tie('forced'), { maxKeys: 3 }),
      },
      { requiredKeys: ['all'] },
    ),
  ),
})).forced;
