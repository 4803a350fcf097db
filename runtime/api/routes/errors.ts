import { errorById, errorOrders, listErrors } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { errorCategories, ErrorDetailsDocument } from '../documents/error-details.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { flag, order, paging, texts, timeRange, words } from '../request/parameters.ts';
import type { Route } from '../route.ts';

/** Why jobs fail: `errors/`, Seedbed's own and those that manifests define. */
export function errorRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/errors',
      methods: {
        GET: operation({
          summary: 'List errors',
          description: "Seedbed's own, and those that the manifests of job types define.",
          role: 'viewer',
          query: {
            ...timeRange('when the error was last modified'),
            is_builtin: flag("Only Seedbed's own, or only those of manifests."),
            job_type_name: texts('Of the manifests of job types with this name.'),
            name: texts('Name of the error.'),
            category: words(errorCategories, 'Whose fault it is.'),
            ...order(errorOrders),
            ...paging,
          },
          answers: { 200: pageOf(ErrorDetailsDocument) },
          handle: async ({ request, query, parameters }) => {
            const { started, ended } = query;
            const filter = {
              started,
              ended,
              isBuiltin: query.is_builtin,
              jobTypeNames: query.job_type_name,
              names: query.name,
              categories: query.category,
            };
            const page = await listErrors(db, filter, query.order, parameters.page());
            return pageAnswer(request, parameters, page, (row) => row);
          },
        }),
        POST: refused('Make an error'),
      },
    },
    {
      path: '/errors/:id',
      methods: {
        GET: operation({
          summary: 'Show an error',
          role: 'viewer',
          answers: { 200: ErrorDetailsDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'error');
            return { json: found(await errorById(db, id), 'error', id) };
          },
        }),
        PATCH: refused('Change an error'),
      },
    },
  ];
}

/** As in Scale 6, where the address is there for reading alone. */
function refused(summary: string): Operation {
  return operation({
    summary,
    description: 'Always 404: errors are defined by Seedbed and by manifests.',
    role: 'viewer',
    answers: {},
    failures: [404],
    handle: async ({ request }) => {
      throw missing('error that can be changed at', request.path);
    },
  });
}
