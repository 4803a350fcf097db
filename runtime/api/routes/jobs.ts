import { whyWaiting } from '../../scheduler/index.ts';
import type { Context } from '../context.ts';
import { JobDetailsDocument, WhyDocument } from '../documents/job.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import type { Route } from '../route.ts';
import { bulkRoutes } from './bulk-jobs.ts';
import { explainRoute } from './explain-job.ts';
import { executionRoutes } from './executions.ts';
import { inputFileRoutes } from './input-files.ts';
import { readJob } from './job-details.ts';
import { listOfJobs } from './list-jobs.ts';
import { postJob } from './post-job.ts';

/** What is run: `jobs/` and all below. */
export function jobRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    ...bulkRoutes(context),
    { path: '/jobs', methods: { GET: listOfJobs(context), POST: postJob(context) } },
    {
      path: '/jobs/:id',
      methods: {
        GET: operation({
          summary: 'Show a job',
          role: 'viewer',
          answers: { 200: JobDetailsDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'job');
            return { json: found(await readJob(context, id), 'job', id) };
          },
        }),
      },
    },
    {
      path: '/jobs/:id/why',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Say why a job waits',
          role: 'viewer',
          answers: { 200: WhyDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'job');
            return { json: found(await whyWaiting(db, id), 'job', id) };
          },
        }),
      },
    },
    explainRoute(context),
    ...executionRoutes(context),
    ...inputFileRoutes(context),
  ];
}
