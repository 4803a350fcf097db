/** Columns by name with their SQL types, e.g. `{id: 'bigint', error: 'jsonb'}`. */
export type GivenColumns = Readonly<Record<string, string>>;

/** Rows that a statement is given. */
export interface GivenRows {
  /** For the name of the statement, whose text depends on it. */
  readonly form: string;
  /** A subquery with the columns. */
  readonly source: string;
  /** Values of the parameters from `first` on. */
  readonly values: readonly unknown[];
}

/** From so many rows on, what all of them have in common is given once: fewer are not worth a statement of their own. */
const many = 50;

/**
 * Rows as parameters of a statement that works for any number of them. One row is as many parameters as it has columns:
 * it costs a tenth of the whole statement less than a document (measured), and the planner knows that it is one. Of many
 * rows, only that is in the document which is not the same for all: to read it is a good part of what they cost.
 * @param first number of the first parameter that is free
 */
export function givenRows<Columns extends GivenColumns>(
  columns: Columns,
  rows: readonly Readonly<Record<keyof Columns, unknown>>[],
  first = 1,
): GivenRows {
  const entries = Object.entries(columns);
  const [row, ...others] = rows;
  if (row && others.length === 0) {
    const names = asParameters(entries, first);
    return { form: 'one', source: `(select ${names})`, values: valuesOf(entries, row) };
  }
  const isCommon = entries.map(
    ([name]) => rows.length >= many && others.every((other) => other[name] === row![name]),
  );
  const own = entries.filter((_, at) => !isCommon[at]);
  const types = own.map(([name, type]) => `"${name}" ${type}`).join(', ');
  const given = `jsonb_to_recordset($${first}::jsonb) as given (${types})`;
  if (own.length === entries.length || own.length === 0)
    return { form: 'many', source: `(select * from ${given})`, values: [JSON.stringify(rows)] };
  const common = entries.filter((_, at) => isCommon[at]);
  return {
    form: `many-${isCommon.map(Number).join('')}`,
    source: `(select * from ${given} cross join (select ${asParameters(common, first + 1)}) as common)`,
    values: [JSON.stringify(rows.map((one) => pick(one, own))), ...valuesOf(common, row!)],
  };
}

type Entries = readonly (readonly [name: string, type: string])[];

function asParameters(entries: Entries, first: number): string {
  return entries.map(([name, type], at) => `$${first + at}::${type} as "${name}"`).join(', ');
}

function valuesOf(entries: Entries, row: Readonly<Record<string, unknown>>): unknown[] {
  return entries.map(([name, type]) => {
    const value = row[name];
    return type === 'jsonb' && value !== null && value !== undefined ? JSON.stringify(value) : value;
  });
}

function pick(row: Readonly<Record<string, unknown>>, entries: Entries): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const [name] of entries) picked[name] = row[name];
  return picked;
}
