import type { TaskRow } from '../../batch/index.ts';

/** A task as it is answered. */
export function taskDocument({ id, unique_id, batch, state, job, recipe, input, error, created }: TaskRow) {
  return { id, unique_id, batch, state, job, recipe, input, error, created };
}
