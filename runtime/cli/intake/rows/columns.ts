import { nearest } from '../../../../seed-schema/nearest.ts';
import { SeedbedError } from '../../../errors/index.ts';
import { environmentName } from '../../../manifest/names.ts';
import { splitList } from '../../batch/rows/cell.ts';
import type { Declared } from './declared.ts';
import type { WrittenTask } from './task.ts';

/** What a column is for. */
export type Column =
  | { readonly kind: 'input'; readonly name: string; readonly takesSeveral: boolean }
  | { readonly kind: 'setting'; readonly name: string }
  | { readonly kind: 'unique_id' | 'priority' }
  /** Has no name, as where each row ends in a comma: its cells must be empty. */
  | { readonly kind: 'none' };

const own = ['unique_id', 'priority'] as const;

/**
 * The columns that the first row of a CSV file names, in any order: inputs, in their own spelling or that of their variables,
 * `settings.NAME`, `unique_id`, `priority`. An input that has one of these two names is written `inputs.NAME`. Pure.
 * @throws intake-heading-invalid
 */
export function readColumns(cells: readonly string[], declared: Declared, file: string): Column[] {
  const inputs = [...declared.files, ...declared.json].map(({ name }) => name);
  const known = [...inputs, ...own, ...(declared.settings ?? []).map((name) => `settings.${name}`)];
  const refuse = (problem: string) =>
    new SeedbedError('intake-heading-invalid', { file, problem, known: known.join(', ') });
  const taken = new Set<string>();
  const columns = cells.map((cell): Column => {
    if (cell === '') return { kind: 'none' };
    const column = columnOf(cell, inputs, declared);
    if (!column) throw refuse(unknown(cell, known));
    const key = JSON.stringify(column);
    if (taken.has(key)) throw refuse(`it names ${cell} twice`);
    taken.add(key);
    return column;
  });
  const named = new Set(columns.flatMap((column) => (column.kind === 'input' ? [column.name] : [])));
  const missing = [...declared.files, ...declared.json].filter(
    (input) => input.required && !named.has(input.name),
  );
  if (missing.length > 0)
    throw refuse(`it lacks ${missing.map(({ name }) => name).join(', ')}, which each task needs`);
  return columns;
}

function columnOf(cell: string, inputs: readonly string[], declared: Declared): Column | undefined {
  const [kind] = own.filter((word) => word === cell);
  if (kind) return { kind };
  const [, group, rest = ''] = /^(inputs?|settings?)\.([^]+)$/.exec(cell) ?? [];
  if (group?.startsWith('setting')) {
    if (!declared.settings) return { kind: 'setting', name: rest };
    const name = meant(rest, declared.settings);
    return name === undefined ? undefined : { kind: 'setting', name };
  }
  const name = meant(cell, inputs) ?? (group ? meant(rest, inputs) : undefined);
  if (name === undefined) return undefined;
  return {
    kind: 'input',
    name,
    takesSeveral: declared.files.some((input) => input.name === name && input.multiple),
  };
}

function meant(word: string, names: readonly string[]): string | undefined {
  return (
    names.find((name) => name === word) ??
    names.find((name) => environmentName(name) === environmentName(word))
  );
}

function unknown(cell: string, names: readonly string[]): string {
  const shown = JSON.stringify(cell);
  if (/[;\t]/.test(cell)) return `it has ${shown} for one column; columns are separated by commas`;
  const name = nearest(cell, names);
  return name === undefined
    ? `there is no column ${shown}`
    : `there is no column ${shown} (did you mean ${name}?)`;
}

/** What the cells of a row say. An empty cell is none. Pure. */
export function taskOf(
  cells: readonly string[],
  columns: readonly Column[],
  where: string,
): Omit<WrittenTask, 'number'> {
  const inputs = new Map<string, unknown>();
  const settings = new Map<string, unknown>();
  const words: Partial<Record<(typeof own)[number], string>> = {};
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? '';
    if (cell === '' || column.kind === 'none') continue;
    if (column.kind === 'input') inputs.set(column.name, column.takesSeveral ? splitList(cell) : cell);
    else if (column.kind === 'setting') settings.set(column.name, cell);
    else words[column.kind] = cell;
  }
  const stray = cells.findIndex((cell, at) => cell !== '' && (columns[at]?.kind ?? 'none') === 'none');
  const fault =
    stray < 0
      ? {}
      : {
          fault: {
            column: `${stray + 1}`,
            error: new SeedbedError('batch-row-invalid', {
              count: cells.length,
              expected: columns.filter(({ kind }) => kind !== 'none').length,
              position: stray + 1,
              cell: JSON.stringify(cells[stray]),
            }),
          },
        };
  const { unique_id: uniqueId, priority } = words;
  return { where, uniqueId, priority, inputs, settings, isText: true, ...fault };
}
