import type { Database, Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { recipeContext, submitRecipes } from '../../recipes/index.ts';
import { acceptJobs, type SubmissionContext } from '../../scheduler/index.ts';
import { insertTasks, recordTasks, type TaskOutcome } from './insert-tasks.ts';
import type { JudgedTask, StoredTasks } from './judged-task.ts';

/**
 * Stores tasks that are of no batch, and begins with each in the transaction that stores it. All are in one; where that fails
 * for what one of them is, each is in one of its own.
 */
export async function storeAlone<Task extends JudgedTask>(
  db: Database,
  context: SubmissionContext,
  tasks: readonly Task[],
  actor: string,
): Promise<StoredTasks<Task>> {
  const stored: StoredTasks<Task> = new Map();
  if (tasks.length === 0) return stored;
  try {
    await db.transaction(async (tx) => {
      const rows = tasks.map((task) => ({ ...task, batchId: null }));
      for (const [position, id] of await insertTasks(tx, rows, actor)) stored.set(tasks[position]!, id);
      await begin(db, tx, context, stored as Map<Task, number>, actor);
    });
  } catch (thrown) {
    if (!(thrown instanceof SeedbedError) || thrown.definition.status >= 500) throw thrown;
    const [only] = tasks;
    if (tasks.length === 1) {
      const name = thrown.error.toUpperCase().replaceAll('-', '_');
      return new Map([[only!, [{ name, path: '', description: thrown.message }]]]);
    }
    stored.clear();
    for (const task of tasks)
      for (const [key, value] of await storeAlone(db, context, [task], actor)) stored.set(key, value);
  }
  if (stored.size > 0) for (const topic of ['queue', 'jobs', 'actions'] as const) db.notify(topic);
  return stored;
}

async function begin(
  connection: object,
  tx: Queries,
  context: SubmissionContext,
  stored: ReadonlyMap<JudgedTask, number>,
  actor: string,
): Promise<void> {
  const outcomes: TaskOutcome[] = [];
  const recipes = [...stored].flatMap(([{ target, payload }, id]) =>
    target.kind === 'recipe' ? [{ id, revisionId: target.plan.revisionId, payload }] : [],
  );
  const made = await submitRecipes(
    tx,
    recipeContext(connection, context.config),
    recipes.map(({ revisionId, payload: { files, json, configuration } }) => {
      return { revisionId, input: { version: '7' as const, files, json }, configuration, actor };
    }),
  );
  for (const [at, { id }] of recipes.entries())
    outcomes.push({ id, recipeId: made[at]!, jobId: null, errors: [] });

  const byType = new Map<number, [JudgedTask, number][]>();
  for (const [task, id] of stored)
    if (task.target.kind === 'job') {
      const { revision_id: key } = task.target.type;
      byType.set(key, [...(byType.get(key) ?? []), [task, id]]);
    }
  for (const tasks of byType.values()) {
    const { target } = tasks[0]![0];
    if (target.kind !== 'job') continue;
    const jobs = tasks.map(([{ payload }]) => ({
      input: { version: '7', files: payload.files, json: payload.json },
      configuration: payload.configuration,
    }));
    const accepted = await acceptJobs(tx, context, target.type, jobs, { actor });
    for (const [at, [, id]] of tasks.entries()) {
      const one = accepted[at]!;
      if ('id' in one) outcomes.push({ id, recipeId: null, jobId: one.id, errors: [] });
      else outcomes.push({ id, recipeId: null, jobId: null, errors: one.errors });
    }
  }
  await recordTasks(tx, outcomes);
}
