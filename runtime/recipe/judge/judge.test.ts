import { describe, expect, it } from '@jest/globals';
import { condition, job, knownTypes, ofNode, ofRecipe, recipe } from './definition.fixture.ts';
import { judgeDefinition } from './judge.ts';

const scene = { files: [{ name: 'SCENE' }] };
const parse = job('parse', { SCENE: ofRecipe('SCENE') });

/** With the input SCENE and the node `parse`, which runs revision 2 of that job type. */
function judge(nodes: object, more: object = {}, name?: string) {
  return judgeDefinition({ input: scene, nodes: { parse, ...nodes }, ...more }, knownTypes, name);
}

const errorsOf = (nodes: object, more: object = {}, name?: string) =>
  judge(nodes, more, name).errors.map(({ name, path, description }) => [name, path, description]);
const warningsOf = (nodes: object, more: object = {}) => {
  const { errors, warnings } = judge(nodes, more);
  expect(errors).toEqual([]);
  return warnings.map(({ name, path, description }) => [name, path, description]);
};

describe('a definition', () => {
  it('may be empty', () => {
    expect(judgeDefinition({}, knownTypes)).toEqual({
      is_valid: true,
      errors: [],
      warnings: [],
      definition: { version: '7', input: { files: [], json: [] }, output: {}, nodes: {} },
      interface: { input: { files: [], json: [] }, output: { files: [], json: [] } },
    });
  });

  it('gets every default, and the newest revisions', () => {
    const { definition } = judgeDefinition(
      {
        version: '6',
        input: { files: [{ name: 'scene_2' }], json: [{ name: 'N', type: 'integer' }] },
        nodes: {
          parse: job('parse', { SCENE: ofRecipe('scene_2') }),
          check: condition({ IN: ofNode('parse', 'PICTURE') }),
          mark: job('mark', { IMAGE: ofNode('check', 'IN') }, { forEach: undefined }),
          sub: recipe('inner', { IN: ofNode('mark', 'MARKED') }),
          tiles: job('mark', { IMAGE: ofNode('parse', 'TILES') }, { forEach: 'IMAGE' }),
        },
      },
      knownTypes,
    );
    expect(definition).toEqual({
      version: '6',
      input: {
        files: [{ name: 'scene_2', media_types: [], required: true, multiple: false }],
        json: [{ name: 'N', type: 'integer', required: true }],
      },
      output: {},
      nodes: {
        parse: {
          dependencies: [],
          input: { SCENE: ofRecipe('scene_2') },
          node_type: {
            node_type: 'job',
            job_type_name: 'parse',
            job_type_version: '1.0.0',
            job_type_revision: 2,
          },
        },
        check: {
          dependencies: [{ name: 'parse', acceptance: true }],
          input: { IN: ofNode('parse', 'PICTURE') },
          node_type: {
            node_type: 'condition',
            interface: {
              files: [{ name: 'IN', media_types: [], required: true, multiple: false }],
              json: [],
            },
            data_filter: {
              filters: [
                {
                  name: 'IN',
                  type: 'media-type',
                  condition: '==',
                  values: ['image/png'],
                  fields: [],
                  all_fields: true,
                  all_files: true,
                },
              ],
              all: true,
            },
          },
        },
        mark: {
          dependencies: [{ name: 'check', acceptance: true }],
          input: { IMAGE: ofNode('check', 'IN') },
          node_type: {
            node_type: 'job',
            job_type_name: 'mark',
            job_type_version: '1.0.0',
            job_type_revision: 1,
          },
        },
        sub: {
          dependencies: [{ name: 'mark', acceptance: true }],
          input: { IN: ofNode('mark', 'MARKED') },
          node_type: { node_type: 'recipe', recipe_type_name: 'inner', recipe_type_revision: 2 },
        },
        tiles: {
          dependencies: [{ name: 'parse', acceptance: true }],
          input: { IMAGE: ofNode('parse', 'TILES') },
          node_type: {
            node_type: 'job',
            job_type_name: 'mark',
            job_type_version: '1.0.0',
            job_type_revision: 1,
          },
          forEach: { input: 'IMAGE', require: 'all' },
        },
      },
    });
  });

  it('keeps the revision that it gives', () => {
    const old = { node_type: 'job', job_type_name: 'parse', job_type_version: '1.0.0', job_type_revision: 1 };
    const { definition, errors } = judge({ parse: { ...parse, node_type: old } });
    expect(errors).toEqual([]);
    expect(definition!.nodes.parse!.node_type).toEqual(old);
  });

  it.each([
    [{ output: [] }, 'output', 'output must be an object of outputs by name, not []'],
    [{ version: '1.0' }, 'version', 'version must be "6" or "7", not "1.0"'],
    [{ node: {} }, 'node', '`node` is not a member of the definition; did you mean `nodes`?'],
    [
      { nodes: { a: {} } },
      'nodes.a.node_type',
      'nodes.a.node_type is missing; it must be an object with the node_type "job", "recipe" or "condition"',
    ],
    [
      { nodes: { ['n'.repeat(101)]: parse } },
      `nodes.${'n'.repeat(101)}`,
      expect.stringMatching(/^`n+…?` is a name in nodes, and must be a text of 1 to 100 characters$/),
    ],
    [
      { output: { 'a b': { node: 'parse', output: 'MASK' } } },
      'output["a b"]',
      '`a b` is a name in output, and must be a name of letters, digits, _ and -',
    ],
    [
      { nodes: { a: job('parse', { SCENE: { type: 'recip', input: 'SCENE' } }) } },
      'nodes.a.input.SCENE.type',
      'nodes.a.input.SCENE.type must be "recipe" or "dependency", not "recip"',
    ],
    [
      { nodes: { a: job('parse', {}, { forEach: { input: 'SCENE', require: 2 } }) } },
      'nodes.a.forEach.require',
      'nodes.a.forEach.require must be "all", "any" or a share from 0 to 1, not 2',
    ],
    [
      { nodes: { a: job('parse', {}, { configuration: { max_tries: 0 } }) } },
      'nodes.a.configuration.max_tries',
      'nodes.a.configuration.max_tries must be a whole number from 1 to 100, not 0',
    ],
    [{ nodes: { 'a\0': parse } }, expect.any(String), expect.stringContaining('NUL')],
  ])('of the wrong shape is refused: %j', (document, path, description) => {
    const { errors, definition } = judgeDefinition({ input: scene, ...document }, knownTypes);
    expect(errors).toEqual([{ name: 'INVALID_DEFINITION', path, description }]);
    expect(definition).toBeUndefined();
  });

  it('may not nest without end', () => {
    const endless: { nodes?: object } = {};
    endless.nodes = endless;
    expect(judgeDefinition(endless, knownTypes).errors).toEqual([
      { name: 'INVALID_DEFINITION', path: '', description: 'The definition nests deeper than 100 levels' },
    ]);
  });

  it('says all that is wrong at once', () => {
    const names = errorsOf({ a: job('none'), b: job('mark', { IMAGE: ofNode('nowhere', 'X') }) }).map(
      ([name]) => name,
    );
    expect(names).toEqual(['JOB_TYPE_DOES_NOT_EXIST', 'UNKNOWN_NODE']);
  });
});

describe('names', () => {
  it('of the input are unique among files and json', () => {
    const input = { files: [{ name: 'SCENE' }], json: [{ name: 'SCENE', type: 'string' }] };
    expect(errorsOf({}, { input })).toEqual([
      [
        'INPUT_INTERFACE',
        'input',
        'The recipe declares the input SCENE twice; names are unique among files and json',
      ],
    ]);
  });

  it('of a condition are too', () => {
    const nodes = {
      check: {
        input: { IN: ofNode('parse', 'PICTURE') },
        node_type: { node_type: 'condition', interface: { files: [{ name: 'IN' }, { name: 'IN' }] } },
      },
    };
    expect(errorsOf(nodes)).toContainEqual([
      'NODE_INTERFACE',
      'nodes.check.node_type.interface',
      'Node check declares the input IN twice; names are unique among files and json',
    ]);
  });

  it.each(['toString', '__proto__', 'constructor'])('may be those of what every object has: %s', (name) => {
    const nodes = JSON.parse(`{${JSON.stringify(name)}: ${JSON.stringify(parse)}}`) as object;
    const { errors, definition } = judgeDefinition({ input: scene, nodes }, knownTypes);
    expect(errors).toEqual([]);
    expect(Object.keys(definition!.nodes)).toEqual([name]);
    const unknown = judgeDefinition(
      { input: scene, nodes: { a: job(name, {}, { dependencies: [{ name }] }) } },
      knownTypes,
    );
    expect(unknown.errors.map((error) => error.name)).toEqual(['JOB_TYPE_DOES_NOT_EXIST', 'UNKNOWN_NODE']);
  });
});

describe('types of nodes', () => {
  it.each([
    ['parsed', '1.0.0', undefined, 'Node a runs the job type parsed 1.0.0, which does not exist'],
    ['parse', '2.0.0', 1, 'Node a runs the job type parse 2.0.0, which does not exist'],
    [
      'parse',
      '1.0.0',
      3,
      'Node a runs revision 3 of the job type parse 1.0.0, which does not exist; the newest is 2',
    ],
  ])(
    'must be there: the job type %s %s, revision %s',
    (job_type_name, job_type_version, revision, description) => {
      const node_type = {
        node_type: 'job',
        job_type_name,
        job_type_version,
        ...(revision !== undefined && { job_type_revision: revision }),
      };
      expect(errorsOf({ a: { node_type } })).toEqual([
        ['JOB_TYPE_DOES_NOT_EXIST', 'nodes.a.node_type', description],
      ]);
    },
  );

  it.each([
    [{ recipe_type_name: 'none' }, 'Node a runs the recipe type none, which does not exist'],
    [
      { recipe_type_name: 'inner', recipe_type_revision: 9 },
      'Node a runs revision 9 of the recipe type inner, which does not exist; the newest is 2',
    ],
  ])('must be there: the recipe type %j', (type, description) => {
    expect(errorsOf({ a: { node_type: { node_type: 'recipe', ...type } } })).toEqual([
      ['RECIPE_TYPE_DOES_NOT_EXIST', 'nodes.a.node_type', description],
    ]);
  });

  it.each([
    ['inner', 'Node a runs the recipe type inner, which is this one'],
    ['innermost', 'Node a runs the recipe type inner, which contains this one, innermost'],
  ])('are not the recipe type itself, at any depth: %s', (name, description) => {
    const nodes = { a: recipe('inner', { IN: ofNode('parse', 'PICTURE') }) };
    expect(errorsOf(nodes, {}, name)).toEqual([['RECURSIVE_SUBRECIPES', 'nodes.a.node_type', description]]);
    expect(errorsOf(nodes, {}, 'another')).toEqual([]);
  });
});

describe('dependencies', () => {
  it('are nodes', () => {
    expect(
      errorsOf({
        greet: job('mark', { IMAGE: ofNode('parse', 'PICTURE') }, { dependencies: [{ name: 'pasre' }] }),
      }),
    ).toEqual([
      [
        'UNKNOWN_NODE',
        'nodes.greet.dependencies[0].name',
        'Node greet depends on node pasre, which is not there; did you mean parse?',
      ],
    ]);
  });

  it('may be listed twice, and the last one counts', () => {
    const nodes = {
      check: condition({ IN: ofNode('parse', 'PICTURE') }),
      a: job(
        'mark',
        { IMAGE: ofNode('check', 'IN') },
        {
          dependencies: [{ name: 'check' }, { name: 'check', acceptance: false }],
        },
      ),
    };
    expect(warningsOf(nodes)).toEqual([
      [
        'DUPLICATE_DEPENDENCY',
        'nodes.a.dependencies[1]',
        'Node a depends on node check more than once; the last one counts',
      ],
    ]);
    expect(judge(nodes).definition!.nodes.a!.dependencies).toEqual([{ name: 'check', acceptance: false }]);
  });

  it('keep an acceptance on a node that is no condition, as real definitions have it', () => {
    const nodes = {
      a: job(
        'mark',
        { IMAGE: ofNode('parse', 'PICTURE') },
        { dependencies: [{ name: 'parse', acceptance: false }] },
      ),
    };
    expect(warningsOf(nodes)).toEqual([]);
  });

  it('may not be circular, and the cycles are named', () => {
    const after = (...names: string[]) =>
      job('mark', { IMAGE: ofNode('parse', 'PICTURE') }, { dependencies: names.map((name) => ({ name })) });
    const nodes = { a: after('c'), b: after('a'), c: after('b'), d: after('a'), e: after('e') };
    expect(errorsOf(nodes)).toEqual([
      [
        'CIRCULAR_DEPENDENCY',
        'nodes.a',
        'Nodes wait for each other: a depends on c depends on b depends on a',
      ],
      ['CIRCULAR_DEPENDENCY', 'nodes.e', 'Node e depends on itself'],
    ]);
  });

  it('may not be circular by connections', () => {
    const nodes = {
      a: job('mark', { IMAGE: ofNode('b', 'MARKED') }),
      b: job('mark', { IMAGE: ofNode('a', 'MARKED') }),
    };
    expect(errorsOf(nodes)).toEqual([
      ['CIRCULAR_DEPENDENCY', 'nodes.a', 'Nodes wait for each other: a depends on b depends on a'],
    ]);
  });
});

describe('a message', () => {
  const many = Array.from({ length: 30 }, (_, index) => `n${index}`);

  it('names some of a long cycle', () => {
    const nodes = Object.fromEntries(
      many.map((name, index) => [
        name,
        job(
          'mark',
          { IMAGE: ofNode('parse', 'PICTURE') },
          { dependencies: [{ name: many[(index + 1) % 30] }] },
        ),
      ]),
    );
    const told = [...many.slice(0, 11), '18 more', 'n29', 'n0'].join(' depends on ');
    expect(errorsOf(nodes)).toEqual([
      ['CIRCULAR_DEPENDENCY', 'nodes.n0', `Nodes wait for each other: ${told}`],
    ]);
  });

  it('names what was meant twenty times, as looking for it takes long', () => {
    const nodes = Object.fromEntries(
      many.map((name) => [name, job('mark', { IMAGE: ofNode('parsed', 'PICTURE') })]),
    );
    const hints = errorsOf(nodes).filter(([, , description]) => description!.endsWith('did you mean parse?'));
    expect(hints).toHaveLength(20);
  });

  it('names some of many inputs', () => {
    const input = { files: [{ name: 'SCENE' }, ...many.map((name) => ({ name, required: false }))] };
    const [error] = errorsOf({ a: job('mark', { IMAGE: ofRecipe('nothing like it') }) }, { input });
    expect(error![2]).toMatch(/; there is SCENE, n0, .*, n18 and 11 more$/);
  });
});
