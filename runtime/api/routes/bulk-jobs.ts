import { jobCancelValidator, jobRequeueValidator } from '../../../seed-schema/index.ts';
import { requestAction } from '../../jobs/index.ts';
import type { Context } from '../context.ts';
import { ActionDocument } from '../documents/job.ts';
import { operation } from '../operation.ts';
import { jobFilter } from '../request/job-filter.ts';
import type { Route } from '../route.ts';

/** Changes of many jobs, which are carried out after the answer: `jobs/cancel/` and `jobs/requeue/`. */
export function bulkRoutes({ db }: Context): Route[] {
  const bulk = (kind: 'cancel' | 'requeue', summary: string) =>
    operation({
      summary,
      description:
        'Every member that is given must hold, and at least one must be given. A member that misspells one of them is an error: without it more jobs would be changed.',
      role: 'operator',
      selects: true,
      body: kind === 'cancel' ? jobCancelValidator : jobRequeueValidator,
      answers: { 202: ActionDocument },
      handle: async ({ body, principal }) => {
        const { priority } = body;
        const { actor } = principal;
        const id = await requestAction(db, { kind, filter: await jobFilter(db, body), priority, actor });
        db.notify('actions');
        return { status: 202, json: { id } };
      },
    });
  return [
    { path: '/jobs/cancel', methods: { POST: bulk('cancel', 'Cancel jobs') } },
    { path: '/jobs/requeue', methods: { POST: bulk('requeue', 'Queue jobs again') } },
  ];
}
