import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { batchIdentity } from '../../../test/support/batch.ts';
import { CopyingRunner } from '../../../test/support/batch-runner.ts';
import { tree, writeFiles } from '../../../test/support/cli-files.ts';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { testManifest } from '../../../test/support/manifest.ts';
import type { BatchRowDocument } from '../../../seed-schema/index.ts';
import { readConfig } from '../../config/index.ts';
import { openBatchDirectory } from './directories/batch-directory.ts';
import { RowDirectories } from './directories/row-directories.ts';
import { drive } from './drive.ts';
import type { Entry } from './journal/entry.ts';
import { journalName } from './journal/journal.ts';
import { RowPlaces } from './journal/row-places.ts';
import { rowsIn } from './results/rows.ts';
import { fileRows } from './rows/file-rows.ts';

const manifest = testManifest({ interface: { inputs: { files: [{ name: 'IN' }] } } });
const judgement = { manifest, limits: readConfig({ HOME: '/' }).limits, check: () => undefined };
const now = new Date('2026-11-22T04:53:28.123Z');

let root: string;

beforeEach(async () => {
  root = await temporaryDirectory();
  await writeFiles(root, {
    'in/a': 'a',
    'in/b': 'fail',
    'in/c': 'c',
    'in/d;\n"e"': 'd',
    'in/none': 'nothing',
    'in/broken': 'break',
  });
});

afterEach(() => rm(root, { recursive: true, force: true }));

const at = (name: string) => path.join(root, 'in', name);
const csvOf = (names: string[]) =>
  `IN\n${names.map((name) => `"${at(name).replaceAll('"', '""')}"`).join('\n')}\n`;

interface Options {
  readonly runner?: CopyingRunner;
  readonly signal?: AbortSignal;
  readonly retriesFailed?: boolean;
  readonly onEnd?: (row: BatchRowDocument, isNew: boolean) => void;
}

/** Begins or resumes the batch in `out` over these files, and tells how its rows ended. */
async function run(out: string, names: string[], options: Options = {}) {
  const { runner = new CopyingRunner(), signal = new AbortController().signal } = options;
  const file = path.join(root, 'batch.csv');
  await writeFile(file, csvOf(names));
  const rows = await fileRows(file, manifest);
  const directory = path.join(root, out);
  const { journal } = await openBatchDirectory(
    { directory, isResumed: true, retriesFailed: options.retriesFailed ?? false },
    batchIdentity(),
    now,
  );
  const places = new RowPlaces();
  const told: [number, boolean][] = [];
  try {
    await drive({
      ...{ rows, judgement, journal, places, runner, signal },
      directories: new RowDirectories(directory, now),
      onEnd: (row, isNew) => {
        told.push([row.row, isNew]);
        options.onEnd?.(row, isNew);
      },
    });
    const ended: BatchRowDocument[] = [];
    for await (const row of rowsIn(journal, places)) ended.push(row);
    return { ended, told, ran: runner.ran, directory };
  } finally {
    await journal.close();
  }
}

const shown = (rows: BatchRowDocument[]) =>
  rows.map(({ row, line, status, directory }) => [
    row,
    line,
    status,
    directory && path.relative(root, directory),
  ]);

describe('a batch', () => {
  it('ends each row in its directory, and refuses what is wrong alone', async () => {
    const { ended, directory } = await run('out', ['a', 'b', 'nowhere', 'none', 'd;\n"e"']);
    expect(shown(ended)).toEqual([
      [1, 2, 'completed', 'out/1-a'],
      [2, 3, 'failed', 'out/2-b'],
      [3, 4, 'rejected', null],
      [4, 5, 'completed', null],
      [5, 6, 'completed', 'out/5-d;\n"e"'],
    ]);
    expect(ended[2]).toMatchObject({ column: 'IN', error: { name: 'input-not-found' } });
    expect((await tree(directory)).filter((name) => name.endsWith('/'))).toEqual([
      '1-a/',
      '2-b/',
      '5-d;\n"e"/',
    ]);
  });

  it('tells of each row once, when it is in the journal', async () => {
    const unwritten: number[] = [];
    const { told } = await run('out', ['a', 'b', 'nowhere', 'c'], {
      onEnd: ({ row }) => {
        void readFile(path.join(root, 'out', journalName), 'utf8').then((text) => {
          if (!text.includes(`"row":{"row":${row}`)) unwritten.push(row);
        });
      },
    });
    expect(told.map(([row]) => row).sort()).toEqual([1, 2, 3, 4]);
    expect(told.every(([, isNew]) => isNew)).toBe(true);
    expect(unwritten).toEqual([]);
  });

  it('may have the same row several times', async () => {
    const { ended } = await run('out', ['a', 'a', 'a']);
    expect(shown(ended).map(([, , , directory]) => directory)).toEqual(['out/1-a', 'out/2-a', 'out/3-a']);
  });

  it('has more rows than are run at once', async () => {
    const names = Array.from({ length: 700 }, (_, number) => (number % 7 === 0 ? 'nowhere' : 'a'));
    const { ended } = await run('out', names, { runner: new CopyingRunner(5) });
    expect(ended).toHaveLength(700);
    expect(ended.filter(({ status }) => status === 'completed')).toHaveLength(600);
  });

  it('refuses a row alone whose directory cannot be made', async () => {
    const long = 'x'.repeat(255);
    // In the way; and no number fits behind it.
    await writeFiles(root, { [`in/${long}`]: 'x', [`out/${long}`]: 'theirs' });
    const rows = {
      total: 2,
      notes: [],
      close: async () => undefined,
      async *read() {
        yield { number: 1, line: null, given: new Map([['IN', [at(long)]]]) };
        yield { number: 2, line: null, given: new Map([['IN', [at('a')]]]) };
      },
    };
    const directory = path.join(root, 'out');
    const { journal } = await openBatchDirectory(
      { directory, isResumed: true, retriesFailed: false },
      batchIdentity(),
      now,
    );
    const ended: BatchRowDocument[] = [];
    await drive({
      ...{ rows, judgement, journal, places: new RowPlaces(), runner: new CopyingRunner() },
      signal: new AbortController().signal,
      directories: new RowDirectories(directory, now),
      onEnd: (row) => ended.push(row),
    });
    await journal.close();
    expect(ended.map(({ row, status, error }) => [row, status, error?.name]).sort()).toEqual([
      [1, 'rejected', 'output-directory-unusable'],
      [2, 'completed', undefined],
    ]);
  });
});

const names = ['a', 'b', 'nowhere', 'none', 'c', 'a', 'd;\n"e"'];

/** How a batch looks that nobody has disturbed: all but the journal, which has more lines when it was resumed. */
async function look(directory: string, ended: BatchRowDocument[]) {
  const files = (await tree(directory)).filter((name) => name !== journalName);
  const contents = await Promise.all(
    files.map(async (name) => {
      const file = path.join(directory, name);
      return [name, (await stat(file)).isFile() ? await readFile(file, 'utf8') : ''];
    }),
  );
  return {
    contents,
    ended: shown(ended).map(([row, line, status, where]) => [row, line, status, where?.toString().slice(3)]),
  };
}

/** Of directories, what a process leaves that was killed after these entries: whole ones, and those that it was at. */
async function asKilled(directory: string, entries: Entry[]): Promise<void> {
  const begun = new Map<string, string>();
  for (const entry of entries) if ('begun' in entry) begun.set(entry.begun.directory, entry.begun.id);
  const ended = new Set(entries.flatMap((entry) => ('ended' in entry ? [entry.ended.id] : [])));
  for (const name of (await tree(directory))
    .filter((one) => one.endsWith('/'))
    .map((one) => one.slice(0, -1)))
    if (!begun.has(name)) await rm(path.join(directory, name), { recursive: true });
    else if (!ended.has(begun.get(name)!)) await writeFiles(directory, { [`${name}/half`]: 'half' });
}

describe('a batch that is resumed', () => {
  it('equals an undisturbed one, wherever its journal was cut', async () => {
    const undisturbed = await run('out', names);
    const expected = await look(undisturbed.directory, undisturbed.ended);
    const whole = await readFile(path.join(root, 'out', journalName), 'utf8');
    const first = whole.indexOf('\n') + 1;
    for (let size = first; size <= whole.length; size += 101) {
      await cp(path.join(root, 'out'), path.join(root, 'cut'), { recursive: true });
      await truncate(path.join(root, 'cut', journalName), size);
      const lines = whole.slice(0, size).split('\n').slice(1, -1);
      await asKilled(
        path.join(root, 'cut'),
        lines.map((line) => JSON.parse(line) as Entry),
      );
      const again = await run('cut', names);
      const text = JSON.stringify(await look(again.directory, again.ended)).replaceAll('/cut/', '/out/');
      expect([size, JSON.parse(text)]).toEqual([size, JSON.parse(JSON.stringify(expected))]);
      await rm(path.join(root, 'cut'), { recursive: true });
    }
  });

  it('runs nothing that is done', async () => {
    await run('out', names);
    const { ran, told } = await run('out', names);
    expect(ran).toEqual([]);
    expect(told.filter(([, isNew]) => isNew)).toEqual([[3, true]]);
    expect(told.map(([row]) => row).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('runs again what the machine was to blame for, in the same directory', async () => {
    await run('out', ['a', 'broken']);
    const { ran, ended } = await run('out', ['a', 'broken']);
    expect(ran).toHaveLength(1);
    expect(shown(ended)[1]).toEqual([2, 3, 'failed', 'out/2-broken']);
    expect(await tree(path.join(root, 'out'))).toEqual(
      [journalName, '1-a/', '1-a/copy', '1-a/done', '2-broken/', '2-broken/copy'].sort(),
    );
  });

  it('runs again what failed by its own fault only when it is told to', async () => {
    await run('out', ['a', 'b']);
    expect((await run('out', ['a', 'b'])).ran).toEqual([]);
    const { ran, ended } = await run('out', ['a', 'b'], { retriesFailed: true });
    expect(ran).toHaveLength(1);
    expect(shown(ended)[1]).toEqual([2, 3, 'failed', 'out/2-b']);
  });

  it('knows its rows when others are put before them or taken away', async () => {
    await run('out', ['a', 'b', 'c']);
    const { ran, ended } = await run('out', ['none', 'c', 'a']);
    expect(ran).toHaveLength(1);
    expect(shown(ended)).toEqual([
      [1, 2, 'completed', null],
      [2, 3, 'completed', 'out/3-c'],
      [3, 4, 'completed', 'out/1-a'],
    ]);
  });

  it('looks again at rows that were wrong', async () => {
    await run('out', ['late']);
    await writeFiles(root, { 'in/late': 'x' });
    expect(shown((await run('out', ['late'])).ended)).toEqual([[1, 2, 'completed', 'out/1-late']]);
  });

  it('runs a row whose file has changed, beside what it had made', async () => {
    await run('out', ['a']);
    await writeFiles(root, { 'in/a': 'another' });
    const { ended } = await run('out', ['a']);
    expect(shown(ended)).toEqual([[1, 2, 'completed', 'out/1-a/20261122T045328Z']]);
  });
});

describe('a batch that is stopped', () => {
  it('by the user, has only what has ended, and goes on with the rest', async () => {
    const stop = new AbortController();
    const many = Array.from({ length: 50 }, () => 'a');
    const { ended } = await run('out', many, {
      signal: stop.signal,
      onEnd: ({ row }) => row === 5 && stop.abort('SIGINT'),
    });
    expect(ended.length).toBeLessThan(50);
    expect(ended.every(({ status }) => status === 'completed')).toBe(true);
    const resumed = await run('out', many);
    expect(resumed.ended).toHaveLength(50);
    expect(resumed.ran).toHaveLength(50 - ended.length);
  });

  it('before it began, runs nothing', async () => {
    const { ended, ran } = await run('out', names, { signal: AbortSignal.abort('SIGTERM') });
    expect([ended, ran]).toEqual([[], []]);
  });

  it('by its runner, throws what that throws, and keeps what has ended', async () => {
    const many = Array.from({ length: 20 }, () => 'a');
    await expect(run('out', many, { runner: new CopyingRunner(3, 4) })).rejects.toThrow('at its end');
    const { ran, ended } = await run('out', many);
    expect(ended).toHaveLength(20);
    expect(ran).toHaveLength(16);
  });
});
