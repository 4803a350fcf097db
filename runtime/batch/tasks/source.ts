import type { OpenSource } from '../creation/source.ts';
import { recordTasks } from './insert-tasks.ts';
import type { TaskPayload } from './task.ts';

/**
 * The tasks of a batch that are STAGED, in their order. As nothing is added to a batch that is CREATING, those behind its
 * position are all that are left.
 */
export const tasksOf: OpenSource = async (_, { id: batchId }) => ({
  next: async (tx, after, limit) => {
    const rows = await tx.query<{ id: number; payload: TaskPayload }>(
      `select id, payload from task where batch_id = $1 and id > $2 and state = 'STAGED' order by id limit $3`,
      [batchId, after, limit],
    );
    return rows.map(({ id, payload: { files, json, configuration } }) => ({
      position: id,
      input: { version: '7', files, json },
      configuration,
      priority: configuration.priority as number | undefined,
    }));
  },
  made: (tx, outcomes) =>
    recordTasks(
      tx,
      outcomes.map(({ position, ...rest }) => ({ id: position, ...rest })),
    ),
});
