import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { writeFiles } from '../../../../test/support/cli-files.ts';
import { temporaryDirectory } from '../../../../test/support/database-server.ts';
import { testManifest } from '../../../../test/support/manifest.ts';
import { directoryInput } from './directory-input.ts';
import { directoryRows } from './directory-rows.ts';

let directory: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterAll(() => rm(directory, { recursive: true, force: true }));

const [input] = testManifest({ interface: { inputs: { files: [{ name: 'IN' }] } } }).job.interface.inputs
  .files;

async function namesIn(where: string) {
  const rows = await directoryRows(where, input!);
  const names: string[] = [];
  for await (const { number, line, given } of rows.read()) {
    expect([number, line]).toEqual([names.length + 1, null]);
    const [[name, paths]] = [...given] as [[string, string[]]];
    expect([name, path.dirname(paths[0]!)]).toEqual(['IN', where]);
    names.push(path.basename(paths[0]!));
  }
  expect(names).toHaveLength(rows.total);
  return { names, notes: rows.notes.map(({ description }) => description) };
}

describe('the files of a directory', () => {
  it('are rows in the order of their bytes, whatever their names', async () => {
    const names = [
      'b',
      'B',
      'a b',
      'a\nb',
      'a"b',
      "a'b",
      'a;b',
      'a,b',
      'ä',
      '日本',
      '\uffee',
      '🛰️',
      '-rf',
      '*',
    ];
    const where = path.join(directory, 'odd');
    await writeFiles(where, Object.fromEntries(names.map((name) => [name, ''])));
    const sorted = names.map((name) => Buffer.from(name)).sort(Buffer.compare);
    expect(await namesIn(where)).toEqual({ names: sorted.map(String), notes: [] });
  });

  it('leave out what is hidden, and directories, and say so', async () => {
    const where = path.join(directory, 'mixed');
    await writeFiles(where, { a: '', '.DS_Store': '', 'sub/c': '', 'other/d': '' });
    await symlink('sub', path.join(where, 'link-to-directory'));
    await symlink('a', path.join(where, 'link-to-file'));
    await symlink('nowhere', path.join(where, 'link-to-nothing'));
    expect(await namesIn(where)).toEqual({
      names: ['a', 'link-to-file', 'link-to-nothing'],
      notes: ['1 hidden file was left out.', '3 directories were not entered.'],
    });
  });

  it('may be none', async () => {
    const where = path.join(directory, 'empty');
    await mkdir(where);
    expect(await namesIn(where)).toEqual({ names: [], notes: [] });
  });

  it('must be in a directory', async () => {
    await expect(directoryRows(path.join(directory, 'nowhere'), input!)).rejects.toThrow(/no such directory/);
    await expect(directoryRows(path.join(directory, 'mixed/a'), input!)).rejects.toThrow(/not a directory/);
  });
});

const file = (name: string, more: object = {}) => ({ name, ...more });
const optional = { required: false };
const multiple = { multiple: true };

describe('the input that they are for', () => {
  it.each<[string, object[], string]>([
    ['the required one', [file('A', optional), file('B')], 'B'],
    ['the first optional one where none is required', [file('A', optional), file('B', optional)], 'A'],
    ['one that takes one file first', [file('A', { ...multiple, ...optional }), file('B', optional)], 'B'],
    ['the required one, though it takes several', [file('A', optional), file('B', multiple)], 'B'],
    ['one that takes several where no other is there', [file('A', { ...multiple, ...optional })], 'A'],
  ])('%s', (_, files, name) => {
    expect(directoryInput(testManifest({ interface: { inputs: { files } } })).name).toBe(name);
  });

  it.each<[string, object, RegExp]>([
    ['two are required', { files: [file('A'), file('B', multiple)] }, /requires A and B/],
    [
      'a file and a JSON value',
      { files: [file('A')], json: [{ name: 'N', type: 'integer' }] },
      /requires A and N/,
    ],
    [
      'a JSON value',
      { files: [file('A', optional)], json: [{ name: 'N', type: 'integer' }] },
      /N, which is a JSON/,
    ],
    ['no files at all', {}, /takes no files/],
  ])('is none where %s', (_, inputs, message) => {
    expect(() => directoryInput(testManifest({ interface: { inputs } }))).toThrow(message);
  });
});
