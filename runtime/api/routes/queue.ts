import { queueStatus } from '../../scheduler/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { pageOf } from '../documents/schema.ts';
import { QueuedTypeDocument } from '../documents/system.ts';
import { operation } from '../operation.ts';
import { paging } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { queuedTypeDocument } from '../shapes/queued-type.ts';

/** What waits, by job type: `queue/status/`. */
export function queueRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/queue/status',
      methods: {
        GET: operation({
          summary: 'Show what waits, by job type',
          role: 'viewer',
          query: paging,
          answers: { 200: pageOf(QueuedTypeDocument) },
          handle: async ({ request, parameters }) => {
            const { count, types } = await queueStatus(db, parameters.page());
            return pageAnswer(request, parameters, { count, rows: types }, queuedTypeDocument);
          },
        }),
      },
    },
  ];
}
