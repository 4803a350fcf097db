import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '../../../config/index.ts';
import { writeFiles } from '../../../../test/support/cli-files.ts';
import { temporaryDirectory } from '../../../../test/support/database-server.ts';
import { manifestDocument } from '../../../../test/support/manifest.ts';
import { readIntakeFile, tasksIn } from '../read-file.ts';
import { jsonTasks, taskIn } from '../sources/json-tasks.ts';
import type { SourceTask } from '../sources/sources.ts';
import { readColumns, taskOf } from './columns.ts';
import { inputForFiles, ofJob, ofRecipe } from './declared.ts';
import { judgeTask } from './judge.ts';
import { jsonValues } from './json-values.ts';
import { type FileReference, readReference } from './reference.ts';
import { isRefused } from './task.ts';
import { generatedId } from './unique-id.ts';

const declared = ofRecipe('scenes', 3, {
  input: {
    files: [
      { name: 'SCENE', required: true, multiple: false, media_types: [] },
      { name: 'MASKS', required: false, multiple: true, media_types: [] },
    ],
    json: [{ name: 'LIMIT', type: 'number', required: false }],
  },
});

let directory: string;
beforeAll(async () => {
  directory = await writeFiles(await temporaryDirectory(), {
    'a.tif': 'a',
    'b;c.tif': 'b',
    'm/1': '1',
    'm/2': '2',
  });
});
afterAll(() => rm(directory, { recursive: true, force: true }));
const at = (name: string) => path.join(directory, name);

describe('a file', () => {
  const sum = 'AB'.repeat(32);
  it.each<[string, FileReference]>([
    ['17', { id: 17 }],
    ['./17', { local: './17' }],
    ['scenes/a b.tif', { local: 'scenes/a b.tif' }],
    ['workspace:raw/2020/a:b.tif', { workspace: 'raw', path: '2020/a:b.tif' }],
    [`sha256:${sum}`, { sha256: sum.toLowerCase() }],
    ['s3://bucket/a/b.tif', { url: 's3://bucket/a/b.tif' }],
    ['https://example.com/a.tif?x=1', { fetch: 'https://example.com/a.tif?x=1' }],
  ])('%s is read', (text, reference) => {
    expect(readReference('SCENE', text)).toEqual(reference);
  });

  it.each([
    ['workspace:raw', /lacks the path/],
    ['sha256:abc', /64 hexadecimal/],
    ['ftp://example.com/a', /only http:/],
    ['s3://bucket', /s3:\/\/BUCKET\/KEY/],
    ['http://', /no URL/],
  ])('%s is refused', (text, message) => {
    expect(() => readReference('SCENE', text)).toThrow(message);
  });
});

describe('the heading of a CSV file', () => {
  it('names inputs, settings, unique_id and priority in any order', () => {
    expect(
      readColumns(
        ['priority', 'limit', 'SCENE', 'settings.ANY', 'unique_id', '', 'inputs.MASKS'],
        declared,
        'f',
      ),
    ).toEqual([
      { kind: 'priority' },
      { kind: 'input', name: 'LIMIT', takesSeveral: false },
      { kind: 'input', name: 'SCENE', takesSeveral: false },
      { kind: 'setting', name: 'ANY' },
      { kind: 'unique_id' },
      { kind: 'none' },
      { kind: 'input', name: 'MASKS', takesSeveral: true },
    ]);
  });

  it.each([
    [['SCEN'], /no column "SCEN" \(did you mean SCENE\?\)/],
    [['SCENE', 'scene'], /names scene twice/],
    [['LIMIT'], /lacks SCENE, which each task needs/],
    [['SCENE;LIMIT'], /separated by commas/],
  ])('%j is refused', (cells, message) => {
    expect(() => readColumns(cells, declared, 'f')).toThrow(message);
  });

  it('knows the settings of a job type', () => {
    const manifest = manifestDocument({
      interface: { inputs: { files: [{ name: 'IN' }] }, settings: [{ name: 'LEVEL' }] },
    });
    const job = ofJob({ name: 'j', version: '1.0.0', manifest: manifest as never });
    expect(readColumns(['IN', 'settings.level'], job, 'f')[1]).toEqual({ kind: 'setting', name: 'LEVEL' });
    expect(() => readColumns(['IN', 'settings.LEVE'], job, 'f')).toThrow(/did you mean settings.LEVEL/);
  });
});

const judgement = (generated?: { project: string; batch: string | undefined }) => ({
  declared,
  limits: readConfig({ HOME: '/' }).limits,
  generated: generated && { ...generated, project: () => generated.project },
});

async function judged(
  cells: Record<string, string>,
  generated?: { project: string; batch: string | undefined },
) {
  const columns = readColumns(Object.keys(cells), declared, 'f');
  return judgeTask({ ...taskOf(Object.values(cells), columns, 'f:2'), number: 1 }, judgement(generated));
}

describe('a row', () => {
  it('has its files, values and what is said of it', async () => {
    const task = await judged({
      ...{ SCENE: at('a.tif'), MASKS: `${at('m')};7`, LIMIT: '0.5' },
      ...{ unique_id: 'one', priority: '7', 'settings.S': 'v' },
    });
    expect(task).toEqual({
      ...{ number: 1, where: 'f:2', uniqueId: 'one', batch: undefined, priority: 7 },
      files: new Map<string, unknown>([
        ['SCENE', [{ local: at('a.tif') }]],
        ['MASKS', [{ local: at('m/1') }, { local: at('m/2') }, { id: 7 }]],
      ]),
      json: new Map([['LIMIT', 0.5]]),
      settings: new Map([['S', 'v']]),
    });
  });

  it('may name a file with the separator in its name', async () => {
    expect(await judged({ SCENE: '1', MASKS: at('b;c.tif') })).toMatchObject({
      files: new Map<string, unknown>([
        ['SCENE', [{ id: 1 }]],
        ['MASKS', [{ local: at('b;c.tif') }]],
      ]),
    });
  });

  it.each([
    [{ SCENE: '' }, 'SCENE', /required/],
    [{ SCENE: '/no/where' }, 'SCENE', /no such file/],
    [{ SCENE: 'DIRECTORY' }, 'SCENE', /directory/],
    [{ SCENE: '1', LIMIT: 'high' }, 'LIMIT', /number/],
    [{ SCENE: '1', priority: '0' }, 'priority', /whole number/],
    [{ SCENE: '1', unique_id: 'x'.repeat(501) }, 'unique_id', /501 characters/],
  ])('%j is refused alone, by its column', async (cells, column, message) => {
    const given = cells.SCENE === 'DIRECTORY' ? { SCENE: directory } : cells;
    const task = await judged(given as Record<string, string>);
    expect(task).toMatchObject({ column, where: 'f:2' });
    expect(isRefused(task) && task.error.message).toMatch(message);
  });

  it('with a cell too many is refused', async () => {
    const columns = readColumns(['SCENE'], declared, 'f');
    const task = await judgeTask({ ...taskOf(['1', 'x'], columns, 'f:2'), number: 1 }, judgement());
    expect(task).toMatchObject({ column: '2', error: { error: 'batch-row-invalid' } });
  });
});

describe('a generated id', () => {
  const idOf = async (cells: Record<string, string>, batch?: string) => {
    const task = await judged(cells, { project: 'demo', batch });
    return isRefused(task) ? task.error.message : task.uniqueId;
  };

  it('is of project, batch and attachment', async () => {
    const url = 'https://example.com/a.tif';
    expect(await idOf({ SCENE: url }, 'first')).toBe(`demo_first_${url}`);
    expect(await idOf({ SCENE: url })).toBe(`demo_${url}`);
    expect(await idOf({ SCENE: '1', MASKS: 'workspace:raw/a;s3://b/c' })).toBe(
      'demo_1,workspace:raw/a,s3://b/c',
    );
    expect(await idOf({ SCENE: path.relative(process.cwd(), at('a.tif')) })).toBe(`demo_${at('a.tif')}`);
  });

  it('is for an empty cell, and not for one that says it', async () => {
    expect(await idOf({ SCENE: '1', unique_id: '' })).toBe('demo_1');
    expect(await idOf({ SCENE: '1', unique_id: 'mine' })).toBe('mine');
  });

  it('is not too long, and another for each', () => {
    const of = (end: string) =>
      generatedId('p', 'b', new Map([['F', [{ url: `s3://${'x'.repeat(600)}${end}` }]]]));
    expect(of('1')).toHaveLength(500);
    expect(of('1')).not.toBe(of('2'));
    expect(generatedId('p', undefined, new Map())).toBeUndefined();
  });
});

describe('a task of JSON', () => {
  const judgedJson = (document: unknown) =>
    judgeTask({ ...taskIn(document, 'tasks[0]'), number: 1 }, judgement());

  it('has values as they are, and files in any of their forms', async () => {
    const inputs = {
      SCENE: 17,
      MASKS: [{ workspace: 'w', path: 'p' }, 's3://b/k', { url: 'http://x/y' }],
      LIMIT: 2,
    };
    expect(await judgedJson({ inputs, unique_id: '', priority: 3 })).toMatchObject({
      ...{ uniqueId: undefined, priority: 3, json: new Map([['LIMIT', 2]]) },
      files: new Map<string, unknown>([
        ['SCENE', [{ id: 17 }]],
        ['MASKS', [{ workspace: 'w', path: 'p' }, { url: 's3://b/k' }, { fetch: 'http://x/y' }]],
      ]),
    });
  });

  it.each([
    [{ inputs: { SCENE: 1, LIMIT: '2' } }, 'LIMIT', /must be of the type number/],
    [{ inputs: { SCENE: 1, OTHER: '2' } }, 'OTHER', /no input of the recipe type scenes/],
    [{ inputs: { SCENE: [1, 2] } }, 'SCENE', /takes one file, and is given 2/],
    [{ inputs: { SCENE: { x: 1 } } }, 'SCENE', /must have one of id.* and has x/],
    [{ inputs: { SCENE: { id: 1, sha256: 'x' } } }, 'SCENE', /must have one of id.* and has id, sha256/],
    [{ inputs: { SCENE: { id: 'x' } } }, 'SCENE', /it takes a number/],
    [{ inputs: [] }, 'inputs', /an object of inputs by name/],
    [{ prio: 1 }, expect.anything(), /prio/],
    ['text', null, /task/],
  ])('%j is refused', async (document, column, message) => {
    const task = await judgedJson(document);
    expect(task).toMatchObject({ where: 'tasks[0]', column });
    expect(isRefused(task) && task.error.message).toMatch(message);
  });
});

describe('files of JSON', () => {
  async function read(text: string): Promise<unknown> {
    const file = path.join(await writeFiles(at('json'), { 'f.json': text }), 'f.json');
    const values: unknown[] = [];
    for await (const { value, line } of jsonValues(file)) values.push([line, value]);
    return values;
  }

  it.each([
    [
      'an array',
      '\uFEFF[ {"a": "]}\\"{"},\n {"b": [{}]} ]\n',
      [
        [1, { a: ']}"{' }],
        [2, { b: [{}] }],
      ],
    ],
    [
      'lines',
      '{"a":1}\n\n{"a":\n2}',
      [
        [1, { a: 1 }],
        [3, { a: 2 }],
      ],
    ],
    ['none', ' [ ] ', []],
    [
      'many',
      `[${'{"x": "é"},'.repeat(20_000)}{}]`,
      [...Array.from({ length: 20_000 }, () => [1, { x: 'é' }]), [1, {}]],
    ],
  ])('may hold %s', async (_, text, expected) => {
    expect(await read(text)).toEqual(expected);
  });

  it.each([
    ['[{"a":1}', /its array has no end/],
    ['{"a":', /line 1 has no end/],
    ['[1]', /line 1 has "1" where a task/],
    ['{"a" 1}', /line 1 is no JSON/],
    ['[{}] {}', /where a task/],
  ])('%s is refused', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});

describe('a number that a service would take for another one', () => {
  const number = '12345678901234567891';
  async function problems(tasks: AsyncIterable<SourceTask>): Promise<unknown[]> {
    const found: unknown[] = [];
    for await (const task of tasks) {
      const judged = await judgeTask({ ...task, number: 1 }, judgement());
      found.push(isRefused(judged) ? [judged.column, judged.error.message] : 'taken');
    }
    return found;
  }
  const refused = ['LIMIT', expect.stringContaining(`${number}, which would arrive as 12345678901234567000`)];

  it('refuses its row of CSV', async () => {
    const columns = readColumns(['SCENE', 'LIMIT'], declared, 'f.csv');
    async function* rows() {
      for (const cell of [number, '9007199254740991', '0.1234567890123456789', '1.10'])
        yield taskOf(['1', cell], columns, 'f.csv');
    }
    expect(await problems(rows())).toEqual([
      ['LIMIT', expect.stringMatching(`would take ${number} for .* type string`)],
      'taken',
      ['LIMIT', expect.stringMatching(/would take 0\.1234567890123456789 for 0\.12345678901234568/)],
      'taken',
    ]);
  });

  it('refuses its object of JSON, and its task of YAML', async () => {
    const task = (limit: string) => `{"inputs": {"SCENE": 1, "LIMIT": ${limit}}}`;
    const root = await writeFiles(at('numbers'), {
      'f.json': `[${task(number)}, ${task('1e20')}]`,
      'f.yaml': `recipe_type: scenes\ntasks: [${task(number)}, ${task('9007199254740991')}]\n`,
      'head.yaml': `recipe_type: scenes\nbatches: [{ name: a, priority: ${number} }]\n`,
    });
    const json = await jsonTasks(path.join(root, 'f.json'));
    expect(await problems(json.read())).toEqual([refused, 'taken']);
    const fractions = ['0.1234567890123456789', '1.10', '1e3', '.5'];
    await writeFiles(root, {
      'g.json': fractions.slice(0, 3).map(task).join('\n'),
      'g.yaml': `recipe_type: scenes\ntasks: [${fractions.map((one) => task(one)).join(', ')}]\n`,
      'many.yaml': `recipe_type: scenes\nbatches: [{ name: a, priority: &n 0.1234567890123456789 }]\ntasks: [{ inputs: { LIMIT: *n } }]\n`,
    });
    const rounded = [
      'LIMIT',
      expect.stringContaining('0.1234567890123456789, which would arrive as 0.12345678901234568'),
    ];
    const fractionsOfJson = await problems((await jsonTasks(path.join(root, 'g.json'))).read());
    expect(fractionsOfJson).toEqual([rounded, 'taken', 'taken']);
    const fractionsOfYaml = await problems(tasksIn(await readIntakeFile(path.join(root, 'g.yaml'))).read());
    expect(fractionsOfYaml).toEqual([rounded, 'taken', 'taken', 'taken']);
    await expect(readIntakeFile(path.join(root, 'many.yaml'))).rejects.toThrow(/priority is 0\.1234/);
    const yaml = tasksIn(await readIntakeFile(path.join(root, 'f.yaml')));
    expect(await problems(yaml.read())).toEqual([refused, 'taken']);
    await expect(readIntakeFile(path.join(root, 'head.yaml'))).rejects.toThrow(
      /batches\[0\]\.priority is 1234/,
    );
  });
});

describe('the input for the files of a directory', () => {
  it('is the only required one, or the one that is named', () => {
    expect(inputForFiles(declared, undefined).name).toBe('SCENE');
    expect(() => inputForFiles(declared, 'MASKS')).toThrow(/requires SCENE too/);
    expect(() => inputForFiles(declared, 'NONE')).toThrow(/no such file input/);
  });
});
