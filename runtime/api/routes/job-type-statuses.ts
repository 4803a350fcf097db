import { jobTypeStatuses, standingJobs, type StandingJobs, systemFailures } from '../../jobs/index.ts';
import { secretNamesOf } from '../../secrets/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import {
  JobTypeStatusDocument,
  PendingTypeDocument,
  RunningTypeDocument,
  SystemFailureDocument,
} from '../documents/job-type-status.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { flag, paging, timeRange } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { jobTypeStatusDocument } from '../shapes/job-type.ts';
import { withUnmet } from '../unmet-resources.ts';

const threeHours = 3 * 60 * 60 * 1000;

/** What becomes of the jobs of each type: `job-types/status/` and its like. */
export function jobTypeStatusRoutes(context: Context): Route[] {
  const { db, unmet } = context;
  return [
    {
      path: '/job-types/status',
      methods: {
        GET: operation({
          summary: 'Count jobs by type and status',
          description:
            'Jobs whose status changed last in the range of times, and those that run now. Without a start, the last three hours.',
          role: 'viewer',
          query: {
            ...timeRange('when the status of a job changed last'),
            is_active: flag('Only job types that are active, or that are not.'),
            is_operational: flag('Of Scale 5: every job type is operational here.'),
            ...paging,
          },
          answers: { 200: pageOf(JobTypeStatusDocument) },
          handle: async ({ request, query, parameters }) => {
            const { started = new Date(Date.now() - threeHours).toISOString(), ended } = query;
            const filter = { isActive: query.is_active, isOperational: query.is_operational };
            const [page, lacking] = await Promise.all([
              jobTypeStatuses(db, filter, started, ended, parameters.page()),
              unmet(),
            ]);
            const secrets = await secretNamesOf(
              db,
              'job_type',
              page.rows.map(({ job_type }) => job_type.id),
            );
            return pageAnswer(request, parameters, page, (row) =>
              jobTypeStatusDocument(row, lacking, secrets.get(row.job_type.id) ?? []),
            );
          },
        }),
      },
    },
    {
      path: '/job-types/pending',
      methods: {
        GET: standing(context, 'PENDING', PendingTypeDocument, ({ job_type, count, longest }) => ({
          job_type,
          count,
          longest_pending: longest,
        })),
      },
    },
    {
      path: '/job-types/running',
      methods: {
        GET: standing(context, 'RUNNING', RunningTypeDocument, ({ job_type, count, longest }) => ({
          job_type,
          count,
          longest_running: longest,
        })),
      },
    },
    {
      path: '/job-types/system-failures',
      methods: {
        GET: operation({
          summary: 'Count failed jobs that the machinery is to blame for',
          description: 'By type and error; the latest failure first.',
          role: 'viewer',
          query: paging,
          answers: { 200: pageOf(SystemFailureDocument) },
          handle: async ({ request, parameters }) => {
            const page = await systemFailures(db, parameters.page());
            return pageAnswer(request, parameters, page, (row) => row);
          },
        }),
      },
    },
  ];
}

function standing(
  { db, unmet }: Context,
  status: 'PENDING' | 'RUNNING',
  document: typeof PendingTypeDocument | typeof RunningTypeDocument,
  shown: (row: StandingJobs) => object,
): Operation {
  return operation({
    summary: `Count ${status.toLowerCase()} jobs by type`,
    description: 'The type of the job that has been in that state longest comes first.',
    role: 'viewer',
    query: paging,
    answers: { 200: pageOf(document) },
    handle: async ({ request, parameters }) => {
      const [page, lacking] = await Promise.all([standingJobs(db, status, parameters.page()), unmet()]);
      return pageAnswer(request, parameters, page, (row) => shown(withUnmet(row, lacking)));
    },
  });
}
