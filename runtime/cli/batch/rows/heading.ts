import { nearest } from '../../../../seed-schema/nearest.ts';
import { SeedbedError } from '../../../errors/index.ts';
import type { InputFile, InputJson, Manifest } from '../../../manifest/index.ts';
import { environmentName } from '../../../manifest/names.ts';

/** What a column is for. */
export type Column =
  | { readonly kind: 'file'; readonly input: InputFile }
  | { readonly kind: 'json'; readonly input: InputJson }
  /** Has no name, as where each row ends in a comma: its cells must be empty. */
  | { readonly kind: 'none' };

/**
 * The columns that the first row of a batch file names, in any order: inputs of the manifest, files and JSON, in its
 * spelling or in that of their variables. Pure.
 * @throws batch-heading-invalid
 */
export function readHeading(cells: readonly string[], manifest: Manifest, file: string): Column[] {
  const { inputs } = manifest.job.interface;
  const columns: Exclude<Column, { kind: 'none' }>[] = [
    ...inputs.files.map((input) => ({ kind: 'file', input }) as const),
    ...inputs.json.map((input) => ({ kind: 'json', input }) as const),
  ];
  const names = columns.map(({ input }) => input.name);
  const refuse = (problem: string) =>
    new SeedbedError('batch-heading-invalid', { file, problem, known: names.join(', ') || 'none' });
  const taken = new Set<string>();
  const read = cells.map((cell): Column => {
    if (cell === '') return { kind: 'none' };
    const column =
      columns.find(({ input }) => input.name === cell) ??
      columns.find(({ input }) => environmentName(input.name) === environmentName(cell));
    if (!column) throw refuse(unknown(cell, names));
    if (taken.has(column.input.name)) throw refuse(`it names ${column.input.name} twice`);
    taken.add(column.input.name);
    return column;
  });
  if (taken.size === 0) throw refuse('it names no input');
  const missing = columns.filter(({ input }) => input.required && !taken.has(input.name));
  if (missing.length > 0)
    throw refuse(`it lacks ${missing.map(({ input }) => input.name).join(', ')}, which each row needs`);
  return read;
}

function unknown(cell: string, names: readonly string[]): string {
  const shown = JSON.stringify(cell);
  if (/[;\t]/.test(cell)) return `it has ${shown} for one column; columns are separated by commas`;
  const name = nearest(cell, names);
  return name === undefined
    ? `there is no input ${shown}`
    : `there is no input ${shown} (did you mean ${name}?)`;
}
