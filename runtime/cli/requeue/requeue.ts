import type { Body, JobStatus } from '../../client/index.ts';
import { bulk } from '../service/bulk.ts';
import { wholeNumber } from '../whole-number.ts';
import type { RequeueOptions } from './options.ts';

const able: readonly JobStatus[] = ['FAILED', 'CANCELED'];

/** `seed requeue`. @returns 0; 2 when none of the jobs that were named can be requeued */
export async function requeue(ids: readonly string[], options: RequeueOptions): Promise<0 | 2> {
  const priority =
    options.priority === undefined
      ? {}
      : { priority: wholeNumber('--priority', options.priority, { most: 2_147_483_647 }) };
  return bulk(ids, options, 'requeueing', able, (client, filter) =>
    client.requeue({ ...filter, ...priority } as Body<'POST /jobs/requeue'>),
  );
}
