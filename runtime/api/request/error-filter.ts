import { registry } from '../../errors/index.ts';
import { errorCategories } from '../documents/error.ts';
import { numbers, type Values, words } from './parameters.ts';

/** Scale's filters by error. */
export const errorParameters = {
  error_category: words(errorCategories, 'Whose fault it is.'),
  error_id: numbers('The number of the code of an error: 2004 of SB2004.'),
};

/** The same, as `listJobs` and `listExecutions` take them. */
export function errorFilter({ error_category, error_id }: Values<typeof errorParameters>) {
  return {
    errorCategories: error_category?.map((word) => word.toLowerCase().replace('algorithm', 'job')),
    errorCodes: error_id?.map((id) => `SB${id}`),
  };
}

/** The names of the errors of the registry that have one of these ids (the number of their code). */
export function errorNames(ids: readonly number[]): string[] {
  const codes = new Set(ids.map((id) => `SB${id}`));
  return Object.entries(registry)
    .filter(([, { code }]) => codes.has(code))
    .map(([name]) => name);
}
