import type { Finding } from '../../../seed-schema/index.ts';
import type { BatchOfTasks } from './batches.ts';

/** Why a batch takes no tasks. */
export function notStaging({ id, name, state }: BatchOfTasks): Finding {
  const why = state === 'CANCELED' ? 'was canceled' : 'has been finalized';
  return {
    name: 'BATCH_NOT_STAGING',
    path: 'batch',
    description: `The batch ${name ?? id} ${why}, and takes no tasks any more`,
  };
}
