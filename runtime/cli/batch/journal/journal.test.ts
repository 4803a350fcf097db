import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { batchIdentity, rowDocument, rowError } from '../../../../test/support/batch.ts';
import { temporaryDirectory } from '../../../../test/support/database-server.ts';
import { Journal, journalName } from './journal.ts';

let directory: string;
let file: string;
let journal: Journal;

beforeEach(async () => {
  directory = await temporaryDirectory();
  file = path.join(directory, journalName);
  journal = await Journal.create(directory, heading);
});

afterEach(async () => {
  await journal.close().catch(() => undefined);
  await rm(directory, { recursive: true, force: true });
});

const heading = { batch: 'b', created: '2026-11-22T05:10:56.448Z', identity: batchIdentity() };
const ended = (id: string | null, row: number, differing = {}) => ({
  ended: { id, row: rowDocument(row, differing) },
});

/** As after a crash: nothing is closed in order. */
async function reopened() {
  await journal.close();
  const opened = (await Journal.open(directory))!;
  journal = opened.journal;
  return opened;
}

describe('a journal', () => {
  it('is told apart from none', async () => {
    expect(journal.heading).toEqual({ format: 1, ...heading });
    await rm(file);
    expect(await Journal.open(directory)).toBeUndefined();
  });

  it('is never begun over another, and leaves nothing beside it', async () => {
    await expect(Journal.create(directory, heading)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readdir(directory)).toEqual([journalName]);
  });

  it('gives back each entry by its place, before and after it is opened anew', async () => {
    const entries = Array.from({ length: 300 }, (_, at) =>
      ended(`id-${at}`, at + 1, { given: { IN: ['ä\n"'] } }),
    );
    const places = await Promise.all(entries.map((entry) => journal.append(entry)));
    const look = () => Promise.all(places.map((place) => journal.read(place)));
    expect(await look()).toEqual(entries);
    await reopened();
    expect(await look()).toEqual(entries);
    await journal.append(ended('more', 301));
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(303);
  });

  it('has an entry in its file as soon as it says so', async () => {
    await journal.append(ended('a', 1));
    expect((await readFile(file, 'utf8')).endsWith(`${JSON.stringify(ended('a', 1))}\n`)).toBe(true);
  });

  it('reads entries that are larger than what it reads at once', async () => {
    const long = ended('a', 1, { given: { IN: ['x'.repeat(3 * 2 ** 20)] } });
    const place = await journal.append(long);
    await reopened();
    expect(await journal.read(place)).toEqual(long);
  });

  it('that cannot be written refuses every later entry, too', async () => {
    await journal.close();
    await expect(journal.append(ended('a', 1))).rejects.toMatchObject({ error: 'batch-journal-unusable' });
    await expect(journal.append(ended('b', 2))).rejects.toMatchObject({ error: 'batch-journal-unusable' });
  });
});

describe('what a killed batch has left', () => {
  it('are rows that are done, and directories of those that are not', async () => {
    await journal.append({ begun: { id: 'a', directory: 'A' } });
    await journal.append({ begun: { id: 'b', directory: 'B' } });
    await journal.append({ begun: { id: 'c', directory: 'C' } });
    const place = await journal.append(ended('a', 1));
    await journal.append(ended('c', 3, { status: 'failed', error: rowError('system') }));
    const { done, begun } = (await reopened()).journal;
    expect([done.find('a'), done.find('b'), done.find('c'), done.find('d')]).toEqual([
      place,
      undefined,
      undefined,
      undefined,
    ]);
    expect(['a', 'b', 'c', 'd'].map((id) => begun.directoryOf(id))).toEqual([undefined, 'B', 'C', undefined]);
  });

  it.each([
    ['completed', {}, true],
    ['failed by its own fault', { status: 'failed', error: rowError('job') }, true],
    ["failed by its input's fault", { status: 'failed', error: rowError('data') }, true],
    ["failed by the machine's fault", { status: 'failed', error: rowError('system') }, false],
    ['canceled', { status: 'failed', error: rowError('job', 'canceled') }, false],
    ['rejected', { status: 'rejected', error: rowError('data') }, false],
  ] as const)('a row that %s', async (_, differing, isDone) => {
    await journal.append(ended('a', 1, differing));
    expect((await reopened()).journal.done.find('a') !== undefined).toBe(isDone);
  });

  it.each([
    ['half a line', '{"ended":{"id":"x'],
    ['zeros', '\0'.repeat(100)],
    ['zeros and an end', `${'\0'.repeat(100)}\n`],
    ['a line without its end', '{"ended":{"id":null,"row":{}}}'],
  ])('may end in %s, which is cut off', async (_, torn) => {
    await journal.append(ended('a', 1));
    const whole = await readFile(file, 'utf8');
    await appendFile(file, torn);
    const { isDamaged } = await reopened();
    expect(isDamaged).toBe(false);
    const place = await journal.append(ended('b', 2));
    expect(await readFile(file, 'utf8')).toBe(`${whole}${JSON.stringify(ended('b', 2))}\n`);
    expect(await journal.read(place)).toEqual(ended('b', 2));
  });

  it('is trusted up to its first broken line only', async () => {
    await journal.append(ended('a', 1));
    await appendFile(file, 'broken\n');
    await appendFile(file, `${JSON.stringify(ended('b', 2))}\n`);
    const { isDamaged, journal: again } = await reopened();
    expect([isDamaged, again.done.find('a') !== undefined, again.done.find('b')]).toEqual([
      true,
      true,
      undefined,
    ]);
  });

  it('cut at any byte, has every row that was whole, and takes more', async () => {
    const places = [];
    for (const [at, id] of ['a', 'b', 'c'].entries()) places.push(await journal.append(ended(id, at + 1)));
    await journal.close();
    const whole = await readFile(file);
    for (let size = places[0]!.offset; size < whole.length; size += 37) {
      await writeFile(file, whole);
      await truncate(file, size);
      journal = (await Journal.open(directory))!.journal;
      const expected = places.map((place) => (place.offset + place.length <= size ? place : undefined));
      expect(['a', 'b', 'c'].map((id) => journal.done.find(id))).toEqual(expected);
      await journal.append(ended('d', 4));
      await journal.close();
    }
  });

  it.each([
    ['without a first line', ''],
    ['of another version', '{"format":99}\n'],
  ])('%s is said to be unusable', async (_, content) => {
    await journal.close();
    await writeFile(file, content);
    await expect(Journal.open(directory)).rejects.toMatchObject({ error: 'batch-journal-unusable' });
  });

  it('is looked for in directories only', async () => {
    const noDirectory = path.join(directory, 'x');
    await writeFile(noDirectory, '');
    await expect(Journal.open(noDirectory)).rejects.toMatchObject({ error: 'batch-journal-unusable' });
  });
});
