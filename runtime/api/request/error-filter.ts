import type { Queries } from '../../database/index.ts';
import { errorKeys } from '../../jobs/index.ts';
import { errorCategories } from '../documents/error.ts';
import { numbers, type Values, words } from './parameters.ts';

/** Scale's filters by error. */
export const errorParameters = {
  error_category: words(errorCategories, 'Whose fault it is.'),
  error_id: numbers('Id of an error; of the own ones the number of the code, 2004 of SB2004.'),
};

/** The same, as `listJobs` and `listExecutions` take them. */
export async function errorFilter(db: Queries, { error_category, error_id }: Values<typeof errorParameters>) {
  return {
    errorCategories: error_category?.map((word) => word.toLowerCase().replace('algorithm', 'job')),
    errors: error_id && (await errorKeys(db, error_id)),
  };
}
