import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  filledIn,
  outputOf,
  piecesOf,
  readText,
  testStore,
  type TestStore,
  textOf,
  writeAll,
} from '../../test/support/log-output.ts';

let test: TestStore;
let execution = 0;

beforeAll(async () => {
  test = await testStore();
});

afterAll(() => test.remove());

const line = (stream: 'stdout' | 'stderr', text: string) => ({ stream, data: Buffer.from(text) });

describe('the log store', () => {
  it('has nothing of an execution without a log, and that is no error', async () => {
    const store = test.store();
    expect(await piecesOf(store.read(999, 'combined'))).toEqual([]);
    expect(await piecesOf(store.read(999, 'stdout', { from: 7 }))).toEqual([]);
    expect(await store.endOf(999)).toBeUndefined();
    await store.remove(999);
  });

  it('keeps the order and the time of arrival', async () => {
    let now = 1000;
    const store = test.store({ now: () => now });
    const writer = store.writer(++execution, { resume: false });
    for (const [stream, text] of [
      ['stdout', 'one\n'],
      ['stderr', 'two\n'],
      ['stdout', 'three\n'],
    ] as const) {
      await writer.write(line(stream, text));
      now += 1000;
    }
    await writer.end();
    const pieces = await piecesOf(store.read(execution, 'combined'));
    expect(pieces.map(({ data, ...piece }) => ({ ...piece, data: data.toString() }))).toEqual([
      { offset: 0, next: 4, time: 1000, stream: 'stdout', data: 'one\n', dropped: 0 },
      { offset: 4, next: 8, time: 2000, stream: 'stderr', data: 'two\n', dropped: 0 },
      { offset: 8, next: 14, time: 3000, stream: 'stdout', data: 'three\n', dropped: 0 },
    ]);
    expect((await piecesOf(store.read(execution, 'stdout'))).map(({ offset }) => offset)).toEqual([0, 4]);
    expect(await store.endOf(execution)).toBe(4000);
  });

  it('gives what comes at once into one write its own place all the same', async () => {
    const store = test.store();
    const chunks = outputOf(1, 3000, 40);
    const writer = store.writer(++execution, { resume: false });
    await Promise.all(chunks.map((chunk) => writer.write(chunk)));
    await writer.end();
    for (const selection of ['stdout', 'stderr', 'combined'] as const)
      expect(await readText(store.read(execution, selection))).toBe(textOf(chunks, selection));
  });

  it('gives any part of a log', async () => {
    const store = test.store();
    const chunks = outputOf(2, 15, 20);
    await writeAll(store.writer(++execution, { resume: false }), chunks);
    for (const selection of ['stdout', 'stderr', 'combined'] as const) {
      const whole = textOf(chunks, selection);
      for (let from = 0; from <= whole.length; from += 1) {
        const pieces = await piecesOf(store.read(execution, selection, { from, limit: 30 }));
        expect(filledIn(pieces, whole, from)).toBe(whole.slice(0, from + 30));
      }
    }
  });

  it('is plain text that nobody else may read', async () => {
    const store = test.store();
    await writeAll(store.writer(++execution, { resume: false }), [line('stderr', 'alas\n')]);
    const directory = store.directoryOf(execution);
    expect(await readFile(path.join(directory, 'stderr.log'), 'utf8')).toBe('alas\n');
    expect(await readFile(path.join(directory, 'stdout.log'), 'utf8')).toBe('');
    const modes = await Promise.all(
      [
        test.directory,
        directory,
        ...['stdout.log', 'stderr.log', 'index'].map((name) => path.join(directory, name)),
      ].map(async (file) => (await stat(file)).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o700, 0o600, 0o600, 0o600]);
  });

  it('begins anew where a writer does not resume', async () => {
    const store = test.store();
    await writeAll(store.writer(++execution, { resume: false }), outputOf(3, 20));
    await writeAll(store.writer(execution, { resume: false }), [line('stdout', 'again\n')]);
    expect(await readText(store.read(execution, 'combined'))).toBe('again\n');
  });

  it('needs no end for a writer that was never used', async () => {
    const store = test.store();
    store.writer(++execution, { resume: false });
    await expect(stat(store.directoryOf(execution))).rejects.toThrow('ENOENT');
  });

  it('removes a log as a whole', async () => {
    const store = test.store();
    await writeAll(store.writer(++execution, { resume: false }), outputOf(4, 20));
    await store.remove(execution);
    await store.remove(execution);
    expect(await piecesOf(store.read(execution, 'combined'))).toEqual([]);
  });
});
