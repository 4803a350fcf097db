import { registry } from '../../errors/index.ts';
import { builtinErrorId, manifestErrorId } from './error-id.ts';

/** What `job.error` and `job_exe.error` hold. */
export interface StoredError {
  readonly name: string;
  readonly title?: string;
  readonly category: string;
  readonly message?: string;
  readonly code?: string;
}

/** An error as Scale shows it. */
export interface ErrorBase {
  /** The number of the code, 2004 of SB2004; of an error that a manifest defines a number above 10000. */
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly job_type_name: string | null;
  /** SYSTEM, DATA or ALGORITHM. */
  readonly category: string;
  /** Whether Seedbed defines it, and no manifest. */
  readonly is_builtin: boolean;
  readonly should_be_retried: boolean;
}

export function errorBase(error: StoredError | null, jobTypeName: string): ErrorBase | null {
  if (error === null) return null;
  const definition = Object.values(registry).find(({ code }) => code === error.code);
  const isBuiltin = Object.hasOwn(registry, error.name);
  return {
    id: isBuiltin ? builtinErrorId(error.code ?? '') : manifestErrorId(jobTypeName, error.name),
    name: error.name,
    title: error.title ?? null,
    description: error.message ?? null,
    job_type_name: isBuiltin ? null : jobTypeName,
    category: shownCategory(error.category),
    is_builtin: isBuiltin,
    should_be_retried: definition?.retry ?? false,
  };
}

/** Scale's word for a category. */
export function shownCategory(category: string): string {
  return category === 'job' ? 'ALGORITHM' : category.toUpperCase();
}
