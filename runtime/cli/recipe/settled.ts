import type { RecipeGraphDocument } from '../../../seed-schema/index.ts';

/** States of nodes that may go on by themselves. */
const moving = ['PENDING', 'QUEUED', 'RUNNING'];

/** Whether nothing of a recipe goes on any more by itself. Pure. */
export function hasSettled({ is_completed: isDone, counters, nodes }: RecipeGraphDocument): boolean {
  const goesOn = counters.jobs_queued + counters.jobs_running > 0;
  return isDone || (!goesOn && !nodes.some(({ state }) => moving.includes(state)));
}
