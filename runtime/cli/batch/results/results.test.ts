import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { batchIdentity, rowDocument, rowError } from '../../../../test/support/batch.ts';
import { temporaryDirectory } from '../../../../test/support/database-server.ts';
import { testManifest } from '../../../../test/support/manifest.ts';
import { type BatchRowDocument, batchValidator, type FileDocument } from '../../../../seed-schema/index.ts';
import { SeedbedError } from '../../../errors/index.ts';
import { Journal } from '../journal/journal.ts';
import { RowPlaces } from '../journal/row-places.ts';
import { csvRecords } from '../rows/csv-records.ts';
import { batchSummary, rejectedBatch } from './batch-document.ts';
import { Failures, summaryText } from './summary.ts';
import { writeResults } from './write-results.ts';

const manifest = testManifest({
  interface: {
    inputs: {
      files: [{ name: 'IN', multiple: true }],
      json: [{ name: 'status', type: 'string', required: false }],
    },
    outputs: { files: [{ name: 'OUT', pattern: '*' }], json: [{ name: 'COUNT', type: 'integer' }] },
  },
});

const file = (name: string): FileDocument => ({
  ...{ id: 1, file_name: name, path: `/out/${name}`, file_size: 3, sha256: null, media_type: 'text/plain' },
  ...{ geometry: null, data_started: null, data_ended: null, meta_data: {} },
});

const rows: BatchRowDocument[] = [
  rowDocument(1, {
    given: { IN: ['a;b.txt', ' "c",\n'], status: ['fine'] },
    outputs: { files: { OUT: [file('x'), file('y;z')] }, json: { COUNT: 7 } },
  }),
  rowDocument(2, {
    ...{ status: 'rejected', directory: null, exit_code: null, started: null, ended: null, job: null },
    ...{ column: 'IN', error: rowError('data', 'input-not-found') },
  }),
  rowDocument(4, { status: 'failed', exit_code: 3, error: rowError('job', 'job-error') }),
];

const known = {
  ...{
    image: 'i',
    output_directory: '/out',
    warnings: [],
    started: rows[0]!.started!,
    ended: rows[0]!.ended!,
  },
};
const tally = { total: 4, completed: 1, failed: 1, rejected: 1 };

let directory: string;
let journal: Journal;

beforeEach(async () => {
  directory = await temporaryDirectory();
  const heading = { batch: 'b', created: known.started, identity: batchIdentity() };
  journal = await Journal.create(directory, heading);
});

afterEach(async () => {
  await journal.close();
  await rm(directory, { recursive: true, force: true });
});

async function written(ended: BatchRowDocument[], summary = batchSummary(tally, undefined, known)) {
  const places = new RowPlaces();
  for (const row of ended.toReversed())
    places.set(row.row, row.line, await journal.append({ ended: { id: null, row } }));
  const { json, csv } = await writeResults(directory, manifest, summary, { journal, places });
  const cells: (readonly string[])[] = [];
  for await (const record of csvRecords(csv)) cells.push(record.cells);
  return { document: JSON.parse(await readFile(json, 'utf8')) as object, cells };
}

describe('the results of a batch', () => {
  it('are a document with its rows in their order, however they ended', async () => {
    const { document } = await written(rows);
    expect(batchValidator.problems(document)).toEqual([]);
    expect(document).toEqual({
      ...{ status: 'failed', error: null, total: 4, completed: 1, failed: 1, rejected: 1, not_run: 1 },
      ...known,
      rows,
    });
  });

  it('are a document without any row, too', async () => {
    const none = { total: 0, completed: 0, failed: 0, rejected: 0 };
    const { document, cells } = await written([], batchSummary(none, undefined, known));
    expect(batchValidator.problems(document)).toEqual([]);
    expect(document).toMatchObject({ status: 'completed', rows: [] });
    expect(cells).toHaveLength(1);
  });

  it('are a CSV file that our own reader understands, whatever is in it', async () => {
    const { cells } = await written(rows);
    const [heading, ...lines] = cells;
    const shown = lines.map((line) => Object.fromEntries(heading!.map((name, at) => [name, line[at]])));
    expect(shown[0]).toMatchObject({
      ...{ row: '1', line: '2', status: 'completed', error: '', directory: '/out/1-a.txt' },
      ...{ 'input:IN': 'a\\;b.txt; "c",\n', 'input:status': 'fine' },
      ...{ 'output:OUT': '/out/x;/out/y\\;z', 'output:COUNT': '7' },
    });
    expect(shown[1]).toMatchObject({
      row: '2',
      status: 'rejected',
      column: 'IN',
      error: 'input-not-found',
      exit_code: '',
    });
    expect(shown[2]).toMatchObject({
      row: '4',
      exit_code: '3',
      error_code: 'SB2002',
      message: 'It failed; mend it.',
    });
  });

  it('are there whole or not at all', async () => {
    await written(rows);
    const before = await readFile(path.join(directory, 'results.json'), 'utf8');
    const places = new RowPlaces();
    places.set(1, 2, { offset: 0, length: 3 });
    const summary = batchSummary(tally, undefined, known);
    await expect(writeResults(directory, manifest, summary, { journal, places })).rejects.toMatchObject({
      error: 'result-file-unusable',
    });
    expect(await readFile(path.join(directory, 'results.json'), 'utf8')).toBe(before);
    expect((await readdir(directory)).sort()).toEqual([
      '.seedbed-batch.jsonl',
      'results.csv',
      'results.json',
    ]);
  });

  it('that cannot be written are an error of the registry', async () => {
    await writeFile(path.join(directory, 'file'), '');
    const where = path.join(directory, 'file');
    const summary = batchSummary(tally, undefined, known);
    await expect(
      writeResults(where, manifest, summary, { journal, places: new RowPlaces() }),
    ).rejects.toMatchObject({ error: 'result-file-unusable' });
  });

  it('of a batch that was rejected are a document of the same form', () => {
    const summary = rejectedBatch(
      new SeedbedError('batch-file-invalid', { file: 'x', problem: 'y' }),
      new Date(),
    );
    expect(batchValidator.problems({ ...summary, rows: [] })).toEqual([]);
    expect(summary).toMatchObject({ status: 'rejected', error: { code: 'SB1100' }, image: null });
    expect(rejectedBatch(new SeedbedError('disk-full', { what: 'x' }), new Date()).status).toBe('failed');
  });
});

describe('what is printed at the end', () => {
  const how = { took: 61_000, label: 'test-job 1.0.0', results: ['/out/results.json'] };
  const textOf = (ended: BatchRowDocument[], summary: ReturnType<typeof batchSummary>) => {
    const failures = new Failures();
    for (const row of ended) failures.add(row);
    return stripVTControlCharacters(summaryText(summary, failures, how)); // in colour under CI and on terminals
  };

  it('is one line where every row completed', () => {
    const all = { total: 2, completed: 2, failed: 0, rejected: 0 };
    expect(textOf([rows[0]!], batchSummary(all, undefined, known))).toBe(
      '\nresults  /out/results.json\n✔ test-job 1.0.0 2 of 2 rows completed in 61.0 s\n',
    );
  });

  it('is a table of the rows that did not, and why', () => {
    expect(textOf(rows.toReversed(), batchSummary(tally, undefined, known))).toBe(
      [
        '',
        'row  line  status    input  error                   why',
        '2    3     rejected  IN     SB2002 input-not-found  It failed; mend it.',
        '4    5     failed    IN     SB2002 job-error        It failed; mend it.',
        '',
        'results  /out/results.json',
        '✘ test-job 1.0.0 1 of 4 rows completed, 1 failed, 1 rejected, 1 not run in 61.0 s',
        'The same command with --resume runs what is not done.',
        '',
      ].join('\n'),
    );
  });

  it('names a hundred of them, and says how many more there are', () => {
    const many = Array.from({ length: 150 }, (_, at) => ({ ...rows[2]!, row: at + 1, line: null }));
    const text = textOf(
      many,
      batchSummary({ total: 150, completed: 0, failed: 150, rejected: 0 }, undefined, known),
    );
    expect(text.match(/^\d+ +failed/gm)).toHaveLength(100);
    expect(text).toContain('and 50 more, which results.csv has');
    expect(text).not.toContain('line');
  });

  it('says what ended it', () => {
    const error = new SeedbedError('canceled', { signal: 'SIGINT' });
    expect(textOf([], batchSummary({ ...tally, failed: 0, rejected: 0 }, error, known))).toMatch(
      /3 not run in 61\.0 s\n✘ SB2013 canceled: .*SIGINT.*\nThe same command with --resume/,
    );
  });
});
