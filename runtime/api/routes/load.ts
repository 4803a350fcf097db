import { SeedbedError } from '../../errors/index.ts';
import { loadBetween } from '../../jobs/index.ts';
import type { Context } from '../context.ts';
import { pageOf } from '../documents/schema.ts';
import { LoadPointDocument } from '../documents/system.ts';
import { operation } from '../operation.ts';
import { numbers, texts, timeRange } from '../request/parameters.ts';
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
        GET: operation({
          summary: 'Show how many jobs stood where, over time',
          description:
            'Without a start, the last day; points are a minute or more apart. `job_type_category`, of an older Scale, is ignored, as Scale itself has done since v6: job types have no categories.',
          role: 'viewer',
          query: {
            ...timeRange('points of the answer'),
            job_type_id: numbers('Job type.'),
            job_type_name: texts('Name of a job type.'),
            job_type_priority: numbers('Priority of the jobs.'),
          },
          answers: { 200: pageOf(LoadPointDocument) },
          handle: async ({ query }) => {
            const ended = query.ended ?? new Date().toISOString();
            const started = query.started ?? new Date(Date.parse(ended) - day).toISOString();
            const span = Date.parse(ended) - Date.parse(started);
            if (span < 0)
              throw new SeedbedError('invalid-request', {
                problem: 'The parameter started is later than ended',
              });
            const filter = {
              jobTypeIds: query.job_type_id,
              jobTypeNames: query.job_type_name,
              priorities: query.job_type_priority,
            };
            const points = Math.max(1, Math.min(mostPoints, Math.floor(span / minute) + 1));
            const results = await loadBetween(db, filter, started, ended, points);
            return { json: { count: results.length, next: null, previous: null, results } };
          },
        }),
      },
    },
  ];
}
