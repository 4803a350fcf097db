import { refuse } from '../request/query.ts';
import type { Column, MetricsType, Value } from './metrics-type.ts';

/**
 * The columns that are asked for, by their names or those of their groups; all of them without either.
 * @throws invalid-request for a name that there is not
 */
export function columnsOf(
  { columns, groups }: MetricsType,
  columnNames: readonly string[] = [],
  groupNames: readonly string[] = [],
): readonly Column[] {
  known('column', columnNames, columns);
  known('group', groupNames, groups);
  if (columnNames.length === 0 && groupNames.length === 0) return columns;
  return columns.filter(({ name, group }) => columnNames.includes(name) || groupNames.includes(group));
}

function known(
  parameter: string,
  asked: readonly string[],
  there: readonly { readonly name: string }[],
): void {
  const names = there.map(({ name }) => name);
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw refuse(
      parameter,
      `must be one of ${names.join(', ')}, not ${JSON.stringify(unknown.slice(0, 60))}`,
    );
}

/**
 * One column as Scale plots it. Ids stand there only where several choices were asked for.
 * @param edge the first and last day of an empty plot
 */
export function plotDocument(
  column: Column,
  values: readonly Value[],
  severalChoices: boolean,
  edge: readonly [string, string],
): Record<string, unknown> {
  const days = values.map(({ day }) => day);
  const numbers = values.map(({ value }) => value);
  const least = (one: number, other: number) => Math.min(one, other);
  const most = (one: number, other: number) => Math.max(one, other);
  return {
    column,
    min_x: days[0] ?? edge[0],
    max_x: days.at(-1) ?? edge[1],
    min_y: numbers.length === 0 ? 0 : numbers.reduce(least),
    max_y: numbers.length === 0 ? 0 : numbers.reduce(most),
    values: values.map(({ day, choice, value }) => ({
      ...(severalChoices ? { id: choice } : {}),
      datetime: `${day}T00:00:00Z`,
      date: day,
      value,
    })),
  };
}
