import { CsvError, type Info, parse } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { isErrno, reasonOf, SeedbedError } from '../../../errors/index.ts';

/** One line of a CSV file, or several where a cell holds line ends. Lines without any cell are left out. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** Where it begins; the first line is 1. */
  readonly line: number;
  /** 0 is the first record, the heading; what is left out between two records is counted. */
  readonly number: number;
}

/** More than any row that was meant: a quote that is never closed must not fill the memory. */
const longestRecord = 16 * 2 ** 20;

/**
 * Reads a CSV file as a stream (RFC 4180: cells with commas, quotes or line ends are put in quotes, quotes in them are
 * doubled), with or without a byte order mark, whatever ends its lines. Spaces around a cell are left out, those inside its
 * quotes are not. Quotes inside a cell that does not begin with one are part of it, as they were for seed-cli.
 * @throws batch-file-invalid where it cannot be read on
 */
export async function* csvRecords(file: string): AsyncGenerator<CsvRecord> {
  const parser = parse({
    bom: true,
    info: true,
    ltrim: true,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: longestRecord,
    cast: (text, { quoting }) => (quoting ? unquoted(text) : text.trimEnd()),
  });
  const source = createReadStream(file);
  // `pipe` passes no errors on.
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let line = 1;
  let number = 0;
  try {
    for await (const { record } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      const isBlank = record.length === 1 && record[0] === '';
      if (!isBlank) yield { cells: record, line, number };
      if (!isBlank || number > 0) number++;
      line += 1 + lineEndsIn(record);
    }
  } catch (thrown) {
    throw new SeedbedError('batch-file-invalid', { file, problem: problemOf(thrown, line) });
  } finally {
    source.destroy();
  }
}

/** `"a" ` with a space behind its quotes comes as it is written. */
function unquoted(text: string): string {
  const [, inside] = /^"([^]*)"\s+$/.exec(text) ?? [];
  return inside === undefined ? text : inside.replaceAll('""', '"');
}

function lineEndsIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

function problemOf(thrown: unknown, line: number): string {
  if (thrown instanceof CsvError || isErrno(thrown, 'CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'))
    return thrown.code === 'CSV_MAX_RECORD_SIZE'
      ? `the row that begins on line ${line} is larger than ${longestRecord / 2 ** 20} MiB; its quotes may lack their end`
      : `the quotes that are opened in the row on line ${line} are never closed`;
  if (isErrno(thrown, 'ENOENT')) return 'there is no such file';
  return reasonOf(thrown);
}
