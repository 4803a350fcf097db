import type { Queries } from '../database/index.ts';
import type { LocalWorkspace } from '../workspace/index.ts';
import { registerArrivals } from './arrivals.ts';
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
  const arrivals = files.map((file) => ({
    path: workspace.filePath(file.path),
    size: file.size,
    version: fileStat(file),
    sha256: null,
    dataTypes: [],
  }));
  const registered = await registerArrivals(db, workspace.id, arrivals);
  const ids = registered.map((row) => row.id);
  const rows = new Map((await filesById(db, [...new Set(ids)])).map((row) => [row.id, row]));
  return ids.map((id) => rows.get(id)!);
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
