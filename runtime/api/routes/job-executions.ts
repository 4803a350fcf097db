import { executionById, executionOrders, givenToExecution, listAllExecutions } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { ExecutionDetailsDocument, ExecutionDocument, jobStatuses } from '../documents/execution.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { errorFilter, errorParameters } from '../request/error-filter.ts';
import { found, idOf } from '../request/ids.ts';
import { numbers, order, paging, texts, timeRange, words } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { executionDetails, executionDocument } from '../shapes/execution.ts';

/** Tries at all jobs: `job-executions/`. */
export function jobExecutionRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/job-executions',
      methods: {
        GET: operation({
          summary: 'List executions of all jobs',
          description: 'The latest first. Of more than ten thousand the count is an estimate.',
          role: 'viewer',
          query: {
            ...timeRange('when the execution started'),
            status: words(jobStatuses, 'Where it stands.'),
            id: numbers('Id of an execution.'),
            job_id: numbers('Of these jobs.'),
            job_type_id: numbers('Of jobs of these types.'),
            job_type_name: texts('Of jobs of types of these names.'),
            node_id: numbers('Node that it ran on.'),
            ...errorParameters,
            ...order(executionOrders),
            ...paging,
          },
          answers: { 200: pageOf(ExecutionDocument) },
          handle: async ({ request, query, parameters }) => {
            const filter = {
              started: query.started,
              ended: query.ended,
              statuses: query.status,
              ids: query.id,
              jobIds: query.job_id,
              jobTypeIds: query.job_type_id,
              jobTypeNames: query.job_type_name,
              nodeIds: query.node_id,
              ...(await errorFilter(db, query)),
            };
            const page = await listAllExecutions(db, filter, query.order, parameters.page());
            return pageAnswer(request, parameters, page, executionDocument);
          },
        }),
      },
    },
    {
      path: '/job-executions/:id',
      methods: {
        GET: operation({
          summary: 'Show an execution',
          role: 'viewer',
          answers: { 200: ExecutionDetailsDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'execution');
            const row = found(await executionById(db, id), 'execution', id);
            return { json: executionDetails(row, await givenToExecution(db, row.job_id)) };
          },
        }),
      },
    },
  ];
}
