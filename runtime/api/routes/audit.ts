import { listAudit } from '../../auth/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { AuditDocument } from '../documents/access.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { numbers, paging, texts, timeRange } from '../request/parameters.ts';
import type { Route } from '../route.ts';

/** Who did what, our own: `audit/`. */
export function auditRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/audit',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'List who did what',
          description: 'Every request that changed something, or was not allowed; newest first.',
          role: 'admin',
          query: {
            actor: texts('Who: the name of a user, or `admin-token`.'),
            action: texts('Method and route, as `PATCH /nodes/:id`.'),
            entity: texts('What, as `nodes`.'),
            entity_id: texts('Which one.'),
            outcome: numbers('Status of the answer.'),
            request_id: texts('As in the header `X-Request-Id` of the answer.'),
            ...timeRange('when it was done'),
            ...paging,
          },
          answers: { 200: pageOf(AuditDocument) },
          handle: async ({ request, query, parameters }) => {
            const filter = {
              actors: query.actor,
              actions: query.action,
              entities: query.entity,
              entityIds: query.entity_id,
              outcomes: query.outcome,
              requestIds: query.request_id,
              started: query.started,
              ended: query.ended,
            };
            const page = await listAudit(db, filter, parameters.page());
            return pageAnswer(request, parameters, page, (row) => row);
          },
        }),
      },
    },
  ];
}
