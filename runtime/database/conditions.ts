/** A part of a list: rows to skip, and rows to give at most. */
export interface Window {
  readonly offset: number;
  readonly limit: number;
  /** Instead of rows to skip: those after this place; empty: the first ones. */
  readonly cursor?: string | undefined;
  /** The total is counted, however many there are. */
  readonly isExact?: boolean;
}

/** Types of the values that conditions compare with. */
type SqlType = 'bigint' | 'text' | 'boolean' | 'timestamptz' | 'integer' | 'numeric' | 'box' | 'jsonpath';

/**
 * The conditions of one statement with their parameters; a condition whose value is undefined is left out. Expressions are
 * ours, and values are always parameters.
 */
export class Conditions {
  readonly values: unknown[];
  readonly #parts: string[] = [];

  /** @param values of the statement that these are a part of, which grow with them */
  constructor(values: unknown[] = []) {
    this.values = values;
  }

  /** The same, to be added to. */
  copy(): Conditions {
    const copy = new Conditions([...this.values]);
    copy.#parts.push(...this.#parts);
    return copy;
  }

  /** A value as a parameter, e.g. `$3::bigint`. */
  bind(value: unknown, type: SqlType | `${SqlType}[]`): string {
    return `$${this.values.push(value)}::${type}`;
  }

  /** A condition as it stands; its values come from `bind`. */
  add(condition: string): this {
    this.#parts.push(`(${condition})`);
    return this;
  }

  equal(expression: string, value: unknown, type: SqlType): this {
    return value === undefined ? this : this.add(`${expression} = ${this.bind(value, type)}`);
  }

  /** The expression is one of the values; no values: no condition. */
  among(expression: string, values: readonly unknown[] | undefined, type: SqlType): this {
    if (values === undefined || values.length === 0) return this;
    // Of one value alone the planner knows that an index over more columns has the rows in the order of the next one.
    if (values.length === 1) return this.equal(expression, values[0], type);
    return this.add(`${expression} = any(${this.bind(values, `${type}[]`)})`);
  }

  /**
   * As `among`, of texts that may be too long for an index (a row of one takes 2,704 bytes): the index is over their first 200
   * characters, `left(expression, 200)`. Shorter ones need no second look, which the planner would take for a second filter.
   */
  amongLong(expression: string, values: readonly string[] | undefined): this {
    const heads = values?.map((value) => [...value].slice(0, 200));
    this.among(
      `left(${expression}, 200)`,
      heads?.map((head) => head.join('')),
      'text',
    );
    return heads?.every((head) => head.length < 200) ? this : this.among(expression, values, 'text');
  }

  /** The array of texts has one of the values; no values: no condition. */
  overlapping(expression: string, values: readonly string[] | undefined): this {
    if (values === undefined || values.length === 0) return this;
    return this.add(`${expression} && ${this.bind(values, 'text[]')}`);
  }

  /** The time lies in [from, to]. */
  within(expression: string, from: string | undefined, to: string | undefined): this {
    if (from !== undefined) this.add(`${expression} >= ${this.bind(from, 'timestamptz')}`);
    if (to !== undefined) this.add(`${expression} <= ${this.bind(to, 'timestamptz')}`);
    return this;
  }

  /** To follow `where`. */
  get text(): string {
    return this.#parts.length === 0 ? 'true' : this.#parts.join(' and ');
  }
}
