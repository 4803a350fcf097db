import { queueStatus } from '../../jobs/index.ts';
import type { Context } from '../context.ts';
import { Query } from '../request/query.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Route } from '../route.ts';

/** What waits, by job type: `queue/status/`. */
export function queueRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/queue/status',
      methods: {
        GET: async (request) => {
          const query = new Query(request.url);
          const { offset, limit } = query.page();
          const all = await queueStatus(db);
          const page = { count: all.length, rows: all.slice(offset, offset + limit) };
          return pageAnswer(request, query, page, (row) => row);
        },
      },
    },
  ];
}
