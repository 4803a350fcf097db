import type { Queries } from '../database/index.ts';
import type { Workspace } from '../workspace/index.ts';

/** A place where an execution may have put files that no row names: a file, or a directory. */
export interface Leftover {
  readonly id: number;
  readonly jobExeId: number;
  readonly workspaceId: number;
  /** Inside the workspace. */
  readonly path: string;
  /** Only this content of the file, see `FileEntry.version`; null: any. */
  readonly version: string | null;
}

const columns = `select l.id, l.job_exe_id as "jobExeId", l.workspace_id as "workspaceId", l.path, l.version
  from leftover l`;

/** To be said before anything is put there. */
export async function noteLeftovers(
  db: Queries,
  execution: number,
  workspace: number,
  path: string,
  version: string | null = null,
): Promise<void> {
  await db.query(
    `insert into leftover (job_exe_id, workspace_id, path, version) values ($1, $2, $3, $4)
     on conflict (job_exe_id, workspace_id, path) do nothing`,
    [execution, workspace, path, version],
  );
}

/** In the transaction that names all that was put there. */
export async function clearLeftovers(
  tx: Queries,
  execution: number,
  workspace: number,
  path: string,
): Promise<void> {
  await tx.query('delete from leftover where job_exe_id = $1 and workspace_id = $2 and path = $3', [
    execution,
    workspace,
    path,
  ]);
}

/** Those of executions that are over. @param seconds so long ago, or longer */
export function leftovers(db: Queries, seconds: number): Promise<Leftover[]> {
  return db.query<Leftover>(
    `${columns} left join job_exe x on x.id = l.job_exe_id
     where x.id is null or (x.status <> 'RUNNING' and x.ended <= now() - make_interval(secs => $1)) order by l.id`,
    [seconds],
  );
}

/** Removes from a workspace what no row names. Does the same again when it is called again. */
export async function removeLeftover(
  db: Queries,
  workspace: Workspace,
  { id, path, version }: Leftover,
  signal?: AbortSignal,
): Promise<void> {
  const file = await workspace.stat(path);
  if (file && (version === null || version === file.version)) await removeUnnamed(db, workspace, [path]);
  for await (const page of workspace.list({ prefix: `${path}/`, ...(signal && { signal }) }))
    await removeUnnamed(
      db,
      workspace,
      page.map((entry) => entry.path),
    );
  await db.query('delete from leftover where id = $1', [id]);
}

/** Removes what an execution left at one place. */
export async function removeLeftoverAt(
  db: Queries,
  execution: number,
  workspace: Workspace,
  path: string,
): Promise<void> {
  const rows = await db.query<Leftover>(
    `${columns} where job_exe_id = $1 and workspace_id = $2 and path = $3`,
    [execution, workspace.id, path],
  );
  for (const row of rows) await removeLeftover(db, workspace, row);
}

async function removeUnnamed(db: Queries, workspace: Workspace, paths: readonly string[]): Promise<void> {
  const rows = await db.query<{ file_path: string }>(
    `select file_path from scale_file where workspace_id = $1 and not is_deleted
       and md5(file_path) in (select md5(p) from unnest($2::text[]) p) and file_path = any($2)`,
    [workspace.id, paths],
  );
  const named = new Set(rows.map((row) => row.file_path));
  for (const path of paths) if (!named.has(path)) await workspace.delete(path);
}
