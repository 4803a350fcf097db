import { describe, expect, it } from '@jest/globals';
import { condition, job, knownTypes, ofNode, ofRecipe, recipe } from './definition.fixture.ts';
import { judgeDefinition } from './judge.ts';

const input = {
  files: [
    { name: 'SCENE' },
    { name: 'EXTRA', required: false },
    { name: 'SCENES', multiple: true, media_types: ['image/png', 'image/tiff'] },
  ],
  json: [
    { name: 'N', type: 'integer' },
    { name: 'X', type: 'number' },
    { name: 'LIST', type: 'array' },
    { name: 'WORD', type: 'string', required: false },
  ],
};

/** With the inputs above and the node `parse`, which runs revision 2 of that job type. */
function judge(nodes: object) {
  return judgeDefinition(
    { input, nodes: { parse: job('parse', { SCENE: ofRecipe('SCENE') }), ...nodes } },
    knownTypes,
  );
}

const errorsOf = (nodes: object) =>
  judge(nodes).errors.map(({ name, path, description }) => [name, path, description]);

function warningsOf(nodes: object) {
  const { errors, warnings } = judge(nodes);
  expect(errors).toEqual([]);
  return warnings.map(({ name, path, description }) => [name, path, description]);
}

const picture = ofNode('parse', 'PICTURE');

describe('what is connected', () => {
  it.each([
    [
      'an unknown input of the recipe',
      job('mark', { IMAGE: ofRecipe('SCENA') }),
      'UNKNOWN_INPUT',
      'nodes.a.input.IMAGE.input',
      'The input IMAGE of node a is connected to the recipe input SCENA, which the recipe does not have; did you mean SCENE?',
    ],
    [
      'an unknown node',
      job('mark', { IMAGE: ofNode('Parse', 'PICTURE') }),
      'UNKNOWN_NODE',
      'nodes.a.input.IMAGE.node',
      'The input IMAGE of node a is connected to node Parse, which is not there; did you mean parse?',
    ],
    [
      'an unknown output of a job',
      job('mark', { IMAGE: ofNode('parse', 'RESULT') }),
      'NODE_INTERFACE',
      'nodes.a.input.IMAGE.output',
      'The input IMAGE of node a is connected to the output RESULT of node parse, which does not have it; there is PICTURE, MASK, TILES, COUNT, NAMES, LABEL',
    ],
    [
      'JSON for files',
      job('mark', { IMAGE: ofRecipe('N') }),
      'NODE_INTERFACE',
      'nodes.a.input.IMAGE',
      'The input IMAGE of node a takes files, and the recipe input N gives JSON',
    ],
    [
      'files for JSON',
      job('greet', { NAME: picture }),
      'NODE_INTERFACE',
      'nodes.a.input.NAME',
      'The input NAME of node a takes JSON, and the output PICTURE of node parse gives files',
    ],
    [
      'several files for one',
      job('mark', { IMAGE: ofNode('parse', 'TILES') }),
      'NODE_INTERFACE',
      'nodes.a.input.IMAGE',
      'The input IMAGE of node a takes one file, and the output TILES of node parse may be several; make the input multiple, or run the node forEach IMAGE',
    ],
    [
      'a value of another type',
      job('greet', { NAME: ofNode('parse', 'COUNT') }),
      'NODE_INTERFACE',
      'nodes.a.input.NAME',
      'The input NAME of node a is of type string, and the output COUNT of node parse of type integer',
    ],
    [
      'a number for a whole number',
      job('mark', { IMAGE: picture, SIZE: ofRecipe('X') }),
      'NODE_INTERFACE',
      'nodes.a.input.SIZE',
      'The input SIZE of node a is of type integer, and the recipe input X of type number',
    ],
    [
      'an optional output for a required input',
      job('mark', { IMAGE: ofNode('parse', 'MASK') }),
      'NODE_INTERFACE',
      'nodes.a.input.IMAGE',
      'The input IMAGE of node a is required, and the output MASK of node parse is optional; make one like the other, or put a condition with a filter on it (and all: true) between them',
    ],
    [
      'an optional value for a required input',
      job('greet', { NAME: ofRecipe('WORD') }),
      'NODE_INTERFACE',
      'nodes.a.input.NAME',
      expect.stringContaining('is required, and the recipe input WORD is optional'),
    ],
    [
      'nothing for a required input',
      job('mark', { LOGO: picture }),
      'NODE_INTERFACE',
      'nodes.a.input',
      'The input IMAGE of node a is required and has no connection; connect it to an input of the recipe or to an output of a node',
    ],
    [
      'an output that the recipe type of a node does not declare',
      job('mark', { IMAGE: ofNode('sub', 'MARKED') }),
      'CONNECTION_INVALID_NODE',
      'nodes.a.input.IMAGE.output',
      'The input IMAGE of node a is connected to the output MARKED of node sub, whose recipe type declares no such output; there is OUT, MAYBE',
    ],
  ])('may not be %s', (_, node, name, path, description) => {
    expect(errorsOf({ sub: recipe('inner', { IN: picture }), a: node })).toEqual([[name, path, description]]);
  });

  it.each([
    ['a file', job('mark', { IMAGE: picture })],
    [
      'an optional file for an optional input',
      job('mark', { IMAGE: picture, LOGO: ofNode('parse', 'MASK') }),
    ],
    ['one file for several', job('join', { PARTS: picture })],
    ['several files for several', job('join', { PARTS: ofNode('parse', 'TILES') })],
    ['a whole number for a number', job('mark', { IMAGE: picture, SCALE: ofRecipe('N') })],
    ['an output of a sub-recipe', job('mark', { IMAGE: ofNode('sub', 'OUT') })],
    ['what a condition passes on', job('mark', { IMAGE: ofNode('check', 'IN') })],
    ['one output for two inputs', job('mark', { IMAGE: picture, LOGO: picture })],
    ['the input of a sub-recipe', recipe('inner', { IN: ofRecipe('SCENE') })],
  ])('may be %s', (_, node) => {
    const nodes = { sub: recipe('inner', { IN: picture }), check: condition({ IN: picture }), a: node };
    expect(warningsOf(nodes)).toEqual([]);
  });

  it('to an input that the type does not have is dropped, and the node still waits', () => {
    const nodes = { a: job('mark', { IMAGE: ofRecipe('SCENE'), IMAGES: picture }) };
    expect(warningsOf(nodes)).toEqual([
      [
        'UNKNOWN_INPUT',
        'nodes.a.input.IMAGES',
        'The connection of node a to IMAGES is dropped, as its type has no such input; did you mean IMAGE?',
      ],
    ]);
    const { input: kept, dependencies } = judge(nodes).definition!.nodes.a!;
    expect(kept).toEqual({ IMAGE: ofRecipe('SCENE') });
    expect(dependencies).toEqual([{ name: 'parse', acceptance: true }]);
  });

  it('is warned of where media types differ', () => {
    expect(warningsOf({ a: job('tiff', { IMAGE: picture }) })).toEqual([
      [
        'MISMATCHED_MEDIA_TYPES',
        'nodes.a.input.IMAGE',
        'The input IMAGE of node a is for image/tiff, and the output PICTURE of node parse may be image/png',
      ],
    ]);
    expect(warningsOf({ a: job('tiff', { IMAGE: ofRecipe('SCENES') }, { forEach: 'IMAGE' }) })).toEqual([
      [
        'MISMATCHED_MEDIA_TYPES',
        'nodes.a.input.IMAGE',
        'The input IMAGE of node a is for image/tiff, and the recipe input SCENES may be image/png',
      ],
    ]);
  });
});

describe('an optional output and a required input', () => {
  const through = (more: object, source = ofNode('parse', 'MASK')) =>
    errorsOf({ check: condition({ IN: source }, more), a: job('mark', { IMAGE: ofNode('check', 'IN') }) });

  it('go together through a condition that filters on it with all: true', () => {
    expect(through({ required: false, all: true })).toEqual([]);
  });

  it('do not with all: false, when it may pass without the file', () => {
    expect(through({ required: false, all: false })).toEqual([
      [
        'NODE_INTERFACE',
        'nodes.a.input.IMAGE',
        expect.stringContaining('the output IN of node check is optional'),
      ],
    ]);
  });

  it('do not when the condition itself requires it', () => {
    expect(through({ required: true }).map(([, path]) => path)).toEqual(['nodes.check.input.IN']);
  });

  it('do not when the filters look at another input', () => {
    const check = condition({ IN: picture });
    const { node_type } = check as { node_type: { interface: { files: object[] } } };
    node_type.interface.files.push({ name: 'OTHER', required: false });
    const nodes = {
      check: { ...check, input: { IN: picture, OTHER: ofNode('parse', 'MASK') } },
      a: job('mark', { IMAGE: ofNode('check', 'OTHER') }),
    };
    expect(errorsOf(nodes).map(([name, path]) => [name, path])).toEqual([
      ['NODE_INTERFACE', 'nodes.a.input.IMAGE'],
    ]);
  });

  it('may be those of a sub-recipe', () => {
    const nodes = {
      sub: recipe('inner', { IN: picture }),
      a: job('mark', { IMAGE: ofNode('sub', 'MAYBE') }),
    };
    expect(errorsOf(nodes)).toEqual([
      [
        'NODE_INTERFACE',
        'nodes.a.input.IMAGE',
        expect.stringContaining('the output MAYBE of node sub is optional'),
      ],
    ]);
  });
});

describe('forEach', () => {
  const tiles = ofNode('parse', 'TILES');

  it('takes several files or an array, and its outputs are as many', () => {
    const nodes = {
      mark: job('mark', { IMAGE: tiles }, { forEach: { input: 'IMAGE', concurrency: 2, require: 0.5 } }),
      join: job('join', { PARTS: ofNode('mark', 'MARKED') }),
      greet: job('greet', { NAME: ofNode('parse', 'NAMES') }, { forEach: 'NAME' }),
      again: job('greet', { NAME: ofNode('mark', 'WIDTH') }, { forEach: 'NAME' }),
      sub: recipe('inner', { IN: tiles }, { forEach: 'IN' }),
      rest: job('join', { PARTS: ofNode('sub', 'OUT') }),
      check: condition({ IN: tiles }, { node: { forEach: 'IN' } }),
      checked: job('join', { PARTS: ofNode('check', 'IN') }),
    };
    expect(warningsOf(nodes)).toEqual([]);
    expect(judge(nodes).definition!.nodes.mark!.forEach).toEqual({
      input: 'IMAGE',
      concurrency: 2,
      require: 0.5,
    });
  });

  it.each([
    [
      'one file',
      job('mark', { IMAGE: picture }, { forEach: 'IMAGE' }),
      'NODE_INTERFACE',
      'nodes.a.input.IMAGE',
      'The input IMAGE of node a is that of forEach, which needs several files, and the output PICTURE of node parse is one; make it multiple, or drop forEach',
    ],
    [
      'a value that is no array',
      job('greet', { NAME: ofNode('parse', 'LABEL') }, { forEach: 'NAME' }),
      'NODE_INTERFACE',
      'nodes.a.input.NAME',
      'The input NAME of node a is that of forEach, which needs an array, and the output LABEL of node parse is of type string',
    ],
    [
      'several files elsewhere',
      job('mark', { IMAGE: tiles, LOGO: tiles }, { forEach: 'LOGO' }),
      'NODE_INTERFACE',
      'nodes.a.input.IMAGE',
      expect.stringContaining('takes one file, and the output TILES of node parse may be several'),
    ],
    [
      'an input that is not there',
      job('mark', { IMAGE: picture }, { forEach: 'IMAGES' }),
      'UNKNOWN_INPUT',
      'nodes.a.forEach',
      'forEach of node a names IMAGES, which is no input of it; it has IMAGE, LOGO, SIZE, SCALE',
    ],
    [
      'an input without a connection',
      job('mark', { IMAGE: picture }, { forEach: 'LOGO' }),
      'NODE_INTERFACE',
      'nodes.a.forEach',
      'forEach of node a names the input LOGO, which has no connection',
    ],
  ])('does not take %s', (_, node, name, path, description) => {
    expect(errorsOf({ a: node })).toEqual([[name, path, description]]);
  });

  it('gives many, which one input does not take', () => {
    const nodes = {
      marks: job('mark', { IMAGE: tiles }, { forEach: 'IMAGE' }),
      a: job('mark', { IMAGE: ofNode('marks', 'MARKED') }),
      check: condition({ IN: tiles }, { node: { forEach: 'IN' } }),
      b: job('mark', { IMAGE: ofNode('check', 'IN') }),
    };
    expect(errorsOf(nodes).map(([name, path]) => [name, path])).toEqual([
      ['NODE_INTERFACE', 'nodes.a.input.IMAGE'],
      ['NODE_INTERFACE', 'nodes.b.input.IMAGE'],
    ]);
  });
});
