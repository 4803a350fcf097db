import type { Finding } from '../../../seed-schema/index.ts';
import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../../database/index.ts';

/**
 * Where a task stands:
 *
 *     STAGED   → CREATED   its recipe or job was made, when its batch was finalized; of a task by itself at once
 *     STAGED   → REFUSED   that could not be made any more, see `error`
 *     STAGED   → CANCELED  its batch was canceled before
 */
export const taskStates = ['STAGED', 'CREATED', 'REFUSED', 'CANCELED'] as const;
export type TaskState = (typeof taskStates)[number];

/** A task as it is shown. */
export interface TaskRow {
  readonly id: number;
  readonly unique_id: string | null;
  readonly batch: { readonly id: number; readonly name: string | null } | null;
  readonly state: TaskState;
  readonly job: { readonly id: number } | null;
  readonly recipe: { readonly id: number } | null;
  /** Files by their ids. */
  readonly input: { readonly files: Readonly<Record<string, readonly number[]>>; readonly json: object };
  /** Why it was refused. */
  readonly error: { readonly errors: readonly Pick<Finding, 'name' | 'description'>[] } | null;
  /** UTC text. */
  readonly created: string;
}

/** What is to be run, judged: the column `payload`. */
export interface TaskPayload {
  /** Ids of files by input. */
  readonly files: Readonly<Record<string, readonly number[]>>;
  readonly json: Readonly<Record<string, unknown>>;
  /** Of its jobs, its priority among it. */
  readonly configuration: Readonly<Record<string, unknown>>;
}

export interface TaskFilter {
  readonly batchIds?: readonly number[] | undefined;
  readonly uniqueIds?: readonly string[] | undefined;
  readonly states?: readonly TaskState[] | undefined;
}

export const taskOrders: OrderFields = { id: { sql: 't.id', type: 'bigint' } };

const columns = `t.id, t.unique_id, t.state, t.error, t.created,
  case when b.id is not null then json_build_object('id', b.id, 'name', b.name) end as batch,
  case when t.job_id is not null then json_build_object('id', t.job_id) end as job,
  case when t.recipe_id is not null then json_build_object('id', t.recipe_id) end as recipe,
  json_build_object('files', t.payload -> 'files', 'json', t.payload -> 'json') as input`;

/** In the order in which they were given, unless another is asked for. */
export function listTasks(
  db: Queries,
  filter: TaskFilter,
  order: Order,
  window: Window,
): Promise<ListPage<TaskRow>> {
  const conditions = new Conditions()
    .equal('t.project_id', 1, 'bigint')
    .among('t.batch_id', filter.batchIds, 'bigint')
    .among('t.unique_id', filter.uniqueIds, 'text')
    .among('t.state', filter.states, 'text');
  return listPage<TaskRow>(
    db,
    {
      ...{ tables: 'task t', id: 't.id', conditions, order, fields: taskOrders, columns },
      joins: 'task t on t.id = page.id left join batch b on b.id = t.batch_id',
    },
    window,
  );
}

/** Tasks by their ids, in any order. */
export function tasksById(db: Queries, ids: readonly number[]): Promise<TaskRow[]> {
  return db.query<TaskRow>(
    `select ${columns} from task t left join batch b on b.id = t.batch_id where t.id = any($1::bigint[])`,
    [ids],
  );
}

/** A task with what tells whether another payload is the same. */
export interface KnownTask extends TaskRow {
  readonly digest: Buffer;
}

/** The tasks that have these unique ids, by them. */
export async function tasksByUniqueId(
  db: Queries,
  uniqueIds: readonly string[],
): Promise<Map<string, KnownTask>> {
  if (uniqueIds.length === 0) return new Map();
  const rows = await db.query<KnownTask>(
    `select ${columns}, t.digest from task t left join batch b on b.id = t.batch_id
     where t.project_id = 1 and t.unique_id = any($1::text[])`,
    [uniqueIds],
  );
  return new Map(rows.map((row) => [row.unique_id!, row]));
}
