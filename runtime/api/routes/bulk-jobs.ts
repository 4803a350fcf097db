import { jobCancelValidator, jobRequeueValidator } from '../../../seed-schema/index.ts';
import { requestAction } from '../../jobs/index.ts';
import type { Context } from '../context.ts';
import { readJson } from '../request/body.ts';
import { jobFilter } from '../request/job-filter.ts';
import type { Handler, Route } from '../route.ts';
import { principalOf } from '../safety/principal.ts';

/** Changes of many jobs, which are carried out after the answer: `jobs/cancel/` and `jobs/requeue/`. */
export function bulkRoutes({ db, mostBytes }: Context): Route[] {
  const bulk =
    (kind: 'cancel' | 'requeue'): Handler =>
    async (request, response) => {
      const validator = kind === 'cancel' ? jobCancelValidator : jobRequeueValidator;
      const body = await readJson(request, mostBytes, validator);
      const { priority } = body;
      const { actor } = principalOf(response);
      const id = await requestAction(db, { kind, filter: jobFilter(body), priority, actor });
      db.notify('actions');
      return { status: 202, json: { id } };
    };
  return [
    { path: '/jobs/cancel', methods: { POST: bulk('cancel') } },
    { path: '/jobs/requeue', methods: { POST: bulk('requeue') } },
  ];
}
