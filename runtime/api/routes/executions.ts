import { executionOf, givenToExecution, jobExists, listExecutions } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { ExecutionDetailsDocument, ExecutionDocument, jobStatuses } from '../documents/execution.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { errorFilter, errorParameters } from '../request/error-filter.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { cursorPaging, numbers, words } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { executionDetails, executionDocument } from '../shapes/execution.ts';

/** Tries at a job: `jobs/{id}/executions/`. */
export function executionRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/jobs/:id/executions',
      methods: {
        GET: operation({
          summary: 'List the executions of a job',
          description: 'The last one first.',
          role: 'viewer',
          query: {
            status: words(jobStatuses, 'Where it stands.'),
            node_id: numbers('Node that it ran on.'),
            ...errorParameters,
            ...cursorPaging,
          },
          answers: { 200: pageOf(ExecutionDocument) },
          handle: async ({ request, query, parameters }) => {
            const id = idOf(request, 'id', 'job');
            const filter = {
              statuses: query.status,
              nodeIds: query.node_id,
              ...(await errorFilter(db, query)),
            };
            const page = await listExecutions(db, id, filter, parameters.page());
            if (page.count === 0 && !(await jobExists(db, id))) throw missing('job', id);
            return pageAnswer(request, parameters, page, executionDocument);
          },
        }),
      },
    },
    {
      path: '/jobs/:id/executions/:num',
      methods: {
        GET: operation({
          summary: 'Show an execution of a job',
          role: 'viewer',
          answers: { 200: ExecutionDetailsDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'job');
            const num = idOf(request, 'num', 'execution');
            const row = found(await executionOf(db, id, num), 'execution', `${id}x${num}`);
            return { json: executionDetails(row, await givenToExecution(db, id)) };
          },
        }),
      },
    },
  ];
}
