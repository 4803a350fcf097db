import type { Queries } from '../database/index.ts';
import { recordEvents } from '../jobs/index.ts';
import { type Need, needsOf } from './needs.ts';

/** Why files go, and who wants it. */
export interface Deletion {
  /** For people, e.g. `retention rule 3`. */
  readonly reason: string;
  readonly actor: string;
}

export interface Marked {
  readonly id: number;
  /** Bytes. */
  readonly size: number;
}

/** Whose files these are is not known: the user's own, by their paths on a machine. Never removed. */
export const isUsersOwn = `(w.name like 'local-%' or coalesce(w.json_config #>> '{broker,host_path}', '') = '/')`;

/**
 * Marks files as deleted, and has their content removed later (`sweepFiles`). What something still needs stays; files of
 * `local-*` are forgotten only, their content is the user's. Locks the rows, so that whoever wants to read one of them
 * meanwhile waits, and is seen.
 */
export async function markDeleted(
  tx: Queries,
  ids: readonly number[],
  { reason, actor }: Deletion,
): Promise<{ readonly deleted: readonly Marked[]; readonly kept: readonly Need[] }> {
  const known = await tx.query<{ id: number }>(
    'select id from scale_file where id = any($1::bigint[]) and not is_deleted order by id for update',
    [ids],
  );
  const needs = await needsOf(
    tx,
    known.map(({ id }) => id),
  );
  const free = known.flatMap(({ id }) => (needs.has(id) ? [] : [id]));
  const deleted = await tx.query<Marked & { path: string }>(
    `update scale_file set is_deleted = true, deleted = now(), is_published = false,
       unpublished = case when is_published then now() else unpublished end, last_modified = now()
     where id = any($1::bigint[]) returning id, file_size as size, file_path as path`,
    [free],
  );
  await queueRemovals(tx, free, { reason, actor });
  await recordEvents(
    tx,
    deleted.map(({ id, size, path }) => ({
      entity: 'scale_file',
      id,
      kind: 'deleted',
      actor,
      data: { reason, path, bytes: size },
    })),
  );
  return { deleted, kept: [...needs.values()] };
}

/** The content of these files is to be removed, unless it is the user's own. The rows may go in the same transaction. */
export async function queueRemovals(
  tx: Queries,
  ids: readonly number[],
  { reason, actor }: Deletion,
): Promise<void> {
  await tx.query(
    `insert into file_removal (workspace_id, file_id, file_path, file_size, sha256, file_stat, reason, actor)
     select f.workspace_id, f.id, f.file_path, f.file_size, f.sha256, f.file_stat, $2, $3
     from scale_file f join workspace w on w.id = f.workspace_id
     where f.id = any($1::bigint[]) and not ${isUsersOwn}
     on conflict (file_id) do nothing`,
    [ids, reason, actor],
  );
}
