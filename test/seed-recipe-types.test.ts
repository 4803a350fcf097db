import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from './support/api.ts';
import { type Ended, testInstallation } from './support/cli.ts';
import { manifestDocument } from './support/manifest.ts';

const opened = testInstallation();
let api: TestApi;
withApi((started) => (api = started));
let cwd: string;

beforeAll(async () => {
  cwd = await (await opened).directory();
  const manifest = manifestDocument({
    name: 'worker',
    interface: {
      command: 'true',
      inputs: { files: [{ name: 'IMAGE', mediaTypes: ['image/png'] }] },
      outputs: { files: [{ name: 'RESULT', pattern: '*.png', mediaType: 'image/png' }] },
    },
  });
  await api.send('POST', 'job-types/', { docker_image: 'image:1', manifest });
});

async function seed(...args: string[]): Promise<Ended> {
  const env = { SEED_URL: `http://127.0.0.1:${api.port}`, SEED_TOKEN: api.token };
  return (await opened).run(args, { cwd, env });
}

/** Writes a recipe file, and saves it. */
async function save(name: string, text: string, ...args: string[]): Promise<Ended> {
  await writeFile(path.join(cwd, name), text);
  return seed('save-recipe-type', name, ...args);
}

const job = '{ node_type: job, job_type_name: worker, job_type_version: 1.0.0 }';
const recipe = (more = '', title = 'What it is') => `
title: ${title}
definition:
  version: "7"
  input:
    files:
      - { name: scene, media_types: [image/png] }
    json:
      - { name: level, type: integer, required: false }
  output:
    picture: { node: last, output: RESULT }
  nodes:
    last:
      input: { IMAGE: { type: dependency, node: first, output: RESULT } }
      node_type: ${job}
    first:
      input: { IMAGE: { type: recipe, input: scene } }
      node_type: ${job}
${more}`;

const third = `    third:
      dependencies: [{ name: last }]
      forEach: IMAGE
      input: { IMAGE: { type: dependency, node: first, output: RESULT } }
      node_type: ${job}
`;

describe('seed save-recipe-type', () => {
  it('makes a recipe type, named as its file, and says what a new revision changed', async () => {
    expect(await save('made.yaml', recipe())).toEqual(
      expect.objectContaining({ exit: 0, stdout: 'made is saved, revision 1\n', stderr: '' }),
    );
    expect(await save('made.yaml', recipe())).toMatchObject({
      exit: 0,
      stdout: 'made stays at revision 1, which is the same\n',
    });
    const raised = recipe().replace(
      'version: 1.0.0 }',
      'version: 1.0.0 }\n      configuration: { priority: 5 }',
    );
    const { stdout } = await save('made.yaml', raised);
    expect(stdout).toMatch(
      /^made is saved, revision 2\nNODE {2}IS {7}WHAT CHANGED\nlast {2}changed {2}The configuration has changed\n$/,
    );
    expect((await api.get('recipe-types/made/')).json).toMatchObject({
      title: 'What it is',
      revision_num: 2,
    });
  });

  it('reads JSON, and a definition alone, under a name that is given', async () => {
    const { stdout } = await save('bare.json', '{"nodes": {}}', '--name', 'other.1', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual({
      ...{ name: 'other.1', revision_num: 1, previous_revision_num: 0, is_valid: true },
      ...{ errors: [], warnings: [], diff: {} },
    });
    expect((await api.get('recipe-types/other.1/')).json.revision_num).toBe(1);
  });

  it('prints every error and warning with its line, node and input, and keeps nothing', async () => {
    const wrong = recipe()
      .replace('node: first', 'node: nowhere')
      .replace('input: scene', 'input: level')
      .replace('[image/png]', '[image/png, image/png]');
    const ended = await save('wrong.yaml', wrong);
    expect(ended).toMatchObject({ exit: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^error UNKNOWN_NODE: line \d+: .*IMAGE of node last .*nowhere/m);
    expect(ended.stderr).toMatch(/^error NODE_INTERFACE: line \d+: .*IMAGE of node first .*level/m);
    expect((await api.get('recipe-types/wrong/')).status).toBe(404);
    const judged = await save('wrong.yaml', wrong, '--format', 'json');
    expect([judged.exit, JSON.parse(judged.stdout)]).toMatchObject([2, { is_valid: false }]);
    await save('less.yaml', recipe());
    const more = recipe().replace('required: false', 'required: true');
    const warned = await save('less.yaml', more);
    expect(warned).toMatchObject({
      exit: 0,
      stderr: expect.stringMatching(/^warning REPROCESS_WARNING: line \d+: .*level/),
      stdout: expect.stringContaining('less is saved, revision 2\n'),
    });
  });

  it('says what it would do', async () => {
    expect((await save('dry.yaml', recipe(), '--dry-run')).stdout).toBe('dry would be new\n');
    expect((await api.get('recipe-types/dry/')).status).toBe(404);
    await save('dry.yaml', recipe());
    expect((await save('dry.yaml', recipe(), '--dry-run')).stdout).toBe('no node of dry would change\n');
    const { stdout } = await save(
      'dry.yaml',
      recipe(third.replace('      forEach: IMAGE\n', '')),
      '--dry-run',
    );
    expect(stdout).toMatch(/^dry would change:\nNODE .*\nthird {2}new/);
    expect((await api.get('recipe-types/dry/')).json.revision_num).toBe(1);
  });

  it.each([
    [['none.yaml'], /none\.yaml/],
    [['made.yaml', '--name', 'a/b'], /no name/],
    [[], /Missing required argument/],
  ])('refuses %j', async (args, words) => {
    await writeFile(path.join(cwd, 'made.yaml'), recipe());
    const { exit, stderr } = await seed('save-recipe-type', ...args);
    expect([exit, stderr]).toEqual([2, expect.stringMatching(words)]);
  });
});

describe('seed recipe-types', () => {
  it('lists what is in use, with what it is made of', async () => {
    await save('listed.yaml', recipe('', 'Listed here'));
    const below = `nodes: { a: { node_type: { node_type: recipe, recipe_type_name: listed },
      input: { scene: { type: recipe, input: scene } } } }\ninput: { files: [{ name: scene, media_types: [image/png] }] }\n`;
    expect(await save('over-listed.yaml', below)).toMatchObject({ stderr: '', exit: 0 });
    const { stdout } = await seed('recipe-types', 'listed');
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(rows).toEqual([
      ['RECIPE TYPE', 'REVISION', 'STATE', 'JOB TYPES', 'RECIPE TYPES IN IT', 'TITLE'],
      ['listed', '1', 'active', 'worker 1.0.0', '-', 'Listed here'],
      ['over-listed', '1', 'active', '-', 'listed', 'over-listed'],
    ]);
    await api.send('PATCH', 'recipe-types/over-listed/', { is_active: false });
    expect((await seed('recipe-types', 'over-listed')).stdout).toMatch(/^No such recipe type/);
    const all = await seed('recipe-types', 'over-listed', '--all', '--format', 'json');
    expect(JSON.parse(all.stdout)).toMatchObject({ count: 1, results: [{ name: 'over-listed' }] });
  });
});

describe('seed recipe-type', () => {
  beforeAll(async () => {
    await save('shown.yaml', recipe());
    await save('shown.yaml', recipe(third.replace('      forEach: IMAGE\n', '')));
  });

  it('shows what it takes, runs and gives, nodes after those that they depend on', async () => {
    const { stdout } = await seed('recipe-type', 'shown');
    expect(stdout).toBe(`shown, revision 2
What it is

Input:
  NAME   TAKES            REQUIRED
  scene  file: image/png  yes
  level  JSON integer     no

Nodes:
  NODE   RUNS                          AFTER        INPUT
  first  job worker 1.0.0, revision 1  -            IMAGE = scene
  last   job worker 1.0.0, revision 1  first        IMAGE = first.RESULT
  third  job worker 1.0.0, revision 1  last, first  IMAGE = first.RESULT

Output:
  NAME     FROM
  picture  last.RESULT
`);
    expect((await seed('recipe-type', 'shown', '--revision', '1')).stdout).not.toContain('third');
  });

  it('exports its graph, and the definition, which can be saved again', async () => {
    expect((await seed('recipe-type', 'shown', '--mermaid')).stdout).toMatch(/^flowchart [^]*worker 1\.0\.0/);
    expect((await seed('recipe-type', 'shown', '--dot')).stdout).toMatch(/^digraph [^]*->/);
    const { stdout } = await seed('recipe-type', 'shown', '--json');
    expect(JSON.parse(stdout)).toEqual((await api.get('recipe-types/shown/')).json.definition);
    expect((await save('shown.json', stdout)).stdout).toContain('stays at revision 2');
  });

  it.each([
    [['nobody'], /no recipe type "nobody"/],
    [['shown', '--revision', '9'], /no revision 9/],
    [['shown', '--revision', 'x'], /--revision/],
    [['shown', '--dot', '--mermaid'], /cannot be used with/],
  ])('refuses %j', async (args, words) => {
    expect(await seed('recipe-type', ...args)).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringMatching(words),
    });
  });
});
