/** What a schema does not say of a field. */
export interface SpecNote {
  /** What it is: sentences, the first of which stands for it in lists. */
  readonly what: string;
  /** A value that it may have. */
  readonly example: unknown;
  /** What counts without it, where the schema has no default; undefined: nothing. */
  readonly default?: unknown;
  /** The same in words, where it is no value. */
  readonly otherwise?: string;
}
