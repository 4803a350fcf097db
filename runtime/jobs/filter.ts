import { type ErrorKey, isOneOf } from './error-key.ts';
import type { JobStatus } from './state.ts';

/** Which jobs are meant; every member given must hold. Scale's filters of `POST jobs/cancel/` and `jobs/requeue/`. */
export interface JobFilter {
  readonly jobIds?: readonly number[] | undefined;
  readonly jobTypeIds?: readonly number[] | undefined;
  readonly jobTypes?: readonly { readonly name: string; readonly version: string }[] | undefined;
  readonly jobTypeNames?: readonly string[] | undefined;
  readonly status?: readonly JobStatus[] | undefined;
  /** Upper case, as Scale's: SYSTEM, DATA, ALGORITHM (`job` in the registry). */
  readonly errorCategories?: readonly string[] | undefined;
  /** Names of errors, of the registry or of a manifest. */
  readonly errorNames?: readonly string[] | undefined;
  /** Or one of these. */
  readonly errors?: readonly ErrorKey[] | undefined;
  readonly batchIds?: readonly number[] | undefined;
  readonly recipeIds?: readonly number[] | undefined;
  /** Jobs whose last change of status is in [started, ended]; ISO 8601. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
}

/**
 * The filter as an SQL condition over `job j join job_type t`. Pure.
 * @param bind gives a value its parameter, e.g. `$3`
 */
export function jobCondition(filter: JobFilter, bind: (value: unknown) => string): string {
  const parts = ['true'];
  const any = (column: string, values: readonly unknown[] | undefined, type: string) => {
    if (values !== undefined) parts.push(`${column} = any(${bind(values)}::${type}[])`);
  };
  any('j.id', filter.jobIds, 'bigint');
  any('j.job_type_id', filter.jobTypeIds, 'bigint');
  any('t.name', filter.jobTypeNames, 'text');
  any('j.status', filter.status, 'text');
  any('j.batch_id', filter.batchIds, 'bigint');
  any('j.recipe_id', filter.recipeIds, 'bigint');
  if (filter.errorNames !== undefined || filter.errors !== undefined) {
    const names = (filter.errorNames ?? []).map((name) => ({ name, jobTypeName: null }));
    parts.push(isOneOf([...names, ...(filter.errors ?? [])], 'j.error_name', 't.name', bind));
  }
  any(
    `j.error->>'category'`,
    filter.errorCategories?.map((category) => category.toLowerCase().replace('algorithm', 'job')),
    'text',
  );
  if (filter.jobTypes !== undefined)
    parts.push(
      `(t.name, t.version) in (select o->>'name', o->>'version' from jsonb_array_elements(${bind(
        JSON.stringify(filter.jobTypes),
      )}::jsonb) o)`,
    );
  if (filter.started !== undefined)
    parts.push(`j.last_status_change >= ${bind(filter.started)}::timestamptz`);
  if (filter.ended !== undefined) parts.push(`j.last_status_change <= ${bind(filter.ended)}::timestamptz`);
  return parts.join(' and ');
}
