import { jobOrders, listJobs } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { jobStatuses } from '../documents/execution.ts';
import { JobDocument } from '../documents/job.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { errorFilter, errorParameters } from '../request/error-filter.ts';
import { cursorPaging, flag, numbers, order, texts, time, timeRange, words } from '../request/parameters.ts';
import { sourceFilter, sourceParameters } from '../request/source-filter.ts';
import { jobDocument } from '../shapes/job.ts';
import { withUnmet } from '../unmet-resources.ts';

const filters = {
  ...timeRange('when the job was last modified'),
  ...errorParameters,
  source_started: time('The data of an input file was collected not before then.'),
  source_ended: time('The data of an input file was collected not after then.'),
  ...sourceParameters,
  status: words(jobStatuses, 'Where it stands.'),
  job_id: numbers('Id of a job.'),
  job_type_id: numbers('Job type.'),
  job_type_name: texts('Name of its job type.'),
  batch_id: numbers('Batch that it is of.'),
  recipe_id: numbers('Recipe that it is of.'),
  root_recipe_id: numbers('Recipe that it is of, or a sub-recipe of which.'),
  is_superseded: flag('Whether another job has taken its place.'),
};

/** `GET jobs/` */
export function listOfJobs({ db, unmet }: Context): Operation {
  return operation({
    summary: 'List jobs',
    role: 'viewer',
    query: { ...filters, ...order(jobOrders), ...cursorPaging },
    answers: { 200: pageOf(JobDocument) },
    handle: async ({ request, query, parameters }) => {
      const filter = {
        started: query.started,
        ended: query.ended,
        ...(await errorFilter(db, query)),
        sourceStarted: query.source_started,
        sourceEnded: query.source_ended,
        ...sourceFilter(query),
        statuses: query.status,
        ids: query.job_id,
        jobTypeIds: query.job_type_id,
        jobTypeNames: query.job_type_name,
        batchIds: query.batch_id,
        recipeIds: query.recipe_id,
        rootRecipeIds: query.root_recipe_id,
        isSuperseded: query.is_superseded,
      };
      const [page, lacking] = await Promise.all([
        listJobs(db, filter, query.order, parameters.page()),
        unmet(),
      ]);
      return pageAnswer(request, parameters, page, (row) => jobDocument(withUnmet(row, lacking)));
    },
  });
}
