import { type ListPage, type Queries, type Window } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { holdOf } from '../holds.ts';
import type { PurgeReport } from './report.ts';

/**
 * Where a purge stands:
 *
 *   COLLECT   all that came of the source is gathered: files, jobs, recipes
 *   STOP      jobs of it that wait or run are being canceled; jobs of the same recipes that took nothing of it end first
 *   DETACH    the files are marked as deleted, and no job or recipe refers to them any more
 *   FILES     the rows of the files go, and their content is put down for removal
 *   RECORDS   jobs with their executions and logs go, then recipes
 *   DONE
 *   FAILED    a file of it is held
 *
 * Each step is a transaction; a purge that is killed goes on at the step that it was at.
 */
export type PurgePhase = 'COLLECT' | 'STOP' | 'DETACH' | 'FILES' | 'RECORDS' | 'DONE' | 'FAILED';

export interface Purge {
  readonly id: number;
  readonly file: { readonly id: number; readonly file_name: string; readonly file_path: string };
  readonly phase: PurgePhase;
  /** What it waits for, or why it failed. */
  readonly problem: string | null;
  /** What goes; null while that is being gathered. */
  readonly report: PurgeReport | null;
  readonly created_by: string;
  readonly created: string;
  readonly ended: string | null;
}

export interface PurgeRequest {
  readonly fileId: number;
  /** Whether the content of the source goes, too. That in the service's own workspace goes in any case: nobody else has it. */
  readonly deleteContent: boolean;
  readonly actor: string;
}

const columns = `id, json_build_object('id', file_id, 'file_name', file_name, 'file_path', file_path) as file, phase,
  problem, report, created_by, created, ended`;

/**
 * Has a source purged. Asked for again while that goes on, it is the same purge.
 * @returns `purge.id`
 * @throws not-a-source, file-held
 */
export async function requestPurge(
  tx: Queries,
  { fileId, deleteContent, actor }: PurgeRequest,
): Promise<number> {
  const [going] = await tx.query<{ id: number }>(
    'select id from purge where file_id = $1::bigint and ended is null',
    [fileId],
  );
  if (going) return going.id;
  const refuse = (reason: string) => new SeedbedError('not-a-source', { file: fileId, reason });
  const [file] = await tx.query<{ file_type: string }>(
    'select file_type from scale_file where id = $1::bigint',
    [fileId],
  );
  if (!file) throw refuse('there is no such file');
  if (file.file_type !== 'SOURCE') throw refuse('it is a product of a job');
  const hold = await holdOf(tx, fileId);
  if (hold) throw new SeedbedError('file-held', { file: fileId, reason: hold.reason });
  const [made] = await tx.query<{ id: number }>(
    `insert into purge (file_id, file_name, file_path, workspace_id, delete_content, created_by)
     select id, file_name, file_path, workspace_id, $2, $3 from scale_file where id = $1::bigint
     on conflict (file_id) where ended is null do update set not_before = purge.not_before returning id`,
    [fileId, deleteContent, actor],
  );
  const id = made!.id;
  await tx.query(
    `insert into purge_member (purge_id, kind, member_id) values ($1, 'file', $2) on conflict do nothing`,
    [id, fileId],
  );
  return id;
}

/** Newest first. */
export async function listPurges(
  db: Queries,
  { limit, offset }: Pick<Window, 'limit' | 'offset'>,
): Promise<ListPage<Purge>> {
  const [counted] = await db.query<{ count: number }>('select count(*) from purge');
  const rows = await db.query<Purge>(`select ${columns} from purge order by id desc limit $1 offset $2`, [
    limit,
    offset,
  ]);
  return { count: counted!.count, rows };
}

export async function purgeById(db: Queries, id: number): Promise<Purge | undefined> {
  const [row] = await db.query<Purge>(`select ${columns} from purge where id = $1::bigint`, [id]);
  return row;
}
