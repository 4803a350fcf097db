import { purgePostValidator } from '../../../seed-schema/index.ts';
import { listPurges, planPurge, purgeById, requestPurge } from '../../retention/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { PurgeDocument, PurgeReportDocument } from '../documents/retention.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { flag, paging } from '../request/parameters.ts';
import type { Route } from '../route.ts';

/** Sources that go with all that came of them: `files/purge-source/`, as Scale's, and what became of it: `purges/`. */
export function purgeRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    { path: '/files/purge-source', methods: { POST: purgeSource(context) } },
    {
      path: '/purges',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'List purges',
          description: 'Newest first.',
          role: 'viewer',
          query: paging,
          answers: { 200: pageOf(PurgeDocument) },
          handle: async ({ request, parameters }) =>
            pageAnswer(request, parameters, await listPurges(db, parameters.page()), (row) => row),
        }),
      },
    },
    {
      path: '/purges/:id',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Show a purge',
          role: 'viewer',
          answers: { 200: PurgeDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'purge');
            return { json: found(await purgeById(db, id), 'purge', id) };
          },
        }),
      },
    },
  ];
}

function purgeSource({ db }: Context): Operation {
  return operation({
    summary: 'Purge a source',
    description:
      'Removes a source with all that came of it: products, jobs, executions and recipes. It is done after the answer; the header `Location` says where it can be followed.',
    role: 'admin',
    query: { dry_run: flag('Only say what would go.') },
    body: purgePostValidator,
    answers: { 200: PurgeReportDocument, 204: { words: 'The purge has begun.' } },
    handle: async ({ request, query, body, principal }) => {
      const { file_id: fileId, delete_content: deleteContent = false } = body;
      const wanted = { fileId, deleteContent, actor: principal.actor };
      if (query.dry_run) return { json: await planPurge(db, wanted) };
      const id = await db.transaction((tx) => requestPurge(tx, wanted));
      db.notify('removals');
      return { status: 204, headers: { Location: `${request.baseUrl}/purges/${id}/` } };
    },
  });
}
