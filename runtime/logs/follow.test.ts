import { open, truncate } from 'node:fs/promises';
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
import { buildLogClient, type LogProgram } from '../../test/support/log-processes.ts';
import type { LogPiece } from './index.ts';

let test: TestStore;
let program: LogProgram;
let execution = 0;

beforeAll(async () => {
  [test, program] = await Promise.all([testStore(), buildLogClient()]);
});

afterAll(() => Promise.all([test.remove(), program.remove()]));

/** As long as only the mark counts. */
const running = { ended: () => false };
const selections = ['stdout', 'stderr', 'combined'] as const;
const line = (text: string) => ({ stream: 'stdout' as const, data: Buffer.from(text) });

async function next(pieces: AsyncIterator<LogPiece>): Promise<string | undefined> {
  const { done, value } = await pieces.next();
  return done ? undefined : value.data.toString();
}

describe('a follower', () => {
  it('sees each line at once, from before the first one on', async () => {
    const store = test.store();
    const pieces = store.follow(++execution, 'stdout', running)[Symbol.asyncIterator]();
    const first = next(pieces);
    const writer = store.writer(execution, { resume: false });
    await writer.write(line('one\n'));
    expect(await first).toBe('one\n');
    for (const text of ['two\n', 'three\n']) {
      const coming = next(pieces);
      await writer.write(line(text));
      expect(await coming).toBe(text);
    }
    await writer.write(line('the last, without a newline'));
    await writer.end();
    expect(await next(pieces)).toBe('the last, without a newline');
    expect(await next(pieces)).toBeUndefined();
  });

  it('goes on at every offset', async () => {
    const store = test.store();
    const chunks = outputOf(30, 12, 20);
    await writeAll(store.writer(++execution, { resume: false }), chunks);
    for (const selection of selections) {
      const whole = textOf(chunks, selection);
      for (let from = 0; from <= whole.length; from += 1)
        expect(await readText(store.follow(execution, selection, { from, ...running }))).toBe(
          whole.slice(from),
        );
    }
  });

  it('can be broken off at every piece and taken up again by another', async () => {
    const store = test.store();
    const chunks = outputOf(31, 200);
    const writing = writeAll(store.writer(++execution, { resume: false }), chunks);
    const read: LogPiece[] = [];
    for (let whole = false; !whole;) {
      whole = true;
      for await (const piece of store.follow(execution, 'combined', {
        from: read.at(-1)?.next ?? 0,
        ...running,
      })) {
        read.push(piece);
        whole = false;
        break;
      }
    }
    await writing;
    expect(filledIn(read, textOf(chunks, 'combined'))).toBe(textOf(chunks, 'combined'));
  });

  it('loses nothing at the end of a job in another process', async () => {
    const store = test.store();
    const count = 300;
    for (let round = 0; round < 5; round += 1) {
      const followers = selections.map((selection) =>
        readText(store.follow(execution + 1, selection, running)),
      );
      await program.run([test.directory, ++execution, 64, round, count]);
      const chunks = outputOf(round, count);
      expect(await Promise.all(followers)).toEqual(selections.map((selection) => textOf(chunks, selection)));
    }
  });

  it('looks once more after it was told that the job is over', async () => {
    const store = test.store({ pollMs: 5 });
    const chunks = outputOf(32, 20);
    const directory = store.directoryOf(++execution);
    const writer = store.writer(execution, { resume: false });
    for (const chunk of chunks.slice(0, 19)) await writer.write(chunk);
    let over = false;
    const ended = async () => {
      if (over) return true;
      // What is written after this answer was asked for must still be read.
      await writer.write(chunks[19]!);
      await writer.end();
      const index = path.join(directory, 'index');
      const file = await open(index);
      const { size } = await file.stat();
      await file.close();
      await truncate(index, size - 32);
      over = true;
      return true;
    };
    expect(await readText(store.follow(execution, 'combined', { ended }))).toBe(textOf(chunks, 'combined'));
  });

  it('ends when there never was a log', async () => {
    const store = test.store({ pollMs: 5 });
    const answers = [false, false, true];
    const ended = () => answers.shift()!;
    expect(await piecesOf(store.follow(++execution, 'stdout', { ended }))).toEqual([]);
    expect(answers).toEqual([]);
  });

  it('is told to stop', async () => {
    const store = test.store();
    const writer = store.writer(++execution, { resume: false });
    await writer.write(line('one\n'));
    const stop = new AbortController();
    const followed = store.follow(execution, 'stdout', { signal: stop.signal, ...running });
    const pieces = followed[Symbol.asyncIterator]();
    expect(await next(pieces)).toBe('one\n');
    const waiting = next(pieces);
    stop.abort();
    expect(await waiting).toBeUndefined();
    await writer.end();
  });

  it('stays with a log that is rotated faster than it reads', async () => {
    const store = test.store({ capMiB: 1 / 64 });
    const chunks = outputOf(33, 1500);
    const writing = writeAll(store.writer(++execution, { resume: false }), chunks);
    const read = await Promise.all(
      selections.map((selection) => piecesOf(store.follow(execution, selection, running))),
    );
    await writing;
    for (const [at, selection] of selections.entries()) {
      const whole = textOf(chunks, selection);
      expect(filledIn(read[at]!, whole)).toBe(whole);
    }
  });

  it('goes over from a writer that left to the next one', async () => {
    const store = test.store();
    const pieces = store.follow(++execution, 'stdout', running)[Symbol.asyncIterator]();
    const leaving = store.writer(execution, { resume: false });
    await leaving.write(line('one\n'));
    await leaving.leave();
    expect(await store.endOf(execution)).toBeUndefined();
    expect(await next(pieces)).toBe('one\n');
    const coming = next(pieces);
    const heir = store.writer(execution, { resume: true });
    await heir.write(line('one\ntwo\n'));
    expect(await coming).toBe('two\n');
    await heir.end();
    expect(await next(pieces)).toBeUndefined();
  });

  it('goes over from a writer that died to the next one', async () => {
    const store = test.store();
    const count = 3000;
    const args = [test.directory, ++execution, 64, 34, count];
    const followers = selections.map((selection) => readText(store.follow(execution, selection, running)));
    for (const killAfter of [100, 900, 2000]) await program.run(args, killAfter);
    await program.run(args);
    const chunks = outputOf(34, count);
    expect(await Promise.all(followers)).toEqual(selections.map((selection) => textOf(chunks, selection)));
  });
});
