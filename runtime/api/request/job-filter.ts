import { instant, type JobFilterDocument } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Queries } from '../../database/index.ts';
import { errorKeys, type JobFilter, type JobStatus } from '../../jobs/index.ts';

/**
 * The body of a bulk change as a filter. An empty one would mean every job there is; it is refused, since a script that lost
 * its ids sends just that.
 * @throws invalid-request
 */
export async function jobFilter(db: Queries, body: JobFilterDocument): Promise<JobFilter> {
  const { priority: _priority, is_superseded: isSuperseded, ...given } = body;
  if (Object.values(given).every((value) => value === undefined))
    throw refuse('Name the jobs that are meant, by at least one member of the filter');
  if (isSuperseded === true)
    throw refuse('is_superseded must be false: jobs that were superseded are not changed any more');
  if (
    given.started !== undefined &&
    given.ended !== undefined &&
    instant(given.started)! > instant(given.ended)!
  )
    throw refuse('started is later than ended');
  return {
    jobIds: given.job_ids,
    jobTypeIds: given.job_type_ids,
    jobTypes: given.job_types,
    jobTypeNames: given.job_type_names,
    status: given.status === undefined ? undefined : ([given.status].flat() as JobStatus[]),
    errorCategories: given.error_categories,
    errorNames: given.error_names,
    errors: given.error_ids && (await errorKeys(db, given.error_ids)),
    batchIds: given.batch_ids,
    recipeIds: given.recipe_ids,
    started: given.started,
    ended: given.ended,
  };
}

function refuse(problem: string): SeedbedError {
  return new SeedbedError('invalid-request', { problem });
}
