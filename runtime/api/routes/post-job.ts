import { jobPostValidator } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { jobTypeDetails } from '../../jobs/index.ts';
import { acceptJob } from '../../scheduler/index.ts';
import type { Context } from '../context.ts';
import { AcceptedJobDocument } from '../documents/job.ts';
import { type Operation, operation } from '../operation.ts';
import { traceOf } from '../observe/trace.ts';
import { dedupeKeyOf } from '../request/idempotency-key.ts';
import { found } from '../request/ids.ts';
import { readJob } from './job-details.ts';
import { withReuse } from './with-reuse.ts';

/**
 * `POST jobs/`: with the header `Idempotency-Key`, the same key again is the same job, so that a client that lost the
 * answer may ask once more.
 */
export function postJob(context: Context): Operation {
  const { db } = context;
  return operation({
    summary: 'Queue a job',
    role: 'operator',
    headers: { 'Idempotency-Key': 'Requests with the same one make one job.' },
    body: jobPostValidator,
    answers: { 201: AcceptedJobDocument },
    failures: [404],
    handle: async ({ request, response, body, principal }) => {
      const key = body.job_type_id ?? body.job_type;
      if (key === undefined || (body.job_type_id !== undefined && body.job_type !== undefined))
        throw new SeedbedError('invalid-request', { problem: 'Give either job_type_id or job_type' });
      const words = typeof key === 'number' ? key : `${key.name} ${key.version}`;
      const type = found(await jobTypeDetails(db, key), 'job type', words);
      const { input } = body;
      const configuration = withReuse(body);
      const dedupeKey = dedupeKeyOf(request, principal);
      const { actor } = principal;
      const job = { type, input, configuration, dedupeKey, traceContext: traceOf(response) };
      const { id, warnings } = await acceptJob(db, context, job, actor);
      db.notify('queue');
      return {
        status: 201,
        headers: { Location: `${request.baseUrl}/jobs/${id}/` },
        json: { ...(await readJob(context, id)), warnings },
      };
    },
  });
}
