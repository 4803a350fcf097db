import { describe, expect, it } from '@jest/globals';
import { condition, job, knownTypes, ofNode, ofRecipe, recipe } from './definition.fixture.ts';
import { judgeDefinition } from './judge.ts';

const picture = ofNode('parse', 'PICTURE');
const nodes = {
  parse: job('parse', { SCENE: ofRecipe('SCENE') }),
  check: condition({ IN: picture }),
  yes: job('mark', { IMAGE: ofNode('check', 'IN') }),
  no: job('mark', { IMAGE: picture }, { dependencies: [{ name: 'check', acceptance: false }] }),
  afterYes: job('mark', { IMAGE: ofNode('yes', 'MARKED') }),
  withYes: job('mark', { IMAGE: picture, LOGO: ofNode('yes', 'MARKED') }),
  ofYes: job('mark', { IMAGE: picture }, { dependencies: [{ name: 'yes' }] }),
  sub: recipe('inner', { IN: picture }),
  tiles: job('mark', { IMAGE: ofNode('parse', 'TILES') }, { forEach: 'IMAGE' }),
};

const judge = (output: object) =>
  judgeDefinition({ input: { files: [{ name: 'SCENE' }] }, output, nodes }, knownTypes);

describe('the output of a recipe type', () => {
  it('is that of its nodes, under its own names', () => {
    const {
      errors,
      interface: given,
      definition,
    } = judge({
      MARKS: ofOutput('tiles', 'MARKED'),
      WIDTHS: ofOutput('tiles', 'WIDTH'),
      COUNT: ofOutput('parse', 'COUNT'),
      MASK: ofOutput('parse', 'MASK'),
    });
    expect(errors).toEqual([]);
    expect(definition!.output.COUNT).toEqual({ node: 'parse', output: 'COUNT' });
    expect(given).toEqual({
      input: { files: [{ name: 'SCENE', media_types: [], required: true, multiple: false }], json: [] },
      output: {
        files: [
          { name: 'MARKS', media_types: ['image/png'], required: true, multiple: true },
          { name: 'MASK', media_types: [], required: false, multiple: false },
        ],
        json: [
          { name: 'WIDTHS', type: 'array', required: true },
          { name: 'COUNT', type: 'integer', required: true },
        ],
      },
    });
  });

  it.each([
    ['parse', 'PICTURE', true],
    ['sub', 'OUT', true],
    ['sub', 'MAYBE', false],
    ['check', 'IN', false],
    ['yes', 'MARKED', false],
    ['no', 'MARKED', false],
    ['afterYes', 'MARKED', false],
    ['ofYes', 'MARKED', false],
    ['withYes', 'MARKED', true],
  ])('is required only when it is always there: of %s', (node, output, required) => {
    expect(judge({ OUT: ofOutput(node, output) }).interface!.output.files[0]).toMatchObject({
      name: 'OUT',
      required,
    });
  });

  it.each([
    [
      'passe',
      'OUT',
      'UNKNOWN_NODE',
      'output.OUT.node',
      'The output OUT of the recipe is node passe, which is not there; did you mean parse?',
    ],
    [
      'parse',
      'X',
      'NODE_INTERFACE',
      'output.OUT.output',
      expect.stringMatching(
        /^The output OUT of the recipe is the output X of node parse, which does not have it; /,
      ),
    ],
    [
      'sub',
      'X',
      'CONNECTION_INVALID_NODE',
      'output.OUT.output',
      expect.stringMatching(/whose recipe type declares no such output/),
    ],
  ])('names what is there, unlike %s %s', (node, output, name, path, description) => {
    expect(judge({ OUT: ofOutput(node, output) }).errors).toEqual([{ name, path, description }]);
  });
});

function ofOutput(node: string, output: string): object {
  return { node, output };
}
