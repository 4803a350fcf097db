import type { Queries } from '../database/index.ts';
import { recordEvent } from '../jobs/index.ts';

/** That a file stays, whatever the rules say. */
export interface Hold {
  readonly file_id: number;
  readonly reason: string;
  readonly created_by: string;
  readonly created: string;
}

export async function holdOf(db: Queries, fileId: number): Promise<Hold | undefined> {
  const [row] = await db.query<Hold>(
    'select file_id, reason, created_by, created from file_hold where file_id = $1::bigint',
    [fileId],
  );
  return row;
}

/** Holds a file, or gives its hold another reason. @returns false when there is no such file, or it is deleted already */
export async function holdFile(tx: Queries, fileId: number, reason: string, actor: string): Promise<boolean> {
  const [file] = await tx.query(
    'select from scale_file where id = $1::bigint and not is_deleted for no key update',
    [fileId],
  );
  if (!file) return false;
  await tx.query(
    `insert into file_hold (file_id, reason, created_by) values ($1, $2, $3)
     on conflict (file_id) do update set reason = excluded.reason, created_by = excluded.created_by`,
    [fileId, reason, actor],
  );
  await recordEvent(tx, { entity: 'scale_file', id: fileId, kind: 'held', actor, data: { reason } });
  return true;
}

/** @returns false when it was not held */
export async function releaseFile(tx: Queries, fileId: number, actor: string): Promise<boolean> {
  const released = await tx.execute('delete from file_hold where file_id = $1::bigint', [fileId]);
  if (released > 0) await recordEvent(tx, { entity: 'scale_file', id: fileId, kind: 'released', actor });
  return released > 0;
}
