import type { Queries } from '../../database/index.ts';
import type { TaskPayload } from './task.ts';

/** A task that was judged. */
export interface NewTask {
  /** null: it is by itself. */
  readonly batchId: number | null;
  readonly uniqueId: string | null;
  readonly payload: TaskPayload;
  readonly digest: Buffer;
}

/**
 * Stores tasks as STAGED, in one statement; one whose unique id is taken, also by an earlier one of them, is left out. Ids go
 * up in the order of `tasks`; rows are stored in the order of their unique ids, so that two who send the same ones at once
 * do not wait for each other.
 * @returns their ids by position
 */
export async function insertTasks(
  tx: Queries,
  tasks: readonly NewTask[],
  actor: string,
): Promise<Map<number, number>> {
  if (tasks.length === 0) return new Map();
  const rows = await tx.query<{ position: number; id: number }>(
    `with wanted as materialized (
       select nextval(pg_get_serial_sequence('task', 'id')) as id, w.*
       from (select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[])
         with ordinality as w (batch, unique_id, payload, digest, position) order by position) w
     ), made as (
       insert into task (id, batch_id, unique_id, payload, digest, created_by)
       overriding system value
       select id, batch, unique_id, payload::jsonb, decode(digest, 'hex'), $5 from wanted
       order by unique_id collate "C" nulls first, position
       on conflict (project_id, unique_id) do nothing returning id
     )
     select wanted.position::integer - 1 as position, wanted.id from made join wanted on wanted.id = made.id`,
    [
      tasks.map(({ batchId }) => batchId),
      tasks.map(({ uniqueId }) => uniqueId),
      tasks.map(({ payload }) => JSON.stringify(payload)),
      tasks.map(({ digest }) => digest.toString('hex')),
      actor,
    ],
  );
  return new Map(rows.map(({ position, id }) => [position, id]));
}

/** What became of a task. */
export interface TaskOutcome {
  readonly id: number;
  readonly recipeId: number | null;
  readonly jobId: number | null;
  /** Why nothing was made of it; empty: something was. */
  readonly errors: readonly { readonly name: string; readonly description: string }[];
}

/** Says of tasks that are STAGED what became of them. */
export async function recordTasks(tx: Queries, outcomes: readonly TaskOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await tx.query(
    `update task t set state = case when o.error is null then 'CREATED' else 'REFUSED' end, job_id = o.job,
       recipe_id = o.recipe, error = o.error
     from jsonb_to_recordset($1::jsonb) as o (id bigint, job bigint, recipe bigint, error jsonb)
     where t.id = o.id and t.state = 'STAGED'`,
    [
      JSON.stringify(
        outcomes.map(({ id, recipeId, jobId, errors }) => ({
          ...{ id, job: jobId, recipe: recipeId },
          error:
            errors.length === 0
              ? null
              : { errors: errors.map(({ name, description }) => ({ name, description })) },
        })),
      ),
    ],
  );
}
