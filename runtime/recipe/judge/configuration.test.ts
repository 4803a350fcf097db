import { describe, expect, it } from '@jest/globals';
import { condition, job, knownTypes, ofNode, ofRecipe, recipe } from './definition.fixture.ts';
import { judgeDefinition } from './judge.ts';

const judge = (configuration: object, more: object = {}) =>
  judgeDefinition(
    {
      input: { files: [{ name: 'SCENE' }] },
      nodes: { parse: job('parse', { SCENE: ofRecipe('SCENE') }, { configuration }), ...more },
    },
    knownTypes,
  );

describe('the configuration of a node', () => {
  it('is kept as it is given', () => {
    const configuration = {
      priority: 5,
      max_tries: 2,
      timeout: 60,
      resources: { mem: 512, licences: 1 },
      settings: { DB_HOST: 'db' },
    };
    const { errors, warnings, definition } = judge(configuration);
    expect([errors, warnings]).toEqual([[], []]);
    expect(definition!.nodes.parse!.configuration).toEqual(configuration);
  });

  it.each([
    [
      { timeout: 61 },
      'HIGHER_TIMEOUT',
      'timeout',
      "Node parse has a timeout of 61 s, and the manifest's 60 s hold; a node can only lower it",
    ],
    [
      { settings: { HOST: 'x' } },
      'UNKNOWN_SETTING',
      'settings.HOST',
      'The setting HOST of node parse is ignored: its job type has DB_HOST, DB_PASS',
    ],
  ])('is warned of: %j', (configuration, name, path, description) => {
    const { errors, warnings } = judge(configuration);
    expect(errors).toEqual([]);
    expect(warnings).toEqual([{ name, path: `nodes.parse.configuration.${path}`, description }]);
  });

  it.each([
    [
      { settings: { DB_PASS: 'x' } },
      'settings.DB_PASS',
      'The setting DB_PASS of node parse is secret, and definitions are shown; give it to the job type',
    ],
    [
      { resources: { license: 1 } },
      'resources.license',
      'The resource license of node parse is none that its job type declares; did you mean licences?',
    ],
  ])('may not be %j', (configuration, path, description) => {
    expect(judge(configuration).errors).toEqual([
      { name: 'INVALID_CONFIGURATION', path: `nodes.parse.configuration.${path}`, description },
    ]);
  });

  it.each([
    ['recipe', recipe('inner', { IN: ofNode('parse', 'PICTURE') }, { configuration: {} })],
    ['condition', condition({ IN: ofNode('parse', 'PICTURE') }, { node: { configuration: {} } })],
  ])('is not for a %s', (_, a) => {
    expect(judge({}, { a }).errors).toEqual([
      {
        name: 'INVALID_CONFIGURATION',
        path: 'nodes.a.configuration',
        description:
          'Node a has a configuration, and only nodes that run a job may have one; give it to the nodes of its recipe type',
      },
    ]);
  });
});
