import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HostWorkspace, MemoryWorkspace, transfer, type Workspace } from './index.ts';

let directories: string[];
let ids = 0;
beforeEach(() => {
  directories = [];
});
afterEach(async () => {
  for (const made of directories) await rm(made, { recursive: true });
});

async function host(parent = tmpdir()): Promise<HostWorkspace> {
  const root = await mkdtemp(path.join(parent, 'seedbed-between-'));
  directories.push(root);
  return new HostWorkspace({ id: ++ids, name: `host ${ids}`, root });
}
const memory = async () => new MemoryWorkspace({ id: ++ids, name: `memory ${ids}` });
const put = (to: Workspace, filePath: string, content: string) =>
  to.put(filePath, () => Readable.from([content]));
const read = async (from: Workspace, filePath: string) => text(await from.open(filePath));

/** Of what is being written there. */
async function partialSize(directory: string): Promise<number> {
  const hidden = (await readdir(directory)).find((name) => name.startsWith('.seedbed-'));
  return hidden === undefined ? 0 : (await stat(path.join(directory, hidden))).size;
}

describe('transfer', () => {
  const kinds = { host: () => host(), 'another disk': () => host('/dev/shm'), memory };
  const pairs = Object.entries(kinds).flatMap(([from, openFrom]) =>
    Object.entries(kinds).map(([to, openTo]) => ({ from, to, openFrom, openTo })),
  );

  it.each(pairs)(
    'copies and moves from $from to $to, and again after a crash',
    async ({ openFrom, openTo }) => {
      const [from, to] = [await openFrom(), await openTo()];
      await put(from, 'a/file', 'content');
      for (let time = 0; time < 2; time++)
        expect(await transfer(from, 'a/file', to, 'b/copy')).toMatchObject({ path: 'b/copy', size: 7 });
      expect([await read(from, 'a/file'), await read(to, 'b/copy')]).toEqual(['content', 'content']);
      // As if it had died between the copy and the end of the original.
      await transfer(from, 'a/file', to, 'b/moved');
      for (let time = 0; time < 2; time++)
        expect(await transfer(from, 'a/file', to, 'b/moved', { move: true })).toMatchObject(
          (await to.stat('b/moved'))!,
        );
      expect(await from.stat('a/file')).toBeUndefined();
      expect(await read(to, 'b/moved')).toBe('content');
    },
  );

  it('moves and copies within one workspace', async () => {
    for (const w of [await host(), await memory()]) {
      await put(w, 'a', 'content');
      expect(await transfer(w, 'a', w, 'b')).toMatchObject({ path: 'b' });
      for (let time = 0; time < 2; time++)
        expect(await transfer(w, 'a', w, 'c', { move: true })).toMatchObject({ path: 'c' });
      await transfer(w, 'c', w, 'c', { move: true });
      expect([await w.stat('a'), await read(w, 'b'), await read(w, 'c')]).toEqual([
        undefined,
        'content',
        'content',
      ]);
    }
  });

  it('copies no bytes on one disk, and leaves nothing half done', async () => {
    const [from, to] = [await host(), await host()];
    await put(from, 'file', 'content');
    const before = await stat(from.hostPath('file'));
    await transfer(from, 'file', to, 'linked');
    expect((await stat(to.hostPath('linked'))).ino).toBe(before.ino);
    await transfer(from, 'file', to, 'linked', { move: true });
    expect([await readdir(from.hostPath('')), await readdir(to.hostPath(''))]).toEqual([[], ['linked']]);
  });

  it('says that a file is at neither place', async () => {
    const [from, to] = [await host(), await memory()];
    const missing = { error: 'file-not-in-workspace', message: expect.stringContaining('none') };
    await expect(transfer(from, 'none', to, 'x')).rejects.toMatchObject(missing);
    await expect(transfer(from, 'none', to, 'x', { move: true })).rejects.toMatchObject(missing);
  });

  it('keeps the original when the copy is not what it should be', async () => {
    const [from, to] = [await host(), await memory()];
    await put(from, 'file', 'content');
    const sha256 = createHash('sha256').update('other').digest('hex');
    await expect(transfer(from, 'file', to, 'x', { move: true, sha256 })).rejects.toMatchObject({
      error: 'content-mismatch',
    });
    expect([await read(from, 'file'), await to.stat('x')]).toEqual(['content', undefined]);
  });

  it('goes on where it broke off, unless the file has changed', async () => {
    const [from, to] = [await memory(), await host()];
    await put(from, 'file', 'first content');
    const starts: (number | undefined)[] = [];
    const open = from.open.bind(from);
    let breaks = true;
    from.open = async (filePath, range) => {
      starts.push(range?.start);
      if (!breaks) return open(filePath, range);
      return Readable.from(
        (async function* () {
          yield Buffer.from('first');
          while ((await partialSize(to.hostPath(''))) < 5)
            await new Promise((resolve) => setImmediate(resolve));
          throw new Error('cut');
        })(),
      );
    };
    const move = () => transfer(from, 'file', to, 'file', { move: true, resume: 'ingest 7' });
    await expect(move()).rejects.toThrow('cut');
    breaks = false;
    await move();
    expect([starts, await read(to, 'file')]).toEqual([[0, 5], 'first content']);
    await put(from, 'file', 'first content');
    breaks = true;
    await expect(move()).rejects.toThrow('cut');
    breaks = false;
    await put(from, 'file', 'other content');
    await move();
    expect([starts.slice(2), await read(to, 'file')]).toEqual([[0, 0], 'other content']);
  });
});
