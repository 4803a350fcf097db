import type { Finding } from '../../../seed-schema/index.ts';
import type { Database } from '../../database/index.ts';
import type { SubmissionContext } from '../../scheduler/index.ts';
import type { BatchKey } from './batches.ts';
import { judgePosts, knownTasks, type UntakenTask } from './judge-posts.ts';
import { storeAlone } from './store-alone.ts';
import { storeStaged } from './store-staged.ts';
import { tasksById, type TaskRow } from './task.ts';

/** What became of a task that was posted. */
export type PostedTask =
  { readonly status: 201; readonly task: TaskRow; readonly warnings: readonly Finding[] } | UntakenTask;

/** What would become of a task that was posted. */
export type ForeseenTask = { readonly status: 200; readonly warnings: readonly Finding[] } | UntakenTask;

/**
 * Takes tasks, each by itself: stages those of a batch, begins those by themselves.
 * @param posts bodies of `POST tasks/`, not judged yet
 * @param batch of those that name none
 * @returns what became of each, in their order
 */
export async function postTasks(
  db: Database,
  context: SubmissionContext,
  posts: readonly unknown[],
  { actor, batch }: { readonly actor: string; readonly batch?: BatchKey | undefined },
): Promise<PostedTask[]> {
  const { untaken, judged } = await judgePosts(db, context, posts, { batch });
  const staged = judged.filter((task) => task.batch !== undefined);
  const alone = judged.filter((task) => task.batch === undefined);
  const stored = new Map([
    ...(await storeStaged(db, staged, actor)),
    ...(await storeAlone(db, context, alone, actor)),
  ]);
  const rows = await tasksById(
    db,
    [...stored.values()].flatMap((one) => (typeof one === 'number' ? one : [])),
  );
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const outcomes = new Map<number, PostedTask>(untaken);
  const others = judged.filter((task) => {
    const made = stored.get(task);
    outcomes.set(
      task.position,
      typeof made === 'number'
        ? { status: 201, task: rowOf.get(made)!, warnings: task.warnings }
        : { status: 400, errors: made ?? [], warnings: [] },
    );
    return typeof made !== 'number';
  });
  // What was there, or has come meanwhile; also where its batch has been finalized since.
  for (const [position, known] of await knownTasks(db, others)) outcomes.set(position, known);
  return posts.map((_, position) => outcomes.get(position)!);
}

/** Judges tasks as `postTasks` does, and stores nothing. A file that is to be sent before may be named by its `file_name` alone. */
export async function foreseeTasks(
  db: Database,
  context: SubmissionContext,
  posts: readonly unknown[],
  batch: BatchKey | undefined,
): Promise<ForeseenTask[]> {
  const { untaken, judged } = await judgePosts(db, context, posts, { batch, filesAreToCome: true });
  const outcomes = new Map<number, ForeseenTask>(untaken);
  for (const { position, warnings } of judged) outcomes.set(position, { status: 200, warnings });
  return posts.map((_, position) => outcomes.get(position)!);
}
