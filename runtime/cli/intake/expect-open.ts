import type { BatchDetails, Client } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { ReadyTask, RefusedTask } from './rows/task.ts';
import { isRefused } from './rows/task.ts';

/** Unique ids that are asked for in one address. */
const idsAtOnce = 50;

/**
 * Refuses tasks for a batch that takes none any more, before a file of theirs is sent. Those that are there already are as
 * good as ever.
 * @throws intake-batch-closed at the first task that is not there
 */
export async function expectOpen(
  client: Client,
  { id, name, state }: BatchDetails,
  tasks: AsyncIterable<ReadyTask | RefusedTask>,
): Promise<void> {
  if (state === 'STAGING') return;
  const refuse = () => new SeedbedError('intake-batch-closed', { batch: name ?? `${id}`, state });
  let ids = new Set<string>();
  const expectThere = async () => {
    if (ids.size === 0) return;
    const { results } = await client.tasks({ unique_id: [...ids], page_size: idsAtOnce });
    if (results.length < ids.size) throw refuse();
    ids = new Set();
  };
  for await (const task of tasks) {
    if (isRefused(task)) continue;
    if (task.uniqueId === undefined) throw refuse();
    ids.add(task.uniqueId);
    if (ids.size === idsAtOnce) await expectThere();
  }
  await expectThere();
}
