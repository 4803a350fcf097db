import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryDirectory } from '../../../../test/support/database-server.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';

let directory: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterAll(() => rm(directory, { recursive: true, force: true }));

async function read(content: string | Buffer): Promise<CsvRecord[]> {
  const file = path.join(directory, 'batch.csv');
  await writeFile(file, content);
  const records: CsvRecord[] = [];
  for await (const record of csvRecords(file)) records.push(record);
  return records;
}

const cellsOf = async (content: string | Buffer) => (await read(content)).map(({ cells }) => cells);

describe('the cells of a CSV file', () => {
  it.each<[string, string, string[][]]>([
    [
      'plain',
      'A,B\n1,2\n',
      [
        ['A', 'B'],
        ['1', '2'],
      ],
    ],
    ['no end of the last line', 'A\n1', [['A'], ['1']]],
    [
      'a byte order mark',
      '\ufeffA,B\n1,2\n',
      [
        ['A', 'B'],
        ['1', '2'],
      ],
    ],
    ['a mark before a quote', '\ufeff"A",B\n', [['A', 'B']]],
    [
      'lines of Windows',
      'A,B\r\n1,2\r\n',
      [
        ['A', 'B'],
        ['1', '2'],
      ],
    ],
    ['lines of old Macintoshes', 'A\r1\r', [['A'], ['1']]],
    ['mixed lines', 'A\r\n1\n2\r\n', [['A'], ['1'], ['2']]],
    [
      'commas in quotes',
      'A,B\n"a, b",2\n',
      [
        ['A', 'B'],
        ['a, b', '2'],
      ],
    ],
    ['doubled quotes', 'A\n"say ""hi"""\n', [['A'], ['say "hi"']]],
    [
      'line ends in quotes',
      'A,B\n"a\nb\r\nc",2\n',
      [
        ['A', 'B'],
        ['a\nb\r\nc', '2'],
      ],
    ],
    ['quotes within a cell', 'A\n5" disk.png\n', [['A'], ['5" disk.png']]],
    [
      'text behind quotes',
      'A,B\n"a"b,2\n3,4\n',
      [
        ['A', 'B'],
        ['"a"b', '2'],
        ['3', '4'],
      ],
    ],
    [
      'spaces around cells',
      'A, B\n a.png ,\tb.png\n',
      [
        ['A', 'B'],
        ['a.png', 'b.png'],
      ],
    ],
    [
      'spaces around quotes',
      'A,B\n "a, b" , "c ""d""" \n',
      [
        ['A', 'B'],
        ['a, b', 'c "d"'],
      ],
    ],
    [
      'spaces inside quotes',
      'A,B\n" a ",2\n',
      [
        ['A', 'B'],
        [' a ', '2'],
      ],
    ],
    [
      'empty cells',
      'A,B,C\n,"",\n',
      [
        ['A', 'B', 'C'],
        ['', '', ''],
      ],
    ],
    ['rows of other lengths', 'A,B\n1\n1,2,3\n', [['A', 'B'], ['1'], ['1', '2', '3']]],
    ['signs of every kind', 'A\nÅ ß 日本 🛰️.png\n', [['A'], ['Å ß 日本 🛰️.png']]],
    ['nothing', '', []],
    ['a mark alone', '\ufeff', []],
    ['blank lines alone', '\n \n\n', []],
  ])('%s', async (_, content, expected) => {
    expect(await cellsOf(content)).toEqual(expected);
  });

  it('JSON in quotes stays what it is', async () => {
    expect(await cellsOf('A\n"""text"""\n"{""a"": [1, 2]}"\n')).toEqual([
      ['A'],
      ['"text"'],
      ['{"a": [1, 2]}'],
    ]);
  });

  it('a mark of UTF-16 is understood', async () => {
    expect(await cellsOf(Buffer.from('\ufeffA,B\nå,2\n', 'utf16le'))).toEqual([
      ['A', 'B'],
      ['å', '2'],
    ]);
  });
});

describe('where a row stands', () => {
  it('counts blank lines behind the heading, and lines within cells', async () => {
    const records = await read('\nA\n1\n\n"a\r\nb"\n  \n3\n');
    expect(records.map(({ number, line, cells }) => [number, line, cells[0]])).toEqual([
      [0, 2, 'A'],
      [1, 3, '1'],
      [3, 5, 'a\r\nb'],
      [5, 8, '3'],
    ]);
  });

  it('quotes that are never closed are told by the line of their row', async () => {
    await expect(read('A\n1\n2\n"3\n4\n5\n')).rejects.toThrow(/row on line 4 are never closed/);
  });

  it('and do not fill the memory', async () => {
    await expect(read(`A\n1\n"${'x'.repeat(17 * 2 ** 20)}`)).rejects.toThrow(
      /row that begins on line 3 is larger than 16 MiB/,
    );
  });

  it('a file that is not there is said to be so', async () => {
    const reading = csvRecords(path.join(directory, 'nowhere.csv')).next();
    await expect(reading).rejects.toThrow(/nowhere\.csv cannot be read: there is no such file/);
  });
});
