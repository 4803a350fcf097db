import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  compareBytes,
  type FileEntry,
  type ListOptions,
  type Workspace,
} from '../../runtime/workspace/index.ts';

/** Names that some layer or other gets wrong. */
const oddNames = [
  'with space.tif',
  'plus+and%20percent%.tif',
  `quote"s and 'single'.tif`,
  'new\nline\ttab',
  'back\\slash',
  'ümlaut-日本',
  'beyond-🛰️-𝔘',
  'before-\uffee',
  '..hidden',
  'dots...',
  '-rf *?[a]{b}$HOME;`id`',
  'hash#question?and&amp;=.tif',
  '~tilde:colon|pipe<>',
];

/** What is no path of a file in a workspace. */
const escapes = ['../x', '..', '/etc/passwd', 'a/../../x', '/'];
const noPaths = ['', 'a//b', 'a/', './a', 'a/./b', 'a/../b', '.', 'nul\0l', 'half \ud83d'];
const reserved = ['.seedbed-x', 'a/.seedbed/b'];

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/** What every kind of workspace must do. `open` gives one that is empty at first and is used by this suite alone. */
export function workspaceContract(open: () => Workspace): void {
  let w: Workspace;
  let directory: string;
  beforeAll(async () => {
    w = open();
    directory = await mkdtemp(path.join(tmpdir(), 'seedbed-contract-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const put = (filePath: string, text: string | Buffer, options = {}) =>
    w.put(filePath, (from) => Readable.from([Buffer.from(text).subarray(from)]), options);
  const read = async (filePath: string, range = {}) =>
    (await buffer(await w.open(filePath, range))).toString();
  const pages = async (options: ListOptions = {}) => {
    const all: FileEntry[][] = [];
    for await (const page of w.list(options)) all.push(page);
    return all;
  };
  const paths = async (options?: ListOptions) => (await pages(options)).flat().map((entry) => entry.path);

  describe('a file', () => {
    it('is there as it was put, and its entry is the same wherever it is asked for', async () => {
      const stored = await put('file/a.txt', 'hello');
      expect(stored).toEqual({
        path: 'file/a.txt',
        size: 5,
        modified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        version: expect.stringMatching(/./),
        sha256: sha256('hello'),
      });
      const { sha256: _, ...entry } = stored;
      expect(await w.stat('file/a.txt')).toEqual(entry);
      expect((await pages({ prefix: 'file/' })).flat()).toEqual([entry]);
      expect(await read('file/a.txt')).toBe('hello');
    });

    it('can be empty', async () => {
      expect(await put('file/empty', '')).toMatchObject({ size: 0, sha256: sha256('') });
      expect(await read('file/empty')).toBe('');
      expect(await w.stat('file/empty')).toMatchObject({ size: 0 });
    });

    it('gets another version with another content', async () => {
      const first = await put('file/changes', 'one');
      const second = await put('file/changes', 'two');
      expect(second.version).not.toBe(first.version);
      expect(await read('file/changes')).toBe('two');
    });

    it.each([
      [{ start: 2 }, '23456789'],
      [{ start: 2, end: 4 }, '234'],
      [{ end: 0 }, '0'],
      [{ start: 9 }, '9'],
      [{ start: 8, end: 100 }, '89'],
      [{ start: 10 }, ''],
      [{ start: 50, end: 60 }, ''],
      [{ start: 3, end: 2 }, ''],
    ])('is read by the range %j', async (range, expected) => {
      await put('file/range', '0123456789');
      expect(await read('file/range', range)).toBe(expected);
    });

    it('that is not there is missing', async () => {
      expect(await w.stat('file/none')).toBeUndefined();
      const missing = { error: 'file-not-in-workspace', message: expect.stringContaining('file/none') };
      await expect(w.open('file/none')).rejects.toMatchObject(missing);
      await expect(w.copy('file/none', 'file/x')).rejects.toMatchObject(missing);
      await expect(w.move('file/none', 'file/x')).rejects.toMatchObject(missing);
      expect(await w.stat('file')).toBeUndefined();
      await expect(w.open('file')).rejects.toMatchObject({ error: 'file-not-in-workspace' });
    });

    it('is deleted, and deleting what is absent or a directory is fine', async () => {
      await put('gone/a', 'a');
      await put('gone/b', 'b');
      await w.delete('gone/a');
      expect(await w.stat('gone/a')).toBeUndefined();
      for (const absent of ['gone/a', 'gone/a/b', 'gone', 'never/there']) await w.delete(absent);
      expect(await paths({ prefix: 'gone' })).toEqual(['gone/b']);
    });
  });

  describe('copy and move', () => {
    it('take the content along and replace what stood there', async () => {
      await put('moves/a', 'content');
      await put('moves/old', 'old');
      expect(await w.copy('moves/a', 'moves/new/b')).toMatchObject({ path: 'moves/new/b', size: 7 });
      expect(await w.copy('moves/a', 'moves/old')).toEqual(await w.stat('moves/old'));
      expect(await w.move('moves/a', 'moves/c')).toEqual(await w.stat('moves/c'));
      expect(await paths({ prefix: 'moves/' })).toEqual(['moves/c', 'moves/new/b', 'moves/old']);
      for (const one of ['moves/c', 'moves/new/b', 'moves/old']) expect(await read(one)).toBe('content');
    });

    it('onto itself change nothing', async () => {
      await put('itself/a', 'content');
      await w.copy('itself/a', 'itself/a');
      expect(await read('itself/a')).toBe('content');
      await w.move('itself/a', 'itself/a');
      expect(await read('itself/a')).toBe('content');
      expect(await paths({ prefix: 'itself/' })).toEqual(['itself/a']);
    });

    it('leave a copy that the original cannot change', async () => {
      await put('apart/a', 'one');
      await w.copy('apart/a', 'apart/b');
      await put('apart/a', 'two');
      expect(await read('apart/b')).toBe('one');
    });
  });

  describe('put', () => {
    const broken = (text: string) => () =>
      Readable.from(
        (async function* () {
          yield Buffer.from(text);
          throw new Error('the sender broke off');
        })(),
      );

    it('stores nothing of what breaks off, and keeps what stood there', async () => {
      await put('whole/kept', 'before');
      await expect(w.put('whole/kept', broken('half'))).rejects.toThrow('broke off');
      await expect(w.put('whole/new', broken('half'))).rejects.toThrow('broke off');
      await expect(
        w.put('whole/new', () => {
          throw new Error('no source');
        }),
      ).rejects.toThrow('no source');
      expect(await read('whole/kept')).toBe('before');
      expect(await paths({ prefix: 'whole/' })).toEqual(['whole/kept']);
    });

    it.each([
      ['too short', { size: 6 }, /5 bytes, not 6/],
      ['too long', { size: 4 }, /4/],
      ['another content', { sha256: sha256('other') }, /SHA-256/],
    ])('refuses what is %s', async (_what, options, message) => {
      const refused = { error: 'content-mismatch', message: expect.stringMatching(message) };
      await expect(put('refused', 'hello', options)).rejects.toMatchObject(refused);
      await expect(put('refused', 'hello', { ...options, resume: randomUUID() })).rejects.toMatchObject(
        refused,
      );
      expect(await w.stat('refused')).toBeUndefined();
    });

    it('takes what size and checksum say', async () => {
      const options = { size: 5, sha256: sha256('hello') };
      expect(await put('right', 'hello', options)).toMatchObject(options);
    });

    it('ends when it is aborted', async () => {
      const abort = new AbortController();
      const endless = () =>
        Readable.from(
          (async function* () {
            for (;;) {
              yield Buffer.alloc(1000);
              abort.abort();
              await new Promise((resolve) => setImmediate(resolve));
            }
          })(),
        );
      await expect(w.put('aborted', endless, { signal: abort.signal })).rejects.toThrow(/abort/i);
      expect(await w.stat('aborted')).toBeUndefined();
    });

    it('goes on where it broke off, and asks for the rest only', async () => {
      // Two parts of S3 and a bit.
      const content = Buffer.alloc(11 * 2 ** 20 + 17, 'seedbed ');
      const options = { size: content.length, sha256: sha256(content), resume: `a write ${randomUUID()}` };
      const cut = 10.5 * 2 ** 20;
      const asked: number[] = [];
      const from = (end: number) => (start: number) => {
        asked.push(start);
        return Readable.from(
          (async function* () {
            for (let at = start; at < end; at += 65_536)
              yield content.subarray(at, Math.min(at + 65_536, end));
            if (end < content.length) throw new Error('the sender broke off');
          })(),
        );
      };
      await expect(w.put('resumed', from(cut), options)).rejects.toThrow('broke off');
      expect(await w.stat('resumed')).toBeUndefined();
      expect(await w.put('resumed', from(content.length), options)).toMatchObject({
        size: content.length,
        sha256: options.sha256,
      });
      expect(asked[0]).toBe(0);
      expect(asked[1]).toBeGreaterThanOrEqual(5 * 2 ** 20);
      expect(asked[1]).toBeLessThanOrEqual(cut);
      expect(sha256(await buffer(await w.open('resumed')))).toBe(options.sha256);
      // Another write has nothing of it.
      await w.put('resumed', from(content.length), { ...options, resume: 'another write' });
      expect(asked[2]).toBe(0);
    });

    it('goes on after a sender that ended early', async () => {
      const resume = randomUUID();
      await expect(put('early', 'hel', { size: 5, resume })).rejects.toMatchObject({
        error: 'content-mismatch',
      });
      expect(await put('early', 'hello', { size: 5, resume })).toMatchObject({ sha256: sha256('hello') });
      expect(await read('early')).toBe('hello');
    });

    it('starts anew when what it kept is not what is meant', async () => {
      const resume = randomUUID();
      await expect(w.put('anew', broken('wrong beginning'), { resume })).rejects.toThrow('broke off');
      const options = { size: 5, sha256: sha256('right'), resume };
      await put('anew', 'right', options).catch(() => undefined);
      expect(await put('anew', 'right', options)).toMatchObject({ sha256: sha256('right') });
    });
  });

  describe('a place where nothing may stand', () => {
    it('is taken when it is free, and what stands there stays', async () => {
      const file = path.join(directory, randomUUID());
      await put('places/from', 'content');
      await put('places/taken', 'precious');
      const onlyNew = true;
      const ways: ((to: string) => Promise<unknown>)[] = [
        (to) => put(to, 'content', { onlyNew }),
        (to) => put(to, 'content', { onlyNew, resume: randomUUID(), size: 7 }),
        (to) => writeFile(file, 'content').then(() => w.putFile(to, file, { onlyNew })),
        (to) => writeFile(file, 'content').then(() => w.putFile(to, file, { onlyNew, move: true })),
        (to) => w.copy('places/from', to, { onlyNew }),
        (to) => w.move('places/from', to, { onlyNew }),
      ];
      const refused = { error: 'place-taken', message: expect.stringContaining('places/taken') };
      for (const [at, way] of ways.entries()) {
        await expect(way('places/taken')).rejects.toMatchObject(refused);
        await way(`places/${at}`);
        expect(await read(`places/${at}`)).toBe('content');
      }
      expect(await read('places/taken')).toBe('precious');
      expect(await paths({ prefix: 'places/' })).toEqual([
        ...ways.map((_, at) => `places/${at}`),
        'places/taken',
      ]);
    });
  });

  describe('putFile', () => {
    it('takes in a file of this machine, and with `move` it is gone there', async () => {
      const file = path.join(directory, `of this machine ${randomUUID()}`);
      await writeFile(file, 'local');
      expect(await w.putFile('files/a', file)).toMatchObject({ path: 'files/a', size: 5 });
      expect(await readFile(file, 'utf8')).toBe('local');
      const moved = await w.putFile('files/b', file, { move: true });
      expect(moved).toMatchObject((await w.stat('files/b'))!);
      await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
      expect(await Promise.all(['files/a', 'files/b'].map((one) => read(one)))).toEqual(['local', 'local']);
      await expect(w.putFile('files/c', file)).rejects.toThrow(/no such file/i);
      expect(await paths({ prefix: 'files/' })).toEqual(['files/a', 'files/b']);
    });
  });

  describe('names', () => {
    it.each(oddNames)('such as %j are kept as they are', async (name) => {
      const filePath = `odd/${name}/${name}`;
      await put(filePath, name);
      expect(await read(filePath)).toBe(name);
      expect(await w.stat(filePath)).toMatchObject({ path: filePath });
      expect(await paths({ prefix: `odd/${name}/` })).toEqual([filePath]);
      await w.copy(filePath, `${filePath} (copy)`);
      await w.move(`${filePath} (copy)`, `${filePath} (moved)`);
      expect(await read(`${filePath} (moved)`)).toBe(name);
      await w.delete(`${filePath} (moved)`);
      expect(await paths({ prefix: `odd/${name}/` })).toEqual([filePath]);
    });

    const everywhere = (filePath: string): (() => Promise<unknown>)[] => [
      () => w.stat(filePath),
      () => w.open(filePath),
      () => w.delete(filePath),
      () => w.copy(filePath, 'x'),
      () => w.move(filePath, 'x'),
      () => w.signedUrl(filePath, 60),
      ...writes(filePath),
    ];
    const writes = (filePath: string): (() => Promise<unknown>)[] => [
      () => put(filePath, 'x'),
      () => w.putFile(filePath, import.meta.filename),
      () => w.copy('file/a.txt', filePath),
      () => w.move('file/a.txt', filePath),
    ];

    it.each(escapes)('do not lead out by %j', async (filePath) => {
      for (const act of everywhere(filePath))
        await expect(act()).rejects.toMatchObject({ error: 'outside-workspace' });
      expect(await paths({ prefix: filePath })).toEqual([]);
    });

    it.each(noPaths)('such as %j are refused', async (filePath) => {
      for (const act of everywhere(filePath))
        await expect(act()).rejects.toMatchObject({ error: 'path-invalid' });
    });

    it.each(reserved)('such as %j are for Seedbed itself', async (filePath) => {
      for (const act of writes(filePath))
        await expect(act()).rejects.toMatchObject({ error: 'path-invalid' });
    });
  });

  describe('list', () => {
    // In the order of their bytes: `.` and `-` before `/`, and what is beyond 16 bits behind all else.
    const known = [
      'tree-x',
      'tree.txt',
      'tree/a',
      'tree/a.b/x',
      'tree/a0',
      'tree/b/c/d',
      'tree/\uffee',
      'tree/😀',
    ];
    beforeAll(async () => {
      for (const one of [...known].reverse()) await put(one, one);
    });

    it('is in the order of the bytes', async () => {
      expect(await paths({ prefix: 'tree' })).toEqual(known);
      expect([...known].sort(compareBytes)).toEqual(known);
    });

    it('goes on behind any path, there or not', async () => {
      for (const after of [
        ...known,
        'tree',
        'tree/',
        'tree/a!',
        'tree/a.b',
        'tree/a.b/',
        'tree/b/c',
        'tree/zz',
        'u',
      ])
        expect([after, await paths({ prefix: 'tree', after })]).toEqual([
          after,
          known.filter((one) => compareBytes(one, after) > 0),
        ]);
    });

    it('takes any beginning', async () => {
      for (const prefix of [
        'tree/',
        'tree/a',
        'tree/a.',
        'tree/b',
        'tree/b/c/d',
        'tree/b/c/d/',
        'tree/none',
        'tree-',
      ])
        expect([prefix, await paths({ prefix })]).toEqual([
          prefix,
          known.filter((one) => one.startsWith(prefix)),
        ]);
    });

    it('leaves out what lies deeper when it is told to', async () => {
      expect(await paths({ prefix: 'tree/', recursive: false })).toEqual([
        'tree/a',
        'tree/a0',
        'tree/\uffee',
        'tree/😀',
      ]);
      expect(await paths({ prefix: 'tree', recursive: false })).toEqual(['tree-x', 'tree.txt']);
      expect(await paths({ prefix: 'tree/b/', recursive: false })).toEqual([]);
      expect(await paths({ prefix: 'tree/', after: 'tree/a', recursive: false })).toEqual([
        'tree/a0',
        'tree/\uffee',
        'tree/😀',
      ]);
    });

    it('comes by pages of at most 1000', async () => {
      const names = Array.from({ length: 1003 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
      for (let at = 0; at < names.length; at += 20)
        await Promise.all(names.slice(at, at + 20).map((name) => put(name, '')));
      const all = await pages({ prefix: 'many/' });
      expect(all.map((page) => page.length)).toEqual([1000, 3]);
      expect(all.flat().map((entry) => entry.path)).toEqual(names);
      expect(await paths({ prefix: 'many/', after: 'many/1000' })).toEqual(['many/1001', 'many/1002']);
    });

    it('ends when it is aborted', async () => {
      await expect(paths({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    });
  });

  it('has public URLs that name the file whatever it is called', () => {
    for (const name of oddNames) {
      const url = w.url(`a b/${name}`)!;
      expect(url).toMatch(/^https:\/\/files\.example\.org\/base\/[\x21-\x7e]+$/);
      const { pathname, search, hash } = new URL(url);
      expect([decodeURIComponent(pathname), search, hash]).toEqual([`/base/a b/${name}`, '', '']);
    }
  });
}

/** `baseUrl` of the workspaces that are given to the suite. */
export const contractBaseUrl = 'https://files.example.org/base/';
