import { datasetRejections } from './datasets.ts';
import type { ErrorCategory, ErrorDefinition, ExitCode, Parameters } from './definition.ts';
import { ingestRejections } from './ingest.ts';
import { outcomes } from './outcomes.ts';
import { pictureRejections } from './pictures.ts';
import { rejections } from './rejections.ts';
import { requestRejections } from './requests.ts';
import { systemErrors } from './system.ts';
import { taskRejections } from './tasks.ts';

export type { ErrorCategory, ErrorDefinition, ExitCode } from './definition.ts';

/** Every error that Seedbed can name. `docs/errors.md` is generated from it. */
export const registry = {
  ...rejections,
  ...requestRejections,
  ...ingestRejections,
  ...datasetRejections,
  ...pictureRejections,
  ...taskRejections,
  ...outcomes,
  ...systemErrors,
};

export type ErrorName = keyof typeof registry;

/** A failure that the registry knows. Its `message` says what went wrong, its `advice` what to do. */
export class SeedbedError<N extends ErrorName = ErrorName> extends Error {
  override readonly name = 'SeedbedError';
  /** The registry's key, e.g. `missing-required-output`. */
  readonly error: N;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly advice: string;

  constructor(error: N, parameters: Parameters<(typeof registry)[N]>, options?: ErrorOptions) {
    const { message, advice } = registry[error];
    super(fill(message, parameters), options);
    this.error = error;
    this.parameters = parameters;
    this.advice = fill(advice, parameters);
  }

  get definition(): ErrorDefinition {
    return registry[this.error];
  }

  get code(): string {
    return this.definition.code;
  }

  get title(): string {
    return this.definition.title;
  }

  get category(): ErrorCategory {
    return this.definition.category;
  }

  get exit(): ExitCode {
    return this.definition.exit;
  }

  /** What went wrong and what to do, in one sentence. */
  get sentence(): string {
    const wrong = this.message.replace(/\.$/, '');
    return `${wrong}; ${this.advice.charAt(0).toLowerCase()}${this.advice.slice(1)}`;
  }
}

/** Any thrown value as an error of the registry; what it does not know becomes `internal-error`. */
export function toSeedbedError(thrown: unknown): SeedbedError {
  if (thrown instanceof SeedbedError) return thrown;
  if (isErrno(thrown, 'ENOSPC', 'EDQUOT'))
    return new SeedbedError('disk-full', { what: thrown.path ?? 'the files of this job' }, { cause: thrown });
  return new SeedbedError('internal-error', { reason: textOf(thrown) }, { cause: thrown });
}

/**
 * The text of any thrown value, without its stack. Of the operating system's errors only the words: the path is in the
 * sentence already, and `EROFS: read-only file system, mkdir '/x'` says it in a language of its own.
 */
export function reasonOf(thrown: unknown): string {
  const text = textOf(thrown);
  return /^[A-Z][A-Z0-9]+: (.+?), \w+(?: '.*)?$/s.exec(text)?.[1] ?? text;
}

function textOf(thrown: unknown): string {
  const { message, name } = (thrown ?? {}) as Partial<Error>;
  const text = typeof message === 'string' ? message || String(name) : String(thrown);
  return text.trim().replace(/\.$/, '');
}

/** Whether a thrown value is one of the operating system's errors with one of these codes, e.g. `ENOENT`. */
export function isErrno(thrown: unknown, ...codes: string[]): thrown is NodeJS.ErrnoException {
  // Not `instanceof Error`: Node's own errors are of another realm where the code runs in a vm context, as under jest.
  return codes.includes(String((thrown as Partial<NodeJS.ErrnoException> | null | undefined)?.code));
}

function fill(template: string, parameters: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}
