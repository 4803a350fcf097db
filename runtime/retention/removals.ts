import {
  Conditions,
  listPage,
  type ListPage,
  type OrderFields,
  type Order,
  type Queries,
  type Window,
} from '../database/index.ts';
import { recordEvent } from '../jobs/index.ts';

/** Content of a deleted file that is still to be removed. */
export interface RemovalRow {
  readonly id: number;
  readonly file: { readonly id: number };
  readonly workspace: { readonly id: number; readonly name: string };
  readonly file_path: string;
  /** Bytes. */
  readonly file_size: number;
  readonly reason: string;
  readonly actor: string;
  readonly tries: number;
  readonly not_before: string;
  /** Why it is still there; null: its turn has not come. */
  readonly problem: string | null;
  readonly created: string;
}

export const removalOrders: OrderFields = {
  id: { sql: 'r.id', type: 'bigint' },
  file_size: { sql: 'r.file_size', type: 'bigint' },
  tries: { sql: 'r.tries', type: 'bigint' },
  created: { sql: 'r.created', type: 'timestamptz' },
};

export function listRemovals(
  db: Queries,
  filter: { readonly workspaces?: readonly string[] | undefined; readonly hasProblem?: boolean | undefined },
  order: Order,
  window: Window,
): Promise<ListPage<RemovalRow>> {
  const conditions = new Conditions().among('w.name', filter.workspaces, 'text');
  if (filter.hasProblem !== undefined) conditions.add(`r.problem is ${filter.hasProblem ? 'not ' : ''}null`);
  const listing = {
    tables: 'file_removal r join workspace w on w.id = r.workspace_id',
    id: 'r.id',
    conditions,
    order,
    fields: removalOrders,
    columns: `r.id, json_build_object('id', r.file_id) as file, json_build_object('id', w.id, 'name', w.name) as workspace,
      r.file_path, r.file_size, r.reason, r.actor, r.tries, r.not_before, r.problem, r.created`,
    joins: 'file_removal r on r.id = page.id join workspace w on w.id = r.workspace_id',
  };
  return listPage<RemovalRow>(db, listing, window);
}

/** Gives up a removal: what is there stays there. @returns false when there is none */
export async function dropRemoval(tx: Queries, id: number, actor: string): Promise<boolean> {
  const [row] = await tx.query<{ file: number; path: string; problem: string | null }>(
    'delete from file_removal where id = $1::bigint returning file_id as file, file_path as path, problem',
    [id],
  );
  if (!row) return false;
  const data = { path: row.path, why: row.problem ?? 'its removal was given up' };
  await recordEvent(tx, { entity: 'scale_file', id: row.file, kind: 'content-kept', actor, data });
  return true;
}
