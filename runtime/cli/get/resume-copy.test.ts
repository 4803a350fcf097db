import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FileEntry, MemoryWorkspace } from '../../workspace/index.ts';
import { draftName, linkName, removeDrafts, resumeCopy, sizeOfDraft } from './resume-copy.ts';

const content = '0123456789';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let directory: string;
let entry: FileEntry;
const workspace = new MemoryWorkspace({ id: 1, name: 'w' });
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-get-'));
  await workspace.put('a/b', (from) => Readable.from([Buffer.from(content).subarray(from)]));
  entry = (await workspace.stat('a/b'))!;
});
afterAll(() => rm(directory, { recursive: true }));

describe('a copy', () => {
  it.each([
    ['nothing', '', content],
    ['a part, which is not copied again', 'X12', 'X123456789'],
    ['the whole', 'X123456789', 'X123456789'],
    ['too much', 'X123456789X', content],
  ])('goes on where %s was left', async (_, left, expected) => {
    const draft = path.join(directory, draftName(1, entry));
    if (left !== '') await writeFile(draft, left);
    const start = await sizeOfDraft(draft, entry.size);
    let bytes = 0;
    const found = await resumeCopy(
      workspace,
      entry,
      { draft, start },
      new AbortController().signal,
      (count) => (bytes += count),
    );
    expect([await readFile(draft, 'utf8'), found, bytes]).toEqual([expected, sha256(expected), 10]);
    await rm(draft);
  });

  it('is of one version, and those of others are removed, and of no other file', async () => {
    const name = draftName(7, entry);
    expect(draftName(7, { ...entry, version: 'another' })).not.toBe(name);
    const others = ['.seedbed-get-77-x.part', '.seedbed-get-7~x.part', 'a.txt'];
    for (const one of [name, linkName(7), '.seedbed-get-7-4711.part', ...others])
      await writeFile(path.join(directory, one), '');
    await removeDrafts(directory, 7, name);
    expect((await readdir(directory)).sort()).toEqual([name, ...others].sort());
  });
});
