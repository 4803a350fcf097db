import { describe, expect, it } from '@jest/globals';
import {
  forcedNodesValidator,
  recipeDataValidator,
  recipeDefinitionValidator,
  type Validator,
} from '../index.ts';

const words = (validator: Validator<unknown>, document: unknown) =>
  validator.problems(document).map(({ path, description }) => [path, description]);

describe('forced nodes', () => {
  it.each([
    [{ all: true }],
    [
      {
        all: false,
        nodes: ['a'],
        sub_recipes: { b: { all: true }, c: { all: false, sub_recipes: { d: { all: true } } } },
      },
    ],
  ])('may be %j', (document) => {
    expect(words(forcedNodesValidator, document)).toEqual([]);
  });

  it.each([
    [{}, 'all', 'all is missing; it must be true or false'],
    [{ all: 1 }, 'all', 'all must be true or false, not 1'],
    [{ all: false, nodes: 'a' }, 'nodes', 'nodes must be an array of names of nodes, not "a"'],
    [
      { all: false, sub_recipes: { b: { all: false, sub_recipes: { c: {} } } } },
      'sub_recipes.b.sub_recipes.c.all',
      'sub_recipes.b.sub_recipes.c.all is missing; it must be true or false',
    ],
    [{ all: false, node: [] }, 'node', '`node` is not a member of forced_nodes; did you mean `nodes`?'],
  ])('may not be %j', (document, path, description) => {
    expect(words(forcedNodesValidator, document)).toEqual([[path, description]]);
  });
});

describe('recipe data', () => {
  it('is of the shape of the input of a job', () => {
    expect(words(recipeDataValidator, { version: '7', files: { IN: [1] }, json: { N: null } })).toEqual([]);
    expect(words(recipeDataValidator, { files: { IN: 1 } })).toEqual([
      ['files.IN', 'files.IN must be an array of ids of files, not 1'],
    ]);
  });
});

describe('names of nodes', () => {
  const nodes = (name: string) => ({
    nodes: { [name]: { node_type: { node_type: 'recipe', recipe_type_name: 'a' } } },
  });

  it.each(['a', 'node 1', 'ä/ö', '名'.repeat(100)])('may be %s', (name) => {
    expect(words(recipeDefinitionValidator, nodes(name))).toEqual([]);
  });

  it('have up to 100 characters, and one at least', () => {
    expect(words(recipeDefinitionValidator, nodes(''))).toEqual([
      ['nodes[""]', '`` is a name in nodes, and must be a text of 1 to 100 characters'],
    ]);
    expect(
      words(recipeDefinitionValidator, nodes('名'.repeat(101))).map(([, description]) => description),
    ).toEqual([expect.stringMatching(/ is a name in nodes, and must be a text of 1 to 100 characters$/)]);
  });
});
