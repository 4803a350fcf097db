import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '../../../../test/support/database-server.ts';
import { testManifest } from '../../../../test/support/manifest.ts';
import { fileRows } from './file-rows.ts';
import type { WrittenRow } from './row.ts';

const manifest = testManifest({
  interface: {
    inputs: {
      files: [{ name: 'in-file' }, { name: 'MORE', required: false, multiple: true }],
      json: [{ name: 'N', type: 'integer', required: false }],
    },
  },
});

let directory: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterAll(() => rm(directory, { recursive: true, force: true }));

async function read(content: string) {
  const file = path.join(directory, 'batch.csv');
  await writeFile(file, content);
  const rows = await fileRows(file, manifest);
  const all: WrittenRow[] = [];
  for await (const row of rows.read()) all.push(row);
  await rows.close();
  expect(all).toHaveLength(rows.total);
  return all;
}

const shown = ({ number, line, given, error }: WrittenRow) => ({
  number,
  line,
  given: Object.fromEntries(given),
  ...(error && { error: error.message }),
});

describe('the rows of a batch file', () => {
  it('give texts by the names of the manifest', async () => {
    const rows = await read('N,IN_FILE,more\n7,a.txt,x;y\n,"b;c, d.txt",\n\n8,c.txt,z\n');
    expect(rows.map(shown)).toEqual([
      { number: 1, line: 2, given: { N: ['7'], 'in-file': ['a.txt'], MORE: ['x', 'y'] } },
      { number: 2, line: 3, given: { 'in-file': ['b;c, d.txt'] } },
      { number: 4, line: 5, given: { N: ['8'], 'in-file': ['c.txt'], MORE: ['z'] } },
    ]);
  });

  it('with more cells than columns fail alone, and say which', async () => {
    const rows = await read('in-file,\na,\nb, c.txt\nd\n');
    expect(rows.map(shown)).toEqual([
      { number: 1, line: 2, given: { 'in-file': ['a'] } },
      {
        number: 2,
        line: 3,
        given: { 'in-file': ['b'] },
        error: 'The row has 2 cells and the heading 1: cell 2, "c.txt", has no column.',
      },
      { number: 3, line: 4, given: { 'in-file': ['d'] } },
    ]);
  });

  it('may be none', async () => {
    expect(await read('in-file\n')).toEqual([]);
  });

  it.each([
    ['an empty file', '', /is empty/],
    ['a wrong heading', 'OTHER\na\n', /no input "OTHER"/],
    ['quotes without an end, before any row is run', 'in-file\na\n"b\n', /line 3 are never closed/],
  ])('%s refuses the whole', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  it('are not read from a directory', async () => {
    const where = path.join(directory, 'sub');
    await mkdir(where);
    await expect(fileRows(where, manifest)).rejects.toThrow(/is given with -d/);
  });

  it('may come from a pipe, of which nothing is left', async () => {
    const pipe = path.join(directory, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith('seedbed-batch-'));
    const [rows] = await Promise.all([fileRows(pipe, manifest), writeFile(pipe, 'in-file\na\nb\n')]);
    const numbers: number[] = [];
    for await (const { number } of rows.read()) numbers.push(number);
    await rows.close();
    expect(numbers).toEqual([1, 2]);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('seedbed-batch-'))).toEqual(before);
  });
});
