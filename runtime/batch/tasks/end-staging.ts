import type { Database } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { requestAction } from '../../jobs/index.ts';
import { lockBatch } from '../creation/batch-row.ts';
import { endStaging } from './batches.ts';

/**
 * Ends the staging of a batch: its tasks are begun from now on, and it takes no others. Of one that is begun already nothing
 * is changed.
 * @returns false when there is no such batch
 * @throws batch-canceled
 */
export async function finalizeBatch(db: Database, id: number): Promise<boolean> {
  const isThere = await db.transaction(async (tx) => {
    await endStaging(tx, id);
    const batch = await lockBatch(tx, id);
    if (batch?.state === 'CANCELED') throw new SeedbedError('batch-canceled', { batch: id });
    if (batch?.state === 'STAGING')
      await tx.query(
        `update batch set state = 'CREATING', finalized = now(), last_modified = now(),
           runs_estimated = (select count(*) from task where batch_id = $1) where id = $1`,
        [id],
      );
    return batch !== undefined;
  });
  db.notify('batches');
  return isThere;
}

/**
 * Cancels a batch: what of it is not begun is not made any more, and its jobs are canceled after the answer.
 * @returns `job_action.id`; undefined when there is no such batch
 */
export async function cancelBatch(db: Database, id: number, actor: string): Promise<number | undefined> {
  const action = await db.transaction(async (tx) => {
    await endStaging(tx, id);
    const batch = await lockBatch(tx, id);
    if (!batch) return undefined;
    if (batch.state === 'STAGING' || batch.state === 'CREATING') {
      await tx.query(
        `update batch set state = 'CANCELED', creation_ended = now(), last_modified = now() where id = $1`,
        [id],
      );
      await tx.query(`update task set state = 'CANCELED' where batch_id = $1 and state = 'STAGED'`, [id]);
    }
    return requestAction(tx, { kind: 'cancel', filter: { batchIds: [id] }, actor });
  });
  db.notify('actions');
  return action;
}

/**
 * Queues the jobs of a batch again that have failed or were canceled, those of its recipes too.
 * @returns `job_action.id`; undefined when there is no such batch
 */
export async function requeueFailed(db: Database, id: number, actor: string): Promise<number | undefined> {
  const [batch] = await db.query('select 1 from batch where id = $1', [id]);
  if (!batch) return undefined;
  const filter = { batchIds: [id], status: ['FAILED', 'CANCELED'] } as const;
  const action = await requestAction(db, { kind: 'requeue', filter, actor });
  db.notify('actions');
  return action;
}
