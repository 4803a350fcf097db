/** Whose fault it is, as Seed's and Scale's error categories: the input's, the algorithm's, the machinery's. */
export type ErrorCategory = 'data' | 'job' | 'system';

/** Exit codes of the commands: 1 the job ran and failed, 2 rejected before any container, 3 engine or database unusable. */
export type ExitCode = 1 | 2 | 3;

/** One entry of the registry; the entry's key is its `name`. */
export interface ErrorDefinition {
  /** Unique and searchable, `SB` + four digits: 1xxx rejected, 2xxx the job's outcome, 3xxx system. */
  readonly code: `SB${number}`;
  readonly title: string;
  readonly category: ErrorCategory;
  /** What went wrong, with `{parameters}` in braces. */
  readonly message: string;
  /** What the user can do, one sentence, with the same parameters. */
  readonly advice: string;
  /** HTTP status on the REST service (RFC 9110). */
  readonly status: number;
  readonly exit: ExitCode;
  /** Whether running the same thing again can help. */
  readonly retry: boolean;
}

/** What most rejections have in common. */
export const rejected = { category: 'data', status: 400, exit: 2, retry: false } as const;

type ParametersOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersOf<Rest>
  : never;

/** The parameters that an entry's message and advice name. */
export type Parameters<D extends ErrorDefinition> = Record<
  ParametersOf<D['message']> | ParametersOf<D['advice']>,
  string | number
>;
