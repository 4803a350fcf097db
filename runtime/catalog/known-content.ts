import type { Queries } from '../database/index.ts';
import { type ScaleFile, scaleFileColumns, scaleFileTables } from './scale-file.ts';
import { managedWorkspaceName } from './workspaces.ts';

/** Rows that are looked at; more than one only where files of one content are gone from the disk. */
const most = 10;

/**
 * Current files of one content and name in the service's own workspace, the oldest first, so
 * that who asks again gets the same. Files elsewhere are others', who
 * may change them.
 * @param sha256 hexadecimal
 */
export function filesOfContent(db: Queries, sha256: string, fileName: string): Promise<ScaleFile[]> {
  return db.query<ScaleFile>(
    `select ${scaleFileColumns} from ${scaleFileTables}
     where f.sha256 = $1 and f.file_name = $2 and w.name = $3 and not f.is_deleted and not f.is_superseded
     order by f.id limit ${most}`,
    [sha256, fileName, managedWorkspaceName],
  );
}
