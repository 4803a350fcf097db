import { describe, expect, it } from '@jest/globals';
import type { KnownJobType, KnownTypes } from '../interface.ts';
import { judgeDefinition } from './judge.ts';

const file = (name: string, more: object = {}) => ({
  name,
  media_types: ['image/tiff'],
  required: true,
  multiple: false,
  ...more,
});

const myJobType: KnownJobType = {
  input: { files: [file('input_1'), file('input_2', { required: false })], json: [] },
  output: { files: [file('output_1'), file('output_2', { required: false })], json: [] },
};

/** The types that the examples of Scale's OpenAPI document name. */
const known: KnownTypes = {
  jobType: (name, version, revision) =>
    name === 'my-job-type' && version === '1.0.1' && revision <= 2 ? myJobType : undefined,
  newestJobType: () => 2,
  recipeType: (name, revision) =>
    name === 'my-recipe-type' && revision <= 2
      ? { input: myJobType.input, output: { files: [], json: [] }, contains: new Set() }
      : undefined,
  newestRecipeType: () => 2,
};

const jobNode = {
  node_type: 'job',
  job_type_name: 'my-job-type',
  job_type_version: '1.0.1',
  job_type_revision: 2,
};
const foo = { type: 'recipe', input: 'foo' };

/** Each member as the examples of the document have it, with digits in names. */
const whole = {
  version: '6',
  input: {
    version: '6',
    files: [{ name: 'foo', required: true, media_types: ['image/tiff'], multiple: false }],
    json: [{ name: 'bar', required: true, type: 'string' }],
  },
  nodes: {
    job_a_1: { dependencies: [], input: { input_1: foo }, node_type: jobNode },
    job_a_2: {
      dependencies: [{ name: 'job_a_1' }],
      input: { input_1: foo, input_2: { type: 'dependency', node: 'job_a_1', output: 'output_1' } },
      node_type: jobNode,
    },
    condition_1: {
      dependencies: [{ name: 'job_a_2', acceptance: true }],
      input: {
        foo: { type: 'dependency', node: 'job_a_2', output: 'output_2' },
        bar: { type: 'recipe', input: 'bar' },
      },
      node_type: {
        node_type: 'condition',
        interface: {
          version: '6',
          files: [{ name: 'foo', required: false, media_types: ['image/tiff'], multiple: false }],
          json: [{ name: 'bar', type: 'string' }],
        },
        data_filter: {
          version: '6',
          filters: [
            { name: 'foo', type: 'media-type', condition: '==', values: ['image/tiff'] },
            {
              name: 'foo',
              type: 'meta-data',
              condition: '>',
              values: [[100]],
              fields: [['foo', 'bar']],
              all_fields: true,
              all_files: true,
            },
            { name: 'bar', type: 'string', condition: 'contains', values: ['hello'] },
          ],
          all: true,
        },
      },
    },
    recipe_b: {
      dependencies: [{ name: 'condition_1', acceptance: true }],
      input: { input_1: { type: 'dependency', node: 'condition_1', output: 'foo' } },
      node_type: { node_type: 'recipe', recipe_type_name: 'my-recipe-type', recipe_type_revision: 2 },
    },
    recipe_c: {
      dependencies: [{ name: 'condition_1', acceptance: false }],
      input: { input_1: foo },
      node_type: { node_type: 'recipe', recipe_type_name: 'my-recipe-type', recipe_type_revision: 1 },
    },
  },
};

describe('what Scale takes', () => {
  it.each(['6', '7'])('is taken: all of its members, version %s', (version) => {
    const { errors, warnings, definition } = judgeDefinition({ ...whole, version }, known);
    expect([errors, warnings]).toEqual([[], []]);
    expect(definition!.nodes.recipe_c!.dependencies).toEqual([{ name: 'condition_1', acceptance: false }]);
  });

  it('is taken: an output of a node that it depends on through another', () => {
    const last = {
      dependencies: [{ name: 'job_a_2' }],
      input: { input_1: { type: 'dependency', node: 'job_a_1', output: 'output_1' } },
      node_type: jobNode,
    };
    expect(judgeDefinition({ ...whole, nodes: { ...whole.nodes, last } }, known).errors).toEqual([]);
  });

  it.each([
    ['no input', { version: '7', nodes: {} }],
    ['no nodes', { version: '7', input: { files: [], json: [] } }],
    ['no version', { input: {}, nodes: {} }],
    [
      'acceptance of a node that is no condition',
      { nodes: { a: { ...whole.nodes.job_a_1, dependencies: [] } }, input: whole.input },
    ],
  ])('is taken: %s', (_, document) => {
    expect(judgeDefinition(document, known).errors).toEqual([]);
  });

  it('is refused where Scale refuses it: an array in a filter, an output of a recipe node', () => {
    const { condition_1 } = whole.nodes;
    const filters = [{ name: 'bar', type: 'array', condition: 'contains', values: [1] }];
    const nodes = {
      ...whole.nodes,
      condition_1: {
        ...condition_1,
        node_type: { ...condition_1.node_type, data_filter: { filters } },
      },
      last: {
        dependencies: [{ name: 'recipe_b' }],
        input: { input_1: { type: 'dependency', node: 'recipe_b', output: 'output_1' } },
        node_type: jobNode,
      },
    };
    const { errors } = judgeDefinition({ ...whole, nodes }, known);
    expect(errors.map(({ name, path }) => [name, path])).toEqual([
      ['INVALID_TYPE', 'nodes.condition_1.node_type.data_filter.filters[0].type'],
      // The filter does not look at foo, so that it may be missing.
      ['NODE_INTERFACE', 'nodes.recipe_b.input.input_1'],
      ['CONNECTION_INVALID_NODE', 'nodes.last.input.input_1.output'],
    ]);
    expect(errors[0]!.description).toMatch(/^In the condition condition_1: /);
  });
});
