import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { batchIdentity } from '../../../../test/support/batch.ts';
import { tree, writeFiles } from '../../../../test/support/cli-files.ts';
import { temporaryDirectory } from '../../../../test/support/database-server.ts';
import { openBatchDirectory } from './batch-directory.ts';
import { journalName } from '../journal/journal.ts';
import { RowDirectories } from './row-directories.ts';
import { rowName } from './row-name.ts';

const now = new Date('2026-11-22T04:53:28.123Z');
const time = '20261122T045328Z';

let root: string;

beforeEach(async () => {
  root = await temporaryDirectory();
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('the name of a row', () => {
  const name = (number: number, line: number | null, given: Record<string, string[]>) =>
    rowName({ number, line, given: new Map(Object.entries(given)) }, new Set(['IN', 'MORE']));

  it.each([
    ['a file of a directory is its name', name(7, null, { IN: ['/data/a b.png'] }), 'a b.png'],
    [
      'a row is its number and the names of its files',
      name(3, 4, { IN: ['/x/a.png'], MORE: ['b', 'c/d'] }),
      '3-a.png-b-d',
    ],
    ['values are not in it', name(3, 4, { N: ['7'], IN: ['a.png'] }), '3-a.png'],
    ['a row without files is its number', name(3, 4, { N: ['7'] }), '3'],
    ['no path leads out of it', name(1, 2, { IN: ['a/..'], MORE: ['/', './'] }), '1-..-.'],
    ['odd names stay', name(1, 2, { IN: ['x/a\n"b;\'ü🛰️'] }), '1-a\n"b;\'ü🛰️'],
  ])('%s', (_, given, expected) => {
    expect(given).toBe(expected);
  });

  it('is cut where it is too long, and stays one of its own', () => {
    const [a, b] = ['a', 'b'].map((end) => name(1, 2, { IN: [`${'日'.repeat(100)}${end}`] }));
    expect(Buffer.byteLength(a!)).toBeLessThanOrEqual(200);
    expect(a).toMatch(/^1-日+-[0-9a-f]{8}$/);
    expect(a).not.toBe(b);
  });
});

describe('the directory of a row', () => {
  it('is made, and another for the same name', async () => {
    const directories = new RowDirectories(root, now);
    expect([await directories.take('a'), await directories.take('a')]).toEqual(['a', 'a-2']);
    expect(await readdir(root)).toEqual(['a', 'a-2']);
  });

  it('may be there, when it is empty', async () => {
    await mkdir(path.join(root, 'a'));
    expect(await new RowDirectories(root, now).take('a')).toBe('a');
  });

  it('is a new one in one that has something, as with seed-cli', async () => {
    await writeFiles(root, { 'a/theirs': '' });
    const directories = new RowDirectories(root, now);
    expect([await directories.take('a'), await directories.take('a')]).toEqual([`a/${time}`, `a/${time}-2`]);
  });

  it('is never a file, nor that of the results', async () => {
    await writeFile(path.join(root, 'a'), '');
    const directories = new RowDirectories(root, now);
    expect([
      await directories.take('a'),
      await directories.take('results.json'),
      await directories.take('Results.CSV'),
    ]).toEqual(['a-2', 'results.json-2', 'Results.CSV-2']);
  });

  it('goes when the row leaves nothing, and stays with what it left', async () => {
    const directories = new RowDirectories(root, now);
    const [empty, full] = [await directories.take('empty'), await directories.take('full')];
    await writeFile(path.join(root, full, 'x'), '');
    expect(await directories.release(directories.absolute(empty))).toBeNull();
    expect(await directories.release(directories.absolute(full))).toBe(path.join(root, 'full'));
    expect(await tree(root)).toEqual(['full/', 'full/x']);
    expect(await directories.take('empty')).toBe('empty');
  });

  it('can be taken again after a crash, gone or not', async () => {
    const directories = new RowDirectories(root, now);
    await directories.retake(`a/${time}`);
    expect(await directories.take('a')).toBe(`a/${time}-2`);
  });

  it('that cannot be made is an error of the registry', async () => {
    await expect(new RowDirectories(root, now).take('x'.repeat(300))).rejects.toMatchObject({
      error: 'output-directory-unusable',
    });
  });
});

describe('the directory of a batch', () => {
  const opened = async (directory: string | undefined, isResumed: boolean, identity = batchIdentity()) => {
    const {
      path: where,
      journal,
      notes,
    } = await openBatchDirectory({ directory, isResumed, retriesFailed: false }, identity, now);
    await journal.close();
    return { where: path.relative(root, where), batch: journal.heading.batch, notes };
  };

  it('is made with its parents, and holds a journal', async () => {
    expect(await opened(path.join(root, 'a/b'), false)).toMatchObject({ where: 'a/b', notes: [] });
    expect(await tree(root)).toEqual(['a/', 'a/b/', `a/b/${journalName}`]);
  });

  it('is named as seed-cli names it where none is given', async () => {
    const before = process.cwd();
    process.chdir(root);
    try {
      const identity = batchIdentity({ image: 'host:5000/geo/a-1.0.0-seed:2.0.0' });
      const name = `batch-host_5000-geo-a-1.0.0-seed_2.0.0-${time}`;
      expect((await opened(undefined, false, identity)).where).toBe(name);
      expect((await opened(undefined, false, identity)).where).toBe(`${name}-2`);
    } finally {
      process.chdir(before);
    }
  });

  it('may hold other things, which stay', async () => {
    await writeFiles(root, { 'out/theirs': 'x' });
    expect((await opened(path.join(root, 'out'), false)).where).toBe('out');
    expect(await tree(root)).toEqual(['out/', `out/${journalName}`, 'out/theirs']);
  });

  it('is another one where it holds a batch, unless that is resumed', async () => {
    const out = path.join(root, 'out');
    const { batch } = await opened(out, false);
    const second = await opened(out, false);
    expect(second).toMatchObject({
      where: `out/${time}`,
      notes: [{ name: 'other-directory' }],
    });
    expect(second.batch).not.toBe(batch);
    expect(await opened(out, true)).toEqual({ where: 'out', batch, notes: [] });
  });

  it('is begun where there is nothing to resume', async () => {
    expect(await opened(path.join(root, 'out'), true)).toMatchObject({ where: 'out', notes: [] });
  });

  it.each([
    ['image', { imageId: 'sha256:2' }, /another image: sha256:1 there, sha256:2 here/],
    ['setting', { settings: { A: 'x' } }, /another value of a setting: {} there, {"A":"x"} here/],
    ['mount', { mounts: { A: '/x' } }, /another directory of a mount/],
    ['amount', { resources: { mem: 5 } }, /another amount of a resource/],
    ['network', { network: 'host' }, /another network: none there, host here/],
  ])('is not gone on with when it has another %s', async (_, differing, message) => {
    await opened(root, false);
    await expect(opened(root, true, batchIdentity(differing))).rejects.toThrow(message);
  });

  it('must be named to be resumed', async () => {
    await expect(opened(undefined, true)).rejects.toThrow(/--resume needs the directory/);
    await expect(opened('', false)).rejects.toMatchObject({ error: 'output-directory-unusable' });
  });
});
