import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { Queries } from '../database/index.ts';
import type { LocalWorkspace } from '../workspace/index.ts';
import { mediaTypeOf } from './media-type.ts';
import { type ScaleFile, scaleFileColumns, scaleFileTables } from './scale-file.ts';

/** A file on this machine as `stat` saw it. */
export interface SeenFile {
  /** Absolute. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly inode: bigint;
}

/** What `scale_file.file_stat` holds: the same text and size again mean the same content. */
export function fileStat(file: Pick<SeenFile, 'mtimeNs' | 'inode'>): string {
  return `${file.mtimeNs}-${file.inode}`;
}

const current = 'not f.is_superseded and not f.is_deleted';

/**
 * Gives every file its current row. An unchanged file keeps its row (a product of an earlier job stays that product);
 * changed content is a new version, and the old one is superseded. Safe when several processes register the same files.
 * @returns the rows in the order of `files`
 */
export async function registerSources(
  db: Queries,
  workspace: LocalWorkspace,
  files: readonly SeenFile[],
): Promise<ScaleFile[]> {
  const wanted = new Map(files.map((file) => [workspace.filePath(file.path), file]));
  const rows = await lockCurrent(db, workspace, [...wanted.keys()]);
  const changed = rows.filter((row) => !isUnchanged(row, wanted.get(row.file_path)!));
  if (changed.length > 0) await supersede(db, changed);
  const identities = new Map(changed.map((row) => [row.file_path, row.uuid]));
  const known = new Map(rows.filter((row) => !changed.includes(row)).map((row) => [row.file_path, row]));
  const fresh = [...wanted].filter(([filePath]) => !known.has(filePath));
  if (fresh.length > 0) {
    await insert(db, workspace, fresh, identities);
    for (const row of await lockCurrent(
      db,
      workspace,
      fresh.map(([filePath]) => filePath),
    ))
      known.set(row.file_path, row);
  }
  return files.map((file) => known.get(workspace.filePath(file.path))!);
}

/** The rows of these ids, as they are now; in no order. */
export function filesById(db: Queries, ids: readonly number[]): Promise<ScaleFile[]> {
  return db.query<ScaleFile>(`select ${scaleFileColumns} from ${scaleFileTables} where f.id = any($1)`, [
    ids,
  ]);
}

/** Sets the checksums that were taken beside the job, unless the row has one. */
export async function recordChecksums(db: Queries, checksums: ReadonlyMap<number, string>): Promise<void> {
  if (checksums.size === 0) return;
  await db.query(
    `update scale_file f set sha256 = c.sha256, last_modified = now()
     from unnest($1::bigint[], $2::text[]) as c (id, sha256)
     where f.id = c.id and f.sha256 is null`,
    [[...checksums.keys()], [...checksums.values()]],
  );
}

/** The file of a row is at its place again with the same content, as another one: `stat` is what `fileStat` says of that. */
export async function knowAgain(
  db: Queries,
  file: Pick<ScaleFile, 'id' | 'file_stat'>,
  stat: string,
): Promise<void> {
  await db.query('update scale_file set file_stat = $3 where id = $1 and file_stat = $2', [
    file.id,
    file.file_stat,
    stat,
  ]);
}

function isUnchanged(row: ScaleFile, file: SeenFile): boolean {
  return row.file_size === file.size && row.file_stat === fileStat(file);
}

function lockCurrent(db: Queries, workspace: LocalWorkspace, paths: readonly string[]): Promise<ScaleFile[]> {
  return db.query<ScaleFile>(
    `select ${scaleFileColumns} from ${scaleFileTables}
     where f.workspace_id = $1 and md5(f.file_path) in (select md5(p) from unnest($2::text[]) p)
       and f.file_path = any($2) and ${current}
     order by f.id for update of f`,
    [workspace.id, paths],
  );
}

async function supersede(db: Queries, rows: readonly ScaleFile[]): Promise<void> {
  await db.query(
    'update scale_file set is_superseded = true, superseded = now(), last_modified = now() where id = any($1)',
    [rows.map((row) => row.id)],
  );
}

async function insert(
  db: Queries,
  workspace: LocalWorkspace,
  files: readonly (readonly [string, SeenFile])[],
  identities: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = files
    .map(([filePath, file]) => ({
      uuid: identities.get(filePath) ?? randomUUID().replaceAll('-', ''),
      version_id: uuidv7(),
      file_path: filePath,
      file_name: path.basename(filePath),
      media_type: mediaTypeOf(filePath),
      file_size: file.size,
      file_stat: fileStat(file),
    }))
    .sort((a, b) => (a.file_path < b.file_path ? -1 : 1));
  await db.query(
    `insert into scale_file
       (workspace_id, file_type, uuid, version_id, file_path, file_name, media_type, file_size, file_stat)
     select $1, 'SOURCE', r.* from jsonb_to_recordset($2::jsonb)
       as r (uuid text, version_id uuid, file_path text, file_name text, media_type text, file_size bigint, file_stat text)
     on conflict (workspace_id, md5(file_path)) where not is_superseded and not is_deleted do nothing`,
    [workspace.id, JSON.stringify(rows)],
  );
}
