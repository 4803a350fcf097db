import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tree } from '../../../test/support/cli-files.ts';
import { type ByteRange, HostWorkspace } from '../index.ts';
import { ContentCache, type Wanted } from './content-cache.ts';

/** A directory that is read as if it were far away. */
class Remote extends HostWorkspace {
  /** First bytes that were asked for. */
  readonly asked: number[] = [];
  /** Bytes after which the next connections break. */
  cuts: number[] = [];
  /** Is waited for behind the first bytes. */
  gate: Promise<void> | undefined;

  override async open(filePath: string, range: ByteRange = {}, signal?: AbortSignal): Promise<Readable> {
    this.asked.push(range.start ?? 0);
    const [stream, cut, gate] = [await super.open(filePath, range, signal), this.cuts.shift(), this.gate];
    const given = new PassThrough();
    const pump = async () => {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        given.write(chunk.subarray(0, cut ?? 3));
        if (cut !== undefined) throw new Error('the connection broke');
        await gate;
        given.write(chunk.subarray(3));
      }
      given.end();
    };
    pump().catch((thrown: Error) => setImmediate(() => given.destroy(thrown)));
    return given;
  }
}

let directory: string;
let remote: Remote;
let targets: number;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
  await mkdir(path.join(directory, 'far'));
  remote = new Remote({ id: 7, name: 'far', root: path.join(directory, 'far') });
  targets = 0;
});
afterEach(() => rm(directory, { recursive: true }));

const cache = (changes: Partial<ConstructorParameters<typeof ContentCache>[0]> = {}) =>
  new ContentCache({ directory: path.join(directory, 'cache'), scope: 'a', capacity: 1000, ...changes });
const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
const target = () => path.join(directory, `target-${++targets}`);

/** Puts a file into the workspace. @returns how a catalogue that knows its checksum asks for it */
async function stored(name: string, content: string): Promise<Wanted> {
  await writeFile(path.join(directory, 'far', name), content);
  return { path: name, size: content.length, sha256: sha256Of(content), version: null };
}

const kept = async () =>
  (await tree(path.join(directory, 'cache'))).flatMap((name) => /\/(\w{64})$/.exec(name)?.[1] ?? []);
const onItsWay = () => readdir(path.join(directory, 'cache/incoming'));

describe('a cache of content', () => {
  it('streams a file once, for everybody: the others get another name of it', async () => {
    const wanted = await stored('a', 'some content');
    const [one, two] = [target(), target()];
    await cache().fetch(remote, wanted, one);
    await cache().fetch(remote, { ...wanted, path: 'elsewhere' }, two);
    expect(remote.asked).toEqual([0]);
    expect(await readFile(two, 'utf8')).toBe('some content');
    expect((await stat(two)).ino).toBe((await stat(one)).ino);
    expect((await stat(two)).mode & 0o777).toBe(0o444);
    expect(await onItsWay()).toEqual([]);
  });

  it('streams it once for several that want it at the same time', async () => {
    const wanted = await stored('a', 'some content');
    let open: () => void = () => undefined;
    remote.gate = new Promise((resolve) => (open = resolve));
    const unknown = { ...wanted, sha256: null };
    const fetched = [wanted, wanted, unknown, unknown].map((one) => cache().fetch(remote, one, target()));
    while (remote.asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
    open();
    expect(new Set(await Promise.all(fetched))).toEqual(new Set([wanted.sha256]));
    // Without a checksum nobody knew that it was the same.
    expect(remote.asked).toEqual([0, 0]);
  });

  it('learns the checksum of a file by the version that the catalogue means', async () => {
    const { sha256, ...wanted } = await stored('a', 'some content');
    const version = (await remote.stat('a'))!.version;
    const unknown = { ...wanted, sha256: null, version };
    expect(await cache().fetch(remote, unknown, target())).toBe(sha256);
    expect(await cache().fetch(remote, unknown, target())).toBe(sha256);
    expect(remote.asked).toEqual([0]);
    await stored('a', 'other contend');
    for (const size of [12, 13])
      await expect(cache().fetch(remote, { ...unknown, size }, target())).rejects.toMatchObject({
        error: 'input-changed',
      });
    await expect(cache().fetch(remote, { ...unknown, path: 'b' }, target())).rejects.toMatchObject({
      error: 'file-not-in-workspace',
    });
  });

  it.each([
    ['other', 'some contend'],
    ['more', 'some content, and more'],
    ['less', 'some'],
  ])('keeps nothing of a file that has %s content now', async (_what, now) => {
    const wanted = await stored('a', 'some content');
    await writeFile(path.join(directory, 'far/a'), now);
    const place = target();
    await expect(cache().fetch(remote, wanted, place)).rejects.toMatchObject({ error: 'input-changed' });
    expect(existsSync(place)).toBe(false);
    expect(await kept()).toEqual([]);
    await writeFile(path.join(directory, 'far/a'), 'some content');
    await cache().fetch(remote, wanted, place);
    expect(await readFile(place, 'utf8')).toBe('some content');
  });

  it('goes on where a connection broke, and gives up when nothing more comes', async () => {
    const wanted = await stored('a', 'some content');
    remote.cuts = [2, 0, 0, 4];
    await cache().fetch(remote, wanted, target());
    expect(remote.asked).toEqual([0, 2, 2, 2, 6]);
    remote.cuts = [0, 0, 0];
    const other = await stored('b', 'other');
    await expect(cache().fetch(remote, other, target())).rejects.toThrow('the connection broke');
  });

  it('goes on with what one left that was aborted, also where nothing comes any more', async () => {
    const wanted = await stored('a', 'some content');
    const abort = new AbortController();
    remote.gate = new Promise(() => undefined);
    const ended = cache().fetch(remote, wanted, target(), abort.signal);
    while ((await sizeOnItsWay()) < 3) await new Promise((resolve) => setImmediate(resolve));
    abort.abort(new Error('canceled'));
    await expect(ended).rejects.toThrow('canceled');
    remote.gate = undefined;
    const place = target();
    await cache().fetch(remote, wanted, place);
    expect(remote.asked).toEqual([0, 3]);
    expect(await readFile(place, 'utf8')).toBe('some content');
  });

  it('goes on with what one left that was killed, and trusts none of it', async () => {
    const wanted = await stored('a', 'some content');
    const incoming = path.join(directory, 'cache/incoming');
    await mkdir(incoming, { recursive: true });
    for (const [left, asked] of [
      ['some con', [8]],
      ['SOME con', [8, 0]],
      ['some content, and more', [0]],
    ] as const) {
      await writeFile(path.join(incoming, `${wanted.sha256}.1`), left);
      await utimes(path.join(incoming, `${wanted.sha256}.1`), 1, 1);
      await link(path.join(incoming, `${wanted.sha256}.1`), path.join(incoming, `${wanted.sha256}.lock`));
      remote.asked.length = 0;
      const place = target();
      await cache().fetch(remote, wanted, place);
      expect(await readFile(place, 'utf8')).toBe('some content');
      expect(remote.asked).toEqual(asked);
      await rm(path.join(directory, 'cache/content'), { recursive: true });
    }
  });

  it('drops what was used longest ago, and nothing that is in use', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const files = [];
    for (const name of names) files.push(await stored(name, name.repeat(400)));
    const places = names.map(target);
    for (const index of [0, 1]) await cache().fetch(remote, files[index]!, places[index]!);
    for (const index of [0, 1]) {
      const file = path.join(
        directory,
        'cache/content',
        files[index]!.sha256!.slice(0, 2),
        files[index]!.sha256!,
      );
      await utimes(file, 1000 + index, 1000);
    }
    await rm(places[1]!);
    await cache().fetch(remote, files[2]!, places[2]!);
    // b was used later than a, which is in use.
    expect((await kept()).sort()).toEqual([files[0]!.sha256, files[2]!.sha256].sort());
    for (const index of [0, 2]) await rm(places[index]!);
    await cache().fetch(remote, files[2]!, places[1]!);
    await rm(places[1]!);
    await cache().fetch(remote, files[3]!, places[3]!);
    expect((await kept()).sort()).toEqual([files[2]!.sha256, files[3]!.sha256].sort());
    await cache({ capacity: 0 }).fetch(remote, files[1]!, places[1]!);
    expect(await readFile(places[1]!, 'utf8')).toBe('b'.repeat(400));
  });

  it('mends what was damaged on its own disk', async () => {
    const wanted = await stored('a', 'some content');
    await cache().fetch(remote, wanted, target());
    const [name] = await kept();
    const file = path.join(directory, 'cache/content', name!.slice(0, 2), name!);
    await chmod(file, 0o644);
    await writeFile(file, 'some');
    const place = target();
    await cache().fetch(remote, wanted, place);
    expect(await readFile(place, 'utf8')).toBe('some content');
  });
});

describe('a full disk', () => {
  let disk: string;
  beforeEach(async () => {
    disk = path.join(directory, 'disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
  });
  afterEach(() => void execFileSync('umount', [disk]));

  it('is given what nobody uses, and said by name when that is not enough', async () => {
    const small = cache({ directory: path.join(disk, 'cache'), capacity: 1e9 });
    const [a, b, c] = [
      await stored('a', 'a'.repeat(150_000)),
      await stored('b', 'b'.repeat(150_000)),
      await stored('c', 'c'.repeat(300_000)),
    ];
    await small.fetch(remote, a, path.join(disk, 'a'));
    await expect(small.fetch(remote, b, path.join(disk, 'b'))).rejects.toMatchObject({ error: 'disk-full' });
    await rm(path.join(disk, 'a'));
    await small.fetch(remote, b, path.join(disk, 'b'));
    expect(await readFile(path.join(disk, 'b'), 'utf8')).toBe('b'.repeat(150_000));
    await rm(path.join(disk, 'b'));
    await expect(small.fetch(remote, c, path.join(disk, 'c'))).rejects.toMatchObject({ error: 'disk-full' });
  });
});

async function sizeOnItsWay(): Promise<number> {
  const [name] = (await onItsWay().catch(() => [])).filter((one) => !one.endsWith('.lock'));
  const seen = await stat(path.join(directory, 'cache/incoming', `${name}`)).catch(() => undefined);
  return seen?.size ?? 0;
}
