import { cp, open, readdir, readFile, rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Chunk,
  filledIn,
  outputOf,
  piecesOf,
  randomOf,
  readText,
  testStore,
  type TestStore,
  textOf,
  writeAll,
} from '../../test/support/log-output.ts';
import { buildLogClient, type LogProgram } from '../../test/support/log-processes.ts';
import type { LogStore } from './index.ts';

let test: TestStore;
let program: LogProgram;
let execution = 0;

beforeAll(async () => {
  [test, program] = await Promise.all([testStore(), buildLogClient()]);
});

afterAll(() => Promise.all([test.remove(), program.remove()]));

async function expectWhole(store: LogStore, chunks: readonly Chunk[]): Promise<void> {
  for (const selection of ['stdout', 'stderr', 'combined'] as const)
    expect(await readText(store.read(execution, selection))).toBe(textOf(chunks, selection));
}

/** A log of which the writer was killed: all but its end. */
async function unfinished(store: LogStore, chunks: readonly Chunk[]): Promise<string> {
  const directory = store.directoryOf(++execution);
  await writeAll(store.writer(execution, { resume: false }), chunks);
  const index = path.join(directory, 'index');
  await truncate(index, (await readFile(index)).length - 32);
  return directory;
}

describe('a writer that goes on with a log', () => {
  it('passes over what is there', async () => {
    const store = test.store();
    const chunks = outputOf(10, 60);
    const directory = await unfinished(store, chunks.slice(0, 37));
    await writeAll(store.writer(execution, { resume: true }), chunks);
    await expectWhole(store, chunks);
    expect(await readdir(directory)).toContain('stdout.1.log');
  });

  it('makes nothing new when nothing new comes', async () => {
    const store = test.store();
    const chunks = outputOf(11, 10);
    await writeAll(store.writer(++execution, { resume: false }), chunks);
    const before = await readdir(store.directoryOf(execution));
    await writeAll(store.writer(execution, { resume: true }), chunks);
    expect(await readdir(store.directoryOf(execution))).toEqual(before);
    await expectWhole(store, chunks);
  });

  it('marks the end that the one before it could not', async () => {
    const store = test.store();
    const chunks = outputOf(12, 10);
    const directory = await unfinished(store, chunks);
    await writeAll(store.writer(execution, { resume: true }), chunks);
    expect(await store.endOf(execution)).toBeDefined();
    await expectWhole(store, chunks);
    expect((await readdir(directory)).sort()).toEqual(['index', 'index.1', 'stderr.log', 'stdout.log']);
  });

  it('finds its place by lines where the engine has replaced bytes that are no UTF-8', async () => {
    const store = test.store();
    const live = [Buffer.from([0x61, 0xff, 0xfe, 0x0a]), Buffer.from('b\nc')];
    const again = [Buffer.from('a\ufffd\ufffd\nb\nc'), Buffer.from('d\n')];
    await unfinished(
      store,
      live.map((data) => ({ stream: 'stdout' as const, data })),
    );
    await writeAll(
      store.writer(execution, { resume: true }),
      again.map((data) => ({ stream: 'stdout' as const, data })),
    );
    expect(await readText(store.read(execution, 'stdout'))).toBe('a\xff\xfe\nb\ncd\n');
  });

  it('goes on wherever the index was torn', async () => {
    const store = test.store();
    const chunks = outputOf(13, 4);
    const directory = await unfinished(store, chunks);
    const copy = `${directory}-copy`;
    await cp(directory, copy, { recursive: true });
    const size = (await readFile(path.join(copy, 'index'))).length;
    for (let length = 0; length <= size; length += 1) {
      await rm(directory, { recursive: true });
      await cp(copy, directory, { recursive: true });
      await truncate(path.join(directory, 'index'), length);
      await writeAll(store.writer(execution, { resume: true }), chunks);
      await expectWhole(store, chunks);
    }
  });

  it.each(['stdout.log', 'stderr.log'])('goes on where the index is ahead of %s', async (name) => {
    const store = test.store();
    const chunks = outputOf(14, 6, 20);
    const directory = await unfinished(store, chunks);
    const copy = `${directory}-copy`;
    await cp(directory, copy, { recursive: true });
    const size = (await readFile(path.join(copy, name))).length;
    for (let length = 0; length < size; length += 1) {
      await rm(directory, { recursive: true });
      await cp(copy, directory, { recursive: true });
      await truncate(path.join(directory, name), length);
      await writeAll(store.writer(execution, { resume: true }), chunks);
      await expectWhole(store, chunks);
    }
  });

  it.each([
    ['zeros', Buffer.alloc(200)],
    ['another number', Buffer.from([1])],
  ])('does not take what a power cut left for a record (%s)', async (_, bytes) => {
    const store = test.store();
    const chunks = outputOf(15, 10);
    const directory = await unfinished(store, chunks.slice(0, 8));
    const index = await open(path.join(directory, 'index'), 'r+');
    await index.write(bytes, 0, bytes.length, 64 + 32 * 3 + 16);
    await index.close();
    await writeAll(store.writer(execution, { resume: true }), chunks);
    await expectWhole(store, chunks);
  });
});

describe('a writer that was taken for dead', () => {
  const written = async (store: LogStore, from: number) => {
    for await (const { data } of store.follow(execution, 'combined', { from, ended: () => false }))
      return data.toString();
    return undefined;
  };

  it('falls silent, and its heir has all', async () => {
    const store = test.store({ capMiB: 1 / 16 });
    const chunks = outputOf(16, 500);
    const late = store.writer(++execution, { resume: false });
    for (const chunk of chunks.slice(0, 20)) await late.write(chunk);
    const seen = textOf(chunks.slice(0, 20), 'combined').length;
    await written(store, seen - 1);
    const heir = store.writer(execution, { resume: true });
    for (const chunk of chunks.slice(0, 21)) await heir.write(chunk);
    expect(await written(store, seen)).toBe(chunks[20]!.data.toString());
    await writeAll(late, chunks.slice(20));
    const segments = (await readdir(store.directoryOf(execution))).filter((name) => name.startsWith('index'));
    expect(segments.sort()).toEqual(['index', 'index.1']);
    expect(await store.endOf(execution)).toBeUndefined();
    await writeAll(heir, chunks.slice(21));
    for (const selection of ['stdout', 'stderr', 'combined'] as const) {
      const whole = textOf(chunks, selection);
      expect(filledIn(await piecesOf(store.read(execution, selection)), whole)).toBe(whole);
    }
  });

  it('before its first byte does not begin behind its heir', async () => {
    const store = test.store();
    const chunks = outputOf(17, 30);
    const late = store.writer(++execution, { resume: true });
    await late.write({ stream: 'stdout', data: Buffer.alloc(0) });
    const heir = store.writer(execution, { resume: true });
    for (const chunk of chunks.slice(0, 20)) await heir.write(chunk);
    for (const chunk of chunks.slice(0, 10)) await late.write(chunk);
    await late.leave();
    for (const chunk of chunks.slice(20)) await heir.write(chunk);
    await heir.end();
    await expectWhole(store, chunks);
  });

  it('is not read any more, even where it has other bytes than its heir', async () => {
    const store = test.store();
    const chunk = (...bytes: number[]) => ({ stream: 'stdout' as const, data: Buffer.from(bytes) });
    const late = store.writer(++execution, { resume: false });
    await late.write(chunk(0x61, 0x0a));
    await written(store, 0);
    const heir = store.writer(execution, { resume: true });
    await heir.write(chunk(0x61, 0x0a));
    await late.write(chunk(0xff, 0x0a));
    await late.end();
    await heir.write({ stream: 'stdout', data: Buffer.from('\ufffd\nb\n') });
    await heir.end();
    expect(await readText(store.read(execution, 'stdout'))).toBe(
      Buffer.from('a\n\ufffd\nb\n').toString('latin1'),
    );
  });
});

describe('a process that is killed while it writes', () => {
  it.each([101, 102, 103])('loses and repeats nothing when others go on (seed %d)', async (seed) => {
    const random = randomOf(seed);
    const count = 4000;
    const chunks = outputOf(seed, count);
    execution += 1;
    const args = [test.directory, execution, 64, seed, count];
    for (let round = 0; round < 6; round += 1)
      expect(await program.run(args, 1 + Math.floor(random() * count * 0.9))).not.toContain('Error');
    expect(await program.run(args)).toMatch(/\.end$/);
    await expectWhole(test.store(), chunks);
  });

  it('names a full disk', async () => {
    if (process.getuid?.() !== 0) return;
    const home = path.join(test.directory, 'small');
    const mount = `mkdir -p '${home}'\nmount -t tmpfs -o size=64k none '${home}'`;
    expect(await program.run([home, 1, 64, 1, 4000], undefined, mount)).toMatch(/^\.+disk-full$/);
  });
});
