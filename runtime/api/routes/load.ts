import { loadBetween } from '../../jobs/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Context } from '../context.ts';
import { Query } from '../request/query.ts';
import type { Route } from '../route.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const mostPoints = 100;

/** How many jobs stood where, over time: `load/`. Without a start, the last day; points are a minute or more apart. */
export function loadRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/load',
      methods: {
        GET: async (request) => {
          const query = new Query(request.url);
          const given = query.times('started', 'ended');
          const ended = given.ended ?? new Date().toISOString();
          const started = given.started ?? new Date(Date.parse(ended) - day).toISOString();
          const span = Date.parse(ended) - Date.parse(started);
          if (span < 0)
            throw new SeedbedError('invalid-request', {
              problem: 'The parameter started is later than ended',
            });
          const filter = {
            jobTypeIds: query.numbers('job_type_id'),
            jobTypeNames: query.texts('job_type_name'),
            priorities: query.numbers('job_type_priority'),
          };
          const points = Math.max(1, Math.min(mostPoints, Math.floor(span / minute) + 1));
          const results = await loadBetween(db, filter, started, ended, points);
          return { json: { count: results.length, next: null, previous: null, results } };
        },
      },
    },
  ];
}
