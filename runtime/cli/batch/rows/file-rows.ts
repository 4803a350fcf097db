import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { reasonOf, SeedbedError } from '../../../errors/index.ts';
import type { Manifest } from '../../../manifest/index.ts';
import { pathsIn } from './cell.ts';
import { csvRecords } from './csv-records.ts';
import { type Column, readHeading } from './heading.ts';
import type { Rows, WrittenRow } from './row.ts';

/**
 * The rows of a CSV file, which is read twice: once to judge its form and count its rows, before anything is run, and
 * once to run them. What can be read only once, such as `<(...)`, is copied first.
 * @throws batch-file-invalid, batch-heading-invalid
 */
export async function fileRows(file: string, manifest: Manifest): Promise<Rows> {
  const spooled = await regular(file);
  try {
    let columns: Column[] | undefined;
    let total = 0;
    for await (const { cells } of csvRecords(spooled.file)) {
      if (columns) total++;
      else columns = readHeading(cells, manifest, file);
    }
    if (!columns) throw new SeedbedError('batch-file-invalid', { file, problem: 'it is empty' });
    const heading = columns;
    return { total, notes: [], read: () => rowsIn(spooled.file, heading), close: spooled.remove };
  } catch (thrown) {
    await spooled.remove();
    throw thrown;
  }
}

async function* rowsIn(file: string, columns: readonly Column[]): AsyncGenerator<WrittenRow> {
  for await (const { cells, line, number } of csvRecords(file))
    if (number > 0) yield writtenRow(cells, columns, { line, number });
}

/** What the cells of a row say. An empty cell is none. */
export function writtenRow(
  cells: readonly string[],
  columns: readonly Column[],
  { line, number }: { readonly line: number; readonly number: number },
): WrittenRow {
  const given = new Map<string, string[]>();
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? '';
    if (cell !== '' && column.kind !== 'none')
      given.set(column.input.name, column.kind === 'file' ? pathsIn(cell, column.input) : [cell]);
  }
  const stray = cells.findIndex((cell, at) => cell !== '' && (columns[at]?.kind ?? 'none') === 'none');
  if (stray < 0) return { number, line, given };
  const error = new SeedbedError('batch-row-invalid', {
    count: cells.length,
    expected: columns.filter(({ kind }) => kind !== 'none').length,
    position: stray + 1,
    cell: JSON.stringify(cells[stray]),
  });
  return { number, line, given, error };
}

/** A file that can be read twice: it, or a copy of what can be read only once. @throws batch-file-invalid */
export async function regular(file: string): Promise<{ file: string; remove: () => Promise<void> }> {
  const found = await stat(file).catch((thrown: unknown) => {
    throw new SeedbedError('batch-file-invalid', { file, problem: reasonOf(thrown) });
  });
  if (found.isDirectory())
    throw new SeedbedError('batch-file-invalid', {
      file,
      problem: 'it is a directory, which is given with -d',
    });
  if (found.isFile()) return { file, remove: async () => undefined };
  const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-batch-'));
  const copy = path.join(directory, randomUUID());
  await pipeline(createReadStream(file), createWriteStream(copy));
  return { file: copy, remove: () => rm(directory, { recursive: true, force: true }) };
}
