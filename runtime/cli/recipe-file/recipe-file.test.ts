import { describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SeedbedError } from '../../errors/index.ts';
import { Stopwatch } from '../../execution/index.ts';
import { nothingElsewhere } from './elsewhere.ts';
import { judgeNames } from './input-names.ts';
import { judgeBundle } from './judge-bundle.ts';
import { loadBundle } from './load-bundle.ts';
import { keysOf, parseText, TextFault } from './parse-text.ts';
import { readRecipeFile } from './read-recipe-file.ts';

const samples = path.join(import.meta.dirname, '../../../sample-jobs');
const recipes = path.join(samples, 'recipes');

/** No engine is asked: job directories have their manifests beside them. */
const how = {
  engine: new Promise<never>(() => undefined),
  pull: 'never' as const,
  stopwatch: new Stopwatch(() => undefined),
  progress: () => undefined,
};
const judged = async (file: string) => judgeBundle(await loadBundle(file, how), nothingElsewhere);

async function inDirectory<T>(files: Readonly<Record<string, string>>, work: (at: string) => Promise<T>) {
  const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-recipe-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
      await writeFile(path.join(directory, name), content);
    }
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The error of a file of this content, which may list the sample jobs as `SAMPLES/name`. */
function errorOf(content: string, name = 'r.yaml'): Promise<{ error: string; message: string }> {
  return inDirectory({ [name]: content.replaceAll('SAMPLES', samples) }, async (directory) => {
    const thrown: unknown = await judged(path.join(directory, name)).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(thrown instanceof SeedbedError)) throw thrown ?? new Error('nothing is wrong');
    return {
      error: thrown.error,
      message: thrown.message.replaceAll(directory, '').replaceAll(samples, 'SAMPLES'),
    };
  });
}

const node = (name: string, more = '') =>
  `{ node_type: { node_type: job, job_type_name: ${name}, job_type_version: 1.0.0 }${more} }`;

describe('recipe files', () => {
  it.each([
    [
      'footprint-then-watermark',
      [],
      ['extract-footprint 1.0.0', 'image-watermark 0.1.0', 'image-report 1.0.0'],
    ],
    ['mosaic', ['MOSAIC'], ['image-tiles 1.0.0', 'invert-tile 1.0.0', 'join-tiles 1.0.0']],
  ])('the sample %s holds', async (name, outputs, jobs) => {
    const bundle = await loadBundle(path.join(recipes, `${name}.yaml`), how);
    expect([...bundle.jobs.keys()]).toEqual(jobs);
    const { interface: own, warnings } = judgeBundle(bundle, nothingElsewhere);
    expect(warnings).toEqual([]);
    expect(own.output.files.map((one) => one.name)).toEqual(outputs);
  });

  it('the sample mosaic-report has another one as its part, which stands before it', async () => {
    const bundle = await loadBundle(path.join(recipes, 'mosaic-report.yaml'), how);
    expect(bundle.files.map(({ name }) => name)).toEqual(['mosaic', 'mosaic-report']);
    expect([...bundle.jobs.keys()]).toHaveLength(4);
    expect(judgeBundle(bundle, nothingElsewhere)).toMatchObject({
      warnings: [],
      interface: { input: { files: [{ name: 'SCENE' }] } },
    });
  });

  it('a bare definition has the name of its file, in YAML and in JSON', async () => {
    const definition = { version: '7', input: {}, nodes: {} };
    const files = { 'bare.json': JSON.stringify(definition), 'other.yml': 'version: "7"\nnodes: {}\n' };
    await inDirectory(files, async (directory) => {
      expect(await readRecipeFile(path.join(directory, 'bare.json'))).toMatchObject({
        name: 'bare',
        definition,
        jobs: [],
      });
      expect(await readRecipeFile(path.join(directory, 'other.yml'))).toMatchObject({ name: 'other' });
    });
  });
});

describe('what is wrong with a recipe file', () => {
  it('is not there', async () => {
    await expect(readRecipeFile('/nowhere/r.yaml')).rejects.toMatchObject({
      error: 'recipe-file-unreadable',
      message: expect.stringContaining('/nowhere/r.yaml'),
    });
  });

  it.each([
    ['not YAML', 'name: x\ndefinition: {\n', /line 3, column 1: /],
    ['a key twice', 'name: x\nname: y\ndefinition: {}\n', /line 2, column 1: map keys must be unique/],
    ['not JSON', '{\n"definition": nothing}', /line 2, column 15/],
    ['an unknown anchor', 'definition: *nothing\n', /line 1|nothing/],
    ['no definition', 'name: x\n', /definition is missing/],
    [
      'a misspelt member',
      'definition: {}\njob: []\n',
      /line 2: "?`?job`?"? is not a member of the recipe file; did you mean `jobs`/,
    ],
    ['a list', '- a\n', /the recipe file must be an object/i],
    ['a bad name', 'name: "-"\ndefinition: {}\n', /line 1: name must be a name of letters/],
  ])('%s', async (_, content, words) => {
    const { error, message } = await errorOf(content);
    expect({ error, message }).toEqual({
      error: 'recipe-file-invalid',
      message: expect.stringMatching(words),
    });
  });

  it('a job directory that is not there', async () => {
    expect(await errorOf('definition: { nodes: {} }\njobs: [./none]\n')).toMatchObject({
      error: 'target-not-found',
    });
  });

  it('a job type that nobody lists, with the one that was meant', async () => {
    const text = `jobs: [SAMPLES/image-tiles]\ndefinition:\n  nodes:\n    cut: ${node('image-tile')}\n`;
    expect(await errorOf(text)).toEqual({
      error: 'recipe-part-unknown',
      message:
        'The node cut of /r.yaml names the job type image-tile 1.0.0, which is not known: the file lists image-tiles 1.0.0 (did you mean image-tiles 1.0.0?).',
    });
  });

  it('a recipe type that nobody lists', async () => {
    const text =
      'definition:\n  nodes:\n    sub: { node_type: { node_type: recipe, recipe_type_name: other } }\n';
    expect(await errorOf(text)).toMatchObject({
      error: 'recipe-part-unknown',
      message: expect.stringContaining('the file lists none'),
    });
  });

  it('nodes that wait for each other, with a line', async () => {
    const text = [
      'jobs: [SAMPLES/image-report]',
      'definition:',
      '  version: "7"',
      '  input: { files: [{ name: A }] }',
      '  nodes:',
      `    one: ${node('image-report', ', dependencies: [{ name: two }], input: { INPUT_IMAGE: { type: recipe, input: A } }')}`,
      `    two: ${node('image-report', ', dependencies: [{ name: one }], input: { INPUT_IMAGE: { type: recipe, input: A } }')}`,
    ].join('\n');
    const { error, message } = await errorOf(text);
    expect(error).toBe('recipe-file-invalid');
    expect(message).toMatch(/line \d+: .*(one|two)/);
  });

  it('an input that the job does not have, with its line', async () => {
    const text = [
      'jobs: [SAMPLES/image-report]',
      'definition:',
      '  version: "7"',
      '  input: { files: [{ name: A }] }',
      '  nodes:',
      '    one:',
      '      input:',
      '        INPUT_IMAGE: { type: recipe, input: B }',
      '      node_type: { node_type: job, job_type_name: image-report, job_type_version: 1.0.0 }',
    ].join('\n');
    expect((await errorOf(text)).message).toMatch(/line 8: .*\bB\b/);
  });

  it('files that list each other', async () => {
    const files = {
      'a.yaml': 'definition: { nodes: {} }\nrecipes: [b.yaml]\n',
      'b.yaml': 'definition: { nodes: {} }\nrecipes: [a.yaml]\n',
    };
    await inDirectory(files, (directory) =>
      expect(loadBundle(path.join(directory, 'a.yaml'), how)).rejects.toMatchObject({
        error: 'recipe-file-invalid',
        message: expect.stringMatching(/a part of itself: .*a\.yaml lists .*b\.yaml lists .*a\.yaml/),
      }),
    );
  });
});

describe('the inputs that a command line names', () => {
  const parameters = {
    files: [{ name: 'SCENE', media_types: [], required: true, multiple: false }],
    json: [{ name: 'TILE_SIZE', type: 'integer' as const, required: false }],
  };
  const messageOf = (input: string[], json: string[]) => {
    try {
      judgeNames('mosaic', parameters, { input, json });
      return undefined;
    } catch (thrown) {
      return (thrown as SeedbedError).message;
    }
  };

  it('may be those that there are, also as their variables', () => {
    expect(messageOf(['SCENE=a.tif'], ['tile-size=3'])).toBeUndefined();
  });

  it.each([
    [
      ['SCENES=a'],
      [],
      'The recipe mosaic has no file input called SCENES: it has SCENE (did you mean SCENE?).',
    ],
    [[], ['SIZE=3'], 'The recipe mosaic has no JSON input called SIZE: it has TILE_SIZE.'],
    [
      ['TILE_SIZE=3'],
      [],
      'The recipe mosaic has no file input called TILE_SIZE: TILE_SIZE is given with -j.',
    ],
  ])('%p %p', (input, json, message) => {
    expect(messageOf(input, json)).toBe(message);
  });
});

describe('the text of a file', () => {
  it('knows the lines of its parts', async () => {
    const { lineOf } = await parseText('a:\n  "b c":\n    - x\n    - y\n');
    expect([lineOf('a["b c"][1]'), lineOf('a["b c"].none'), lineOf('')]).toEqual([4, 3, 1]);
  });

  it('reads paths as they are written', () => {
    expect(keysOf('nodes["a.b"].input[0]')).toEqual(['nodes', 'a.b', 'input', 0]);
  });

  it('does not grow without bound', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, at) => {
        const before = 'abcdefgh'[at]!;
        return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`;
      }),
    ].join('\n');
    await expect(parseText(bomb)).rejects.toThrow(TextFault);
  });
});
