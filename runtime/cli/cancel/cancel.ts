import type { Body, JobStatus } from '../../client/index.ts';
import { bulk } from '../service/bulk.ts';
import type { CancelOptions } from './options.ts';

const able: readonly JobStatus[] = ['PENDING', 'BLOCKED', 'QUEUED', 'RUNNING', 'FAILED'];

/** `seed cancel`. @returns 0; 2 when none of the jobs that were named can be canceled */
export function cancel(ids: readonly string[], options: CancelOptions): Promise<0 | 2> {
  return bulk(ids, options, 'canceling', able, (client, filter) =>
    client.cancel(filter as Body<'POST /jobs/cancel'>),
  );
}
