import { registry } from '../../errors/index.ts';
import type { Query } from './query.ts';

/** Scale's filters by error, as `listJobs` and `listExecutions` take them. */
export function errorFilter(query: Query) {
  return {
    errorCategories: query
      .words('error_category', ['SYSTEM', 'DATA', 'ALGORITHM'])
      ?.map((word) => word.toLowerCase().replace('algorithm', 'job')),
    errorCodes: query.numbers('error_id')?.map((id) => `SB${id}`),
  };
}

/** The names of the errors of the registry that have one of these ids (the number of their code). */
export function errorNames(ids: readonly number[]): string[] {
  const codes = new Set(ids.map((id) => `SB${id}`));
  return Object.entries(registry)
    .filter(([, { code }]) => codes.has(code))
    .map(([name]) => name);
}
