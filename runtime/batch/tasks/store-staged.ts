import type { Database } from '../../database/index.ts';
import { batchesNamed, holdStaging } from './batches.ts';
import { insertTasks } from './insert-tasks.ts';
import type { JudgedTask, StoredTasks } from './judged-task.ts';
import { notStaging } from './not-staging.ts';

/** Stores the tasks of batches that are STAGING, in one transaction: as long as it lasts no batch of theirs is finalized. */
export async function storeStaged<Task extends JudgedTask>(
  db: Database,
  tasks: readonly Task[],
  actor: string,
): Promise<StoredTasks<Task>> {
  const stored: StoredTasks<Task> = new Map();
  if (tasks.length === 0) return stored;
  const ids = [...new Set(tasks.map(({ batch }) => batch!.id))];
  await db.transaction(async (tx) => {
    await holdStaging(tx, ids);
    const batches = await batchesNamed(tx, new Set(ids));
    const open = tasks.filter((task) => {
      const batch = batches.get(task.batch!.id)!;
      if (batch.state !== 'STAGING') stored.set(task, [notStaging(batch)]);
      return batch.state === 'STAGING';
    });
    const rows = open.map(({ batch, ...rest }) => ({ ...rest, batchId: batch!.id }));
    for (const [position, id] of await insertTasks(tx, rows, actor)) stored.set(open[position]!, id);
  });
  return stored;
}
