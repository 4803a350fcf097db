import { queueStatus } from '../../scheduler/index.ts';
import type { Context } from '../context.ts';
import { Query } from '../request/query.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Route } from '../route.ts';
import { queuedTypeDocument } from '../shapes/queued-type.ts';

/** What waits, by job type: `queue/status/`. */
export function queueRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/queue/status',
      methods: {
        GET: async (request) => {
          const query = new Query(request.url);
          const { count, types } = await queueStatus(db, query.page());
          return pageAnswer(request, query, { count, rows: types }, queuedTypeDocument);
        },
      },
    },
  ];
}
