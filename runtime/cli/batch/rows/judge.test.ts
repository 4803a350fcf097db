import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '../../../config/index.ts';
import { SeedbedError } from '../../../errors/index.ts';
import { writeFiles } from '../../../../test/support/cli-files.ts';
import { temporaryDirectory } from '../../../../test/support/database-server.ts';
import { testManifest } from '../../../../test/support/manifest.ts';
import { isRefused, judgeRow } from './judge.ts';

const manifest = testManifest({
  interface: {
    inputs: {
      files: [{ name: 'IN' }, { name: 'MORE', required: false, multiple: true }],
      json: [
        { name: 'N', type: 'integer' },
        { name: 'WORD', type: 'string', required: false },
      ],
    },
  },
});
const how = { manifest, limits: readConfig({ HOME: '/' }).limits, check: () => undefined };

let directory: string;

beforeAll(async () => {
  directory = await writeFiles(await temporaryDirectory(), {
    'a.txt': 'a',
    'b.txt': 'b',
    'more/c.txt': 'c',
    'n.json': ' 12 ',
  });
  await mkdir(path.join(directory, 'empty'));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

const row = (given: Record<string, string[]>, number = 3, line = 4) => ({
  number,
  line,
  given: new Map(Object.entries(given)),
});
const at = (name: string) => path.join(directory, name);

async function keyOf(given: Record<string, string[]>, number = 3): Promise<string> {
  const judged = await judgeRow(row(given, number), how);
  if (isRefused(judged)) throw judged.error;
  return judged.key;
}

describe('a row', () => {
  it('has its files and its values', async () => {
    const judged = await judgeRow(row({ N: ['7'], IN: [at('a.txt')], MORE: [at('more'), at('b.txt')] }), how);
    expect(judged).toMatchObject({ number: 3, line: 4 });
    if (isRefused(judged)) throw judged.error;
    const { files, json } = judged;
    expect([...files].map(([name, of]) => [name, of.map((file) => path.basename(file.path))])).toEqual([
      ['IN', ['a.txt']],
      ['MORE', ['c.txt', 'b.txt']],
    ]);
    expect([...json]).toEqual([['N', { value: 7, environment: '7' }]]);
  });

  it('takes relative paths from the current directory', async () => {
    const relative = path.relative(process.cwd(), at('a.txt'));
    expect(await keyOf({ N: ['7'], IN: [relative] })).toBe(await keyOf({ N: ['7'], IN: [at('a.txt')] }));
  });

  it('may name a file of JSON', async () => {
    expect(await judgeRow(row({ N: [at('n.json')], IN: [at('a.txt')] }), how)).toMatchObject({
      json: new Map([['N', { value: 12, environment: '12' }]]),
    });
  });

  it.each<[string, Record<string, string[]>, string | null, string]>([
    ['a missing file', { N: ['1'], IN: ['/no/where'] }, 'IN', 'input-not-found'],
    ['no file', { N: ['1'] }, 'IN', 'missing-input'],
    ['no value', { IN: ['a.txt'] }, 'N', 'missing-input'],
    ['a value of another type', { N: ['x'], IN: ['a.txt'] }, 'N', 'invalid-json-input'],
    ['a directory', { N: ['1'], IN: ['more'] }, 'IN', 'input-is-directory'],
    ['a name that no file can have', { N: ['1'], IN: ['a\0b'] }, 'IN', 'input-not-found'],
    [
      'a missing file among others',
      { N: ['1'], IN: ['a.txt'], MORE: ['b.txt', 'x.txt'] },
      'MORE',
      'input-not-found',
    ],
  ])('with %s is refused alone, by its column', async (_, given, column, error) => {
    const absolute = Object.fromEntries(
      Object.entries(given).map(([name, texts]) => [
        name,
        texts.map((text) => (/^(\w+\.txt|more)$/.test(text) ? at(text) : text)),
      ]),
    );
    expect(await judgeRow(row(absolute), how)).toMatchObject({
      number: 3,
      line: 4,
      column,
      error: { error },
    });
  });

  it('that could not be launched is refused', async () => {
    const check = () => {
      throw new SeedbedError('invalid-usage', { problem: 'Too big' });
    };
    expect(await judgeRow(row({ N: ['1'], IN: [at('a.txt')] }), { ...how, check })).toMatchObject({
      column: null,
      error: { error: 'invalid-usage' },
    });
  });
});

describe('the key of a row', () => {
  const given = () => ({ N: ['7'], IN: [at('a.txt')] });

  it('is that of its inputs, wherever it stands', async () => {
    expect(await keyOf(given(), 99)).toBe(await keyOf(given()));
  });

  it('is another for other files, values and inputs', async () => {
    const keys = await Promise.all(
      [
        given(),
        { ...given(), N: ['8'] },
        { ...given(), IN: [at('b.txt')] },
        { ...given(), MORE: [at('b.txt')] },
        { ...given(), MORE: [at('b.txt'), at('a.txt')] },
        { ...given(), WORD: ['7'] },
      ].map((one) => keyOf(one)),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is another when a file has changed', async () => {
    const before = await keyOf(given());
    await utimes(at('a.txt'), 1, 1);
    expect(await keyOf(given())).not.toBe(before);
  });
});
