import type { BatchRowDocument, FileDocument } from '../../../../seed-schema/index.ts';
import type { Manifest } from '../../../manifest/index.ts';
import { joinList } from '../rows/cell.ts';

/** The columns that every job has. */
const common: Readonly<Record<string, (row: BatchRowDocument) => string | number | null>> = {
  row: ({ row }) => row,
  line: ({ line }) => line,
  status: ({ status }) => status,
  exit_code: ({ exit_code }) => exit_code,
  error_code: ({ error }) => error?.code ?? null,
  error: ({ error }) => error?.name ?? null,
  column: ({ column }) => column,
  message: ({ error }) => error?.message ?? null,
  directory: ({ directory }) => directory,
  job: ({ job }) => job,
  started: ({ started }) => started,
  ended: ({ ended }) => ended,
  stdout: ({ logs }) => logs.stdout,
  stderr: ({ logs }) => logs.stderr,
};

/**
 * How the rows went, as CSV: a heading, then a line for each row. Columns of the job's own names have `input:` or `output:`
 * before them; several files in a cell are separated by `;`, as in a batch file.
 */
export async function* csvPieces(
  manifest: Manifest,
  rows: AsyncIterable<BatchRowDocument>,
): AsyncGenerator<string> {
  const { inputs, outputs } = manifest.job.interface;
  const inputNames = [...inputs.files, ...inputs.json].map(({ name }) => name);
  yield csvLine([
    ...Object.keys(common),
    ...inputNames.map((name) => `input:${name}`),
    ...[...outputs.files, ...outputs.json].map(({ name }) => `output:${name}`),
  ]);
  for await (const row of rows)
    yield csvLine([
      ...Object.values(common).map((cell) => cell(row)),
      ...inputNames.map((name) => joinList(row.given[name] ?? [])),
      ...outputs.files.map(({ name }) => pathsOf(row.outputs.files[name] ?? [])),
      ...outputs.json.map(({ name }) => valueText(row.outputs.json[name])),
    ]);
}

/** One line of CSV (RFC 4180), an empty cell for null. Pure. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => csvCell(cell === null ? '' : String(cell))).join(',')}\n`;
}

/** Spaces at an end are quoted, too: our own reader would leave them out. */
function csvCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function pathsOf(files: readonly FileDocument[]): string {
  return joinList(files.map((file) => file.path));
}

function valueText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
