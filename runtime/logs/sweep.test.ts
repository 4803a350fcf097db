import { mkdir, readdir, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  outputOf,
  readText,
  testStore,
  type TestStore,
  textOf,
  writeAll,
} from '../../test/support/log-output.ts';

let test: TestStore;

beforeEach(async () => {
  test = await testStore();
});

afterEach(() => test.remove());

const hour = 3_600_000;
const start = Date.now();
const chunks = outputOf(40, 20);

/** The store as it is so many hours after the start; it keeps logs for an hour. */
const storeAt = (hours: number) => test.store({ now: () => start + hours * hour, retentionSeconds: 3600 });
const left = async () => (await readdir(test.directory)).sort();

describe('sweep', () => {
  it('is content without any log', async () => {
    expect(await storeAt(0).sweep()).toBe(0);
  });

  it('removes what ended longer ago than logs are kept', async () => {
    await writeAll(storeAt(0).writer(1, { resume: false }), chunks);
    await writeAll(storeAt(2).writer(2, { resume: false }), chunks);
    expect(await storeAt(0.9).sweep()).toBe(0);
    expect(await storeAt(2.5).sweep()).toBe(1);
    expect(await left()).toEqual(['2']);
    expect(await readText(storeAt(2.5).read(2, 'combined'))).toBe(textOf(chunks, 'combined'));
  });

  it('never removes one that is written, however old its beginning is', async () => {
    const writer = storeAt(0).writer(1, { resume: false });
    await writer.write(chunks[0]!);
    expect(await storeAt(9000).sweep({ running: () => true })).toBe(0);
    expect(await storeAt(9000).sweep()).toBe(0);
    await writer.end();
  });

  it('removes one of which the writer died, when its execution is over', async () => {
    await writeAll(storeAt(0).writer(7, { resume: false }), []);
    await truncate(path.join(test.directory, '7', 'index'), 64);
    const asked: number[] = [];
    const running = (execution: number) => {
      asked.push(execution);
      return false;
    };
    expect(await storeAt(0.5).sweep({ running })).toBe(0);
    expect(await storeAt(3).sweep({ running })).toBe(1);
    expect(asked).toEqual([7]);
  });

  it('takes the last change for the end of one that has none', async () => {
    const directory = path.join(test.directory, '8');
    await mkdir(directory, { recursive: true });
    const file = path.join(directory, 'stdout.log');
    await writeFile(file, 'by seed-run\n');
    const late = new Date(start + 5 * hour);
    await utimes(file, late, late);
    expect(await storeAt(5.5).sweep({ running: () => false })).toBe(0);
    expect(await storeAt(6.5).sweep({ running: () => false })).toBe(1);
  });

  it('finishes what an interrupted one began, and leaves alone what is no log', async () => {
    for (const name of ['.removed-3-x', 'notes', '12.old']) {
      await mkdir(path.join(test.directory, name), { recursive: true });
      await writeFile(path.join(test.directory, name, 'stdout.log'), 'text');
    }
    expect(await storeAt(9).sweep({ running: () => false })).toBe(0);
    expect(await left()).toEqual(['12.old', 'notes']);
  });

  it('stops between two logs', async () => {
    for (let execution = 1; execution <= 5; execution += 1)
      await writeAll(storeAt(0).writer(execution, { resume: false }), []);
    for (let execution = 1; execution <= 5; execution += 1)
      await truncate(path.join(test.directory, `${execution}`, 'index'), 64);
    const stop = new AbortController();
    const running = () => {
      stop.abort();
      return false;
    };
    expect(await storeAt(9).sweep({ running, signal: stop.signal })).toBe(1);
    expect(await left()).toHaveLength(4);
  });

  it('may be done by several at once', async () => {
    for (let execution = 1; execution <= 20; execution += 1)
      await writeAll(storeAt(0).writer(execution, { resume: false }), chunks);
    await Promise.all([storeAt(9).sweep(), storeAt(9).sweep(), storeAt(9).sweep()]);
    expect(await left()).toEqual([]);
  });
});
