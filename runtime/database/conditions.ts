/** A part of a list: rows to skip, and rows to give at most. */
export interface Window {
  readonly offset: number;
  readonly limit: number;
  /** Instead of rows to skip: those after this place; empty: the first ones. */
  readonly cursor?: string | undefined;
  /** The total is counted, however many there are. */
  readonly isExact?: boolean;
}

/** Bytes of a text that is in an index as it is. */
const mostIndexed = 1000;

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
   * As `among`, of texts that may be too long for an index (a row of one takes 2,704 bytes): those of at most 1,000 bytes have
   * one, and the others have one over their first 200 characters.
   */
  amongLong(expression: string, values: readonly string[] | undefined): this {
    if (values === undefined || values.length === 0) return this;
    const isShort = (value: string) => Buffer.byteLength(value) <= mostIndexed;
    const short = values.filter(isShort);
    const long = values.filter((value) => !isShort(value));
    const heads = long.map((value) => [...value].slice(0, 200).join(''));
    const parts = [
      new Conditions(this.values).among(expression, short, 'text').text,
      new Conditions(this.values)
        .among(`left(${expression}, 200)`, heads, 'text')
        .among(expression, long, 'text').text,
    ];
    // Without null: of two conditions that are null together the planner expects too little.
    const bytes = `coalesce(octet_length(${expression}), 0)`;
    const lengths = [`<= ${mostIndexed}`, `> ${mostIndexed}`];
    const either = [short, long].flatMap((some, nth) =>
      some.length === 0 ? [] : [`${bytes} ${lengths[nth]} and ${parts[nth]}`],
    );
    return this.add(either.join(' or '));
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

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  /** To follow `where`. */
  get text(): string {
    return this.#parts.length === 0 ? 'true' : this.#parts.join(' and ');
  }
}
