import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DefinedNode, Filter, RecipeDefinition } from '../../../seed-schema/index.ts';
import { parentNames } from '../graph.ts';
import {
  anyDefinition,
  anyForced,
  anyRevision,
  conditionNode,
  definitionOf,
  jobNode,
  recipeNode,
} from './definitions.fixture.ts';
import { differences, forcedWithin, isForced, mergeForced } from './index.ts';

const diffOf = (before: DefinedNode, after: DefinedNode, others: Record<string, DefinedNode> = {}) =>
  differences(definitionOf({ ...others, x: before }), definitionOf({ ...others, x: after })).nodes.x!;
const namesOf = (...nodes: Parameters<typeof diffOf>) => diffOf(...nodes).changes.map(({ name }) => name);
const others = { p: jobNode('parse'), q: jobNode('quality'), c: conditionNode() };

describe('what a node is compared to that of the revision before', () => {
  it('is NEW, UNCHANGED, CHANGED or DELETED', () => {
    const before = definitionOf({ kept: jobNode('a'), raised: jobNode('b'), gone: jobNode('c', ['kept']) });
    const after = definitionOf({
      kept: jobNode('a'),
      raised: jobNode('b', [], { type: { job_type_revision: 2 } }),
      fresh: jobNode('d'),
    });
    const diff = differences(before, after);
    expect(diff).toMatchObject({ can_be_reprocessed: true, reasons: [] });
    expect(
      Object.entries(diff.nodes).map(([name, node]) => [name, node.status, node.reprocess_new_node]),
    ).toEqual([
      ['kept', 'UNCHANGED', false],
      ['raised', 'CHANGED', true],
      ['fresh', 'NEW', true],
      ['gone', 'DELETED', false],
    ]);
    expect(diff.nodes.gone!.dependencies).toEqual([{ name: 'kept', acceptance: true }]);
  });

  it('names each change, in words', () => {
    const { changes } = diffOf(jobNode('a'), jobNode('a', [], { type: { job_type_revision: 4 } }));
    expect(changes).toEqual([
      { name: 'JOB_TYPE_REVISION_CHANGE', description: 'Job type revision changed from 1 to 4' },
    ]);
  });

  const each: Record<string, [DefinedNode, DefinedNode]> = {
    NODE_TYPE_CHANGE: [jobNode('a'), recipeNode('a')],
    JOB_TYPE_CHANGE: [jobNode('a'), jobNode('b')],
    JOB_TYPE_VERSION_CHANGE: [jobNode('a'), jobNode('a', [], { type: { job_type_version: '1.0.1' } })],
    JOB_TYPE_REVISION_CHANGE: [jobNode('a'), jobNode('a', [], { type: { job_type_revision: 2 } })],
    RECIPE_TYPE_CHANGE: [recipeNode('a'), recipeNode('b')],
    RECIPE_TYPE_REVISION_CHANGE: [recipeNode('a'), recipeNode('a', 2)],
    FILTER_CHANGE: [conditionNode(), conditionNode({ all: false })],
    INTERFACE_CHANGE: [conditionNode(), withInterface(conditionNode())],
    FOR_EACH_CHANGE: [jobNode('a'), jobNode('a', [], { forEach: { input: 'image', require: 'all' } })],
    CONFIGURATION_CHANGE: [jobNode('a'), jobNode('a', [], { configuration: { settings: { level: '2' } } })],
    INPUT_NEW: [jobNode('a'), withInput(jobNode('a'), 'mask')],
    INPUT_CHANGE: [jobNode('a', ['p', 'q']), jobNode('a', ['q', 'p'])],
    INPUT_REMOVED: [withInput(jobNode('a'), 'mask'), jobNode('a')],
    PARENT_NEW: [jobNode('a', ['p']), jobNode('a', ['p', 'q'])],
    PARENT_REMOVED: [jobNode('a', ['p', 'q']), jobNode('a', ['p'])],
    PARENT_ACCEPTANCE_CHANGED: [
      jobNode('a', ['c']),
      jobNode('a', ['c'], { dependencies: [{ name: 'c', acceptance: false }] }),
    ],
  };
  it.each(Object.entries(each))('%s', (name, [before, after]) => {
    expect(namesOf(before, after, others)).toEqual([name]);
    expect(namesOf(after, before, others)).not.toEqual([]);
  });

  it('takes a change on to all that depends on it: PARENT_CHANGED', () => {
    const chain = (revision: number) =>
      definitionOf({
        last: jobNode('c', ['middle']),
        middle: jobNode('b', ['first']),
        first: jobNode('a', [], { type: { job_type_revision: revision } }),
        apart: jobNode('d'),
      });
    const { nodes } = differences(chain(1), chain(2));
    expect(nodes.middle!.changes).toEqual([
      { name: 'PARENT_CHANGED', description: 'Parent node first changed' },
    ]);
    expect(nodes.last!.changes).toEqual([
      { name: 'PARENT_CHANGED', description: 'Parent node middle changed' },
    ]);
    expect(nodes.apart!.status).toBe('UNCHANGED');
  });

  it('says what a node ran before', () => {
    expect(diffOf(jobNode('a'), jobNode('b', [], { type: { job_type_version: '2' } })).node_type).toEqual({
      node_type: 'job',
      job_type_name: 'b',
      prev_job_type_name: 'a',
      job_type_version: '2',
      prev_job_type_version: '1.0.0',
      job_type_revision: 1,
    });
    expect(diffOf(recipeNode('a'), recipeNode('b', 3)).node_type).toMatchObject({
      prev_recipe_type_name: 'a',
      prev_recipe_type_revision: 1,
    });
    expect(diffOf(jobNode('a'), recipeNode('a'))).toMatchObject({ prev_node_type: 'job' });
    expect(diffOf(jobNode('a'), jobNode('a'))).not.toHaveProperty('prev_node_type');
  });

  it('sees nothing in the acceptance of a parent that is no condition', () => {
    const after = jobNode('a', ['p'], { dependencies: [{ name: 'p', acceptance: false }] });
    expect(namesOf(jobNode('a', ['p']), after, others)).toEqual([]);
  });

  it('sees nothing in the order of members, of parameters and of dependencies, nor in a connection that is listed', () => {
    const filter = { name: 'image', type: 'filename', condition: '==', values: ['a'], fields: [] } as const;
    const one: Filter = { ...filter, all_fields: true, all_files: true };
    const other: Filter = { all_files: true, all_fields: true, ...filter };
    expect(namesOf(conditionNode({ filters: [one] }), conditionNode({ filters: [other] }))).toEqual([]);
    const listed = jobNode('a', ['p', 'q']);
    expect(namesOf(listed, { ...listed, dependencies: [...listed.dependencies].reverse() }, others)).toEqual(
      [],
    );
    expect(namesOf(listed, { ...listed, dependencies: [{ name: 'q', acceptance: true }] }, others)).toEqual(
      [],
    );
    const unset = { forEach: { input: 'image', require: 'all', concurrency: undefined } } as object;
    const bare = { forEach: { input: 'image', require: 'all' } } as const;
    expect(namesOf(jobNode('a', [], unset), jobNode('a', [], bare))).toEqual([]);
  });
});

describe('whether the input of a recipe fits the new revision', () => {
  const file = { name: 'f', media_types: [], required: true, multiple: false };
  const json = { name: 'j', type: 'integer', required: true } as const;
  const misfits = (before: Partial<RecipeDefinition['input']>, after: Partial<RecipeDefinition['input']>) => {
    const nodes = { x: jobNode('a') };
    const diff = differences(definitionOf(nodes, before), definitionOf(nodes, after), { all: true });
    expect(diff.can_be_reprocessed).toBe(diff.reasons.length === 0);
    expect(diff.nodes.x!.reprocess_new_node).toBe(diff.can_be_reprocessed);
    expect(diff.reasons.every(({ name }) => name === 'INPUT_CHANGE')).toBe(true);
    return diff.reasons.map(({ description }) => description.replace('Input interface has changed: ', ''));
  };

  it.each([
    ['a new required one', {}, { files: [file] }, 'the input f is required and new'],
    [
      'an optional one that is required now',
      { files: [{ ...file, required: false }] },
      { files: [file] },
      'the input f is required now, and was optional before',
    ],
    [
      'several files where one is taken',
      { files: [{ ...file, multiple: true }] },
      { files: [file] },
      'the input f takes one file only now, and took several before',
    ],
    [
      'a value of another type',
      { json: [json] },
      { json: [{ ...json, type: 'string' }] },
      'the input j is of the type string now, and was integer before',
    ],
    [
      'a value that is files now',
      { json: [json] },
      { files: [{ ...file, name: 'j' }] },
      'the input j takes files now, and had a JSON value before',
    ],
    [
      'files that are a value now',
      { files: [file] },
      { json: [{ ...json, name: 'f' }] },
      'the input f has a JSON value now, and took files before',
    ],
    ['a new required value', {}, { json: [json] }, 'the input j is required and new'],
  ] as const)('not: %s', (_case, before, after, reason) => {
    expect(misfits(before, after)).toEqual([reason]);
  });

  it('fits where less is asked for, or it is asked for more generously', () => {
    expect(misfits({ files: [file], json: [json] }, {})).toEqual([]);
    expect(
      misfits({}, { files: [{ ...file, required: false }], json: [{ ...json, required: false }] }),
    ).toEqual([]);
    expect(misfits({ files: [file] }, { files: [{ ...file, required: false, multiple: true }] })).toEqual([]);
    expect(misfits({ json: [json] }, { json: [{ ...json, type: 'number' }] })).toEqual([]);
    expect(misfits({ files: [file] }, { files: [{ ...file, media_types: ['image/tiff'] }] })).toEqual([]);
  });
});

describe('nodes that are forced', () => {
  const definition = definitionOf({
    a: jobNode('a'),
    b: jobNode('b', ['a']),
    c: jobNode('c', ['b']),
    d: jobNode('d'),
  });
  const again = (forced: Parameters<typeof differences>[2], of = definition) =>
    Object.entries(differences(of, of, forced).nodes)
      .filter(([, node]) => node.reprocess_new_node)
      .map(([name]) => name);

  it('run again with all that depends on them, and stay UNCHANGED', () => {
    const { nodes } = differences(definition, definition, { all: false, nodes: ['b'] });
    expect(Object.values(nodes).map(({ status }) => status)).toEqual([
      'UNCHANGED',
      'UNCHANGED',
      'UNCHANGED',
      'UNCHANGED',
    ]);
    expect(again({ all: false, nodes: ['b'] })).toEqual(['b', 'c']);
    expect(nodes.c).toMatchObject({ force_reprocess: true, changes: [] });
    expect(nodes.a).toMatchObject({ force_reprocess: false, reprocess_new_node: false });
    expect(again({ all: true }).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(again({ all: false })).toEqual([]);
  });

  it('are those of sub_recipes too', () => {
    const nested = definitionOf({ r: recipeNode('r'), b: jobNode('b', ['r']) });
    expect(again({ all: false, sub_recipes: { r: { all: false, nodes: ['x'] } } }, nested)).toEqual([
      'r',
      'b',
    ]);
  });

  it('must be there', () => {
    const diff = differences(definition, definition, {
      all: false,
      nodes: ['a', 'constructor'],
      sub_recipes: { d: { all: true } },
    });
    expect(diff.can_be_reprocessed).toBe(false);
    expect(diff.reasons).toEqual([
      {
        name: 'UNKNOWN_NODE',
        description: 'the node constructor is to run again, and the recipe type has none of that name',
      },
      {
        name: 'UNKNOWN_NODE',
        description: 'nodes inside of the node d are to run again, and it is no sub-recipe',
      },
    ]);
  });

  it('are all that is inside of a sub-recipe, unless it is said which', () => {
    const forced = { all: false, nodes: ['r', 's'], sub_recipes: { s: { all: false, nodes: ['x'] } } };
    expect(forcedWithin(forced, 'r')).toEqual({ all: true });
    expect(forcedWithin(forced, 's')).toEqual({ all: false, nodes: ['x'] });
    expect(forcedWithin(forced, 't')).toBeUndefined();
    expect(forcedWithin({ all: true }, 't')).toEqual({ all: true });
  });

  it('are merged', () => {
    const one = { all: false, nodes: ['a', 's'], sub_recipes: { r: { all: false, nodes: ['x'] } } };
    const other = {
      all: false,
      sub_recipes: { r: { all: false, nodes: ['y'] }, s: { all: false, nodes: ['z'] } },
    };
    expect(mergeForced(one, other)).toEqual({
      all: false,
      nodes: ['a', 's', 'r'],
      sub_recipes: { r: { all: false, nodes: ['x', 'y'], sub_recipes: {} }, s: { all: true } },
    });
    expect(mergeForced(one, { all: true })).toEqual({ all: true });
  });
});

describe('differences of any definitions', () => {
  const ancestors = ({ nodes }: RecipeDefinition, name: string): string[] =>
    parentNames(nodes[name]!).flatMap((parent) => [
      parent,
      ...ancestors({ nodes } as RecipeDefinition, parent),
    ]);

  it('find none between a definition and itself', () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => {
        const { can_be_reprocessed, nodes } = differences(definition, structuredClone(definition));
        expect(can_be_reprocessed).toBe(true);
        for (const node of Object.values(nodes))
          expect(node).toMatchObject({ status: 'UNCHANGED', changes: [], reprocess_new_node: false });
      }),
    );
  });

  it('run everything again when all is forced', () => {
    fc.assert(
      fc.property(anyRevision, ([before, after]) => {
        const { nodes } = differences(before, after, { all: true });
        for (const [name, node] of Object.entries(nodes))
          expect(node.reprocess_new_node).toBe(Object.hasOwn(after.nodes, name));
      }),
    );
  });

  it('leave nothing unchanged after what has changed, and carry nothing over after what runs again', () => {
    fc.assert(
      fc.property(anyRevision, fc.subarray(['a', 'b', 'c', 'd']), ([before, after], names) => {
        const forced = { all: false, nodes: names.filter((name) => Object.hasOwn(after.nodes, name)) };
        const { nodes } = differences(before, after, forced);
        expect(Object.keys(nodes).sort()).toEqual(
          [...new Set([...Object.keys(before.nodes), ...Object.keys(after.nodes)])].sort(),
        );
        for (const [name, node] of Object.entries(nodes)) {
          expect(node.status === 'DELETED').toBe(!Object.hasOwn(after.nodes, name));
          expect(node.status === 'NEW').toBe(!Object.hasOwn(before.nodes, name));
          expect(node.status === 'CHANGED').toBe(node.changes.length > 0);
          const earlier =
            node.status === 'DELETED' ? [] : ancestors(after, name).map((ancestor) => nodes[ancestor]!);
          expect(node.status === 'UNCHANGED' && earlier.some(({ status }) => status !== 'UNCHANGED')).toBe(
            false,
          );
          expect(!node.reprocess_new_node && earlier.some((ancestor) => ancestor.reprocess_new_node)).toBe(
            false,
          );
        }
      }),
    );
  });

  it('merge what is forced so that it forces what either does, at any depth', () => {
    const within = (forced: Parameters<typeof isForced>[0] | undefined, path: readonly string[]): boolean => {
      if (!forced) return false;
      const [name, ...rest] = path;
      return rest.length === 0 ? isForced(forced, name!) : within(forcedWithin(forced, name!), rest);
    };
    const path = fc.array(fc.constantFrom('a', 'b', 'c', 'z'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(anyForced, anyForced, path, (one, other, at) => {
        expect(within(mergeForced(one, other), at)).toBe(within(one, at) || within(other, at));
      }),
    );
  });
});

function withInput(node: DefinedNode, name: string): DefinedNode {
  return { ...node, input: { ...node.input, [name]: { type: 'recipe', input: 'scene' } } };
}

function withInterface(node: DefinedNode): DefinedNode {
  const { node_type } = node;
  if (node_type.node_type !== 'condition') return node;
  const files = node_type.interface.files.map((file) => ({ ...file, required: false }));
  return { ...node, node_type: { ...node_type, interface: { files, json: [] } } };
}
