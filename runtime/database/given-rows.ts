/** Columns by name with their SQL types, e.g. `{id: 'bigint', error: 'jsonb'}`. */
export type GivenColumns = Readonly<Record<string, string>>;

/** Rows that a statement is given. */
export interface GivenRows {
  /** For the name of the statement, whose text depends on it. */
  readonly form: 'one' | 'many';
  /** A subquery with the columns. */
  readonly source: string;
  /** Values of the parameters from `first` on. */
  readonly values: readonly unknown[];
}

/**
 * Rows as parameters of a statement that works for any number of them. One row is as many parameters as it has columns:
 * it costs a tenth of the whole statement less than a document (measured), and the planner knows that it is one.
 * @param first number of the first parameter that is free
 */
export function givenRows<Columns extends GivenColumns>(
  columns: Columns,
  rows: readonly Readonly<Record<keyof Columns, unknown>>[],
  first = 1,
): GivenRows {
  const entries = Object.entries(columns);
  const [row, ...others] = rows;
  if (!row || others.length > 0) {
    const types = entries.map(([name, type]) => `"${name}" ${type}`).join(', ');
    const source = `(select * from jsonb_to_recordset($${first}::jsonb) as given (${types}))`;
    return { form: 'many', source, values: [JSON.stringify(rows)] };
  }
  const names = entries.map(([name, type], at) => `$${first + at}::${type} as "${name}"`).join(', ');
  const values = entries.map(([name, type]) => {
    const value = row[name];
    return type === 'jsonb' && value !== null && value !== undefined ? JSON.stringify(value) : value;
  });
  return { form: 'one', source: `(select ${names})`, values };
}
