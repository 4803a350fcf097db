import { jobPostValidator } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { jobTypeDetails } from '../../jobs/index.ts';
import { acceptJob } from '../../scheduler/index.ts';
import { actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { readJson } from '../request/body.ts';
import { traceOf } from '../observe/trace.ts';
import { found } from '../request/ids.ts';
import type { Handler } from '../route.ts';
import { readJob } from './job-details.ts';

/**
 * `POST jobs/`: with the header `Idempotency-Key`, the same key again is the same job, so that a client that lost the
 * answer may ask once more.
 */
export function postJob(context: Context): Handler {
  const { db, mostBytes } = context;
  return async (request, response) => {
    const body = await readJson(request, mostBytes, jobPostValidator);
    const key = body.job_type_id ?? body.job_type;
    if (key === undefined || (body.job_type_id !== undefined && body.job_type !== undefined))
      throw new SeedbedError('invalid-request', { problem: 'Give either job_type_id or job_type' });
    const words = typeof key === 'number' ? key : `${key.name} ${key.version}`;
    const type = found(await jobTypeDetails(db, key), 'job type', words);
    const { input, configuration } = body;
    const dedupeKey = idempotencyKey(request.headers['idempotency-key']);
    const traceContext = traceOf(response);
    const job = { type, input, configuration, dedupeKey, traceContext };
    const { id, warnings } = await acceptJob(db, context, job, actor);
    db.notify('queue');
    return {
      status: 201,
      headers: { Location: `${request.baseUrl}/jobs/${id}/` },
      json: { ...(await readJob(db, id)), warnings },
    };
  };
}

/** Apart from the keys that others make for jobs of theirs. */
function idempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = String(header);
  if (!/^[\x20-\x7e]{1,255}$/.test(text))
    throw new SeedbedError('invalid-request', {
      problem: 'The header Idempotency-Key must have 1 to 255 printable ASCII characters',
    });
  return `api:${text}`;
}
