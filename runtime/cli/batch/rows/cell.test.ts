import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFiles } from '../../../../test/support/cli-files.ts';
import { temporaryDirectory } from '../../../../test/support/database-server.ts';
import { joinList, pathsIn, splitList } from './cell.ts';

let directory: string;

beforeAll(async () => {
  directory = await writeFiles(await temporaryDirectory(), { 'a;b.txt': '' });
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('several files in a cell', () => {
  it.each([
    ['a.txt;b.txt', ['a.txt', 'b.txt']],
    ['a.txt; b c.txt ;', ['a.txt', 'b c.txt']],
    ['a\\;b.txt;c.txt', ['a;b.txt', 'c.txt']],
    ['\\;', [';']],
    [';;', []],
  ])('%s', (text, parts) => {
    expect(splitList(text)).toEqual(parts);
  });

  it('are parted only for an input that takes several', () => {
    expect(pathsIn('a;b', { multiple: false })).toEqual(['a;b']);
    expect(pathsIn('a;b', { multiple: true })).toEqual(['a', 'b']);
  });

  it('are one file where that is its name', () => {
    const file = path.join(directory, 'a;b.txt');
    expect(pathsIn(file, { multiple: true })).toEqual([file]);
    expect(pathsIn(`${file}x`, { multiple: true })).toHaveLength(2);
  });

  it.each([[['a;b', 'c']], [['a;b']], [['one']], [[]]])('%j is written so that it can be read', (parts) => {
    const text = joinList(parts);
    expect(parts.length > 1 ? splitList(text) : [text].filter((one) => one !== '')).toEqual(parts);
  });
});
