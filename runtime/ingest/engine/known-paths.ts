import type { Queries } from '../../database/index.ts';
import type { FileEntry } from '../../workspace/index.ts';
import type { Task } from './context.ts';

/** A file that the catalogue has in this place with this version. */
export interface KnownPath {
  /** Whether this very strike or scan brought it there: it is none that has arrived. */
  readonly isOwn: boolean;
}

/** @returns by path */
export async function knownPaths(
  db: Queries,
  { kind, id }: Pick<Task, 'kind' | 'id'>,
  workspaceId: number,
  entries: readonly FileEntry[],
): Promise<Map<string, KnownPath>> {
  const rows = await db.query<{ path: string; own: boolean }>(
    `select f.file_path as path, exists (
       select from ingest i where i.source_file_id = f.id and i.${kind}_id = $1 and i.status = 'INGESTED'
         and (i.new_file_path is not null or i.new_workspace_id is not null)) as own
     from jsonb_to_recordset($3::jsonb) g (path text, version text) join scale_file f
       on f.workspace_id = $2 and md5(f.file_path) = md5(g.path) and f.file_path = g.path and f.file_stat = g.version
       and not f.is_superseded and not f.is_deleted`,
    [id, workspaceId, JSON.stringify(entries.map(({ path, version }) => ({ path, version })))],
  );
  return new Map(rows.map(({ path, own }) => [path, { isOwn: own }]));
}
