import path from 'node:path';
import type { Queries } from '../database/index.ts';

/** Whether a file of the catalogue has this place now. */
export async function isCurrentPath(db: Queries, workspace: number, filePath: string): Promise<boolean> {
  const rows = await db.query(
    `select 1 from scale_file where workspace_id = $1 and md5(file_path) = md5($2) and file_path = $2
       and not is_superseded and not is_deleted`,
    [workspace, filePath],
  );
  return rows.length > 0;
}

/**
 * A file has another name in its workspace now.
 * @param version what the workspace calls its content there
 * @returns false when it is no longer where it was
 */
export async function moveFileRow(
  tx: Queries,
  id: number,
  from: string,
  to: string,
  version: string,
): Promise<boolean> {
  const rows = await tx.query(
    `update scale_file set file_path = $3, file_name = $4, file_stat = $5, last_modified = now()
     where id = $1 and file_path = $2 and not is_superseded and not is_deleted returning id`,
    [id, from, to, path.posix.basename(to), version],
  );
  return rows.length > 0;
}

/** Whether other executions that run were given a file: they may be about to read it by the name that they know. */
export async function isInputOfOthers(db: Queries, file: number, execution: number): Promise<boolean> {
  const rows = await db.query(
    `select 1 from job_input_file i join job_exe x on x.job_id = i.job_id
     where i.input_file_id = $1 and x.status = 'RUNNING' and x.id <> $2 limit 1`,
    [file, execution],
  );
  return rows.length > 0;
}
