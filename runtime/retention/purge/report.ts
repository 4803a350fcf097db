import { managedWorkspaceName } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import { isUsersOwn } from '../mark-deleted.ts';

/** What a purge removes. */
export interface PurgeReport {
  /** Rows of files, the source included. */
  readonly files: number;
  /** Files whose content is removed; in bytes. */
  readonly contents: number;
  readonly bytes: number;
  readonly jobs: number;
  readonly executions: number;
  /** Submitted ones; their parts are not counted. */
  readonly recipes: number;
  /** Jobs that wait or run, and are canceled first. */
  readonly jobs_canceled: number;
  /** What stays although it has to do with this source. */
  readonly kept: {
    /** Other sources of the products that go. */
    readonly sources: number;
    /** Jobs of the recipes that took nothing of the source; they stay without their recipe. */
    readonly jobs: number;
    /** Files of which only the row goes: users' own, and a source whose content is not to go. */
    readonly contents: number;
  };
  /** At most 20; bytes. */
  readonly examples: readonly {
    readonly id: number;
    readonly file_type: 'SOURCE' | 'PRODUCT';
    readonly workspace: string;
    readonly file_path: string;
    readonly file_size: number;
  }[];
}

/** Whether the content of a file `f` in workspace `w` goes with its row, in a purge `p`. */
export const goesWithRow = `(not ${isUsersOwn} and (f.id <> p.file_id or p.delete_content or w.name = '${managedWorkspaceName}'))`;

export async function reportOf(db: Queries, purgeId: number): Promise<PurgeReport> {
  const [row] = await db.query<{ report: PurgeReport }>(
    `with p as (select * from purge where id = $1),
     file as materialized (
       select f.id, f.file_type, w.name as workspace, f.file_path, f.file_size, ${goesWithRow} as goes
       from purge_member m join scale_file f on f.id = m.member_id join workspace w on w.id = f.workspace_id cross join p
       where m.purge_id = $1 and m.kind = 'file'
     ), job_member as materialized (
       select j.id, j.status from purge_member m join job j on j.id = m.member_id where m.purge_id = $1 and m.kind = 'job'
     )
     select json_build_object(
       'files', (select count(*) from file),
       'contents', (select count(*) from file where goes),
       'bytes', (select coalesce(sum(file_size), 0) from file where goes),
       'jobs', (select count(*) from job_member),
       'executions', (select count(*) from job_exe e join job_member j on j.id = e.job_id),
       'recipes', (select count(*) from purge_member m join recipe r on r.id = m.member_id and r.root_recipe_id = r.id
         where m.purge_id = $1 and m.kind = 'recipe'),
       'jobs_canceled', (select count(*) from job_member where status in ('PENDING', 'BLOCKED', 'QUEUED', 'RUNNING')),
       'kept', json_build_object(
         'sources', (select count(distinct l.ancestor_id) from file join file_ancestry_link l on l.descendant_id = file.id
           join scale_file a on a.id = l.ancestor_id and a.file_type = 'SOURCE'
           where not exists (select from file o where o.id = l.ancestor_id)),
         'jobs', (select count(*) from purge_member m join job j on j.root_recipe_id = m.member_id
           where m.purge_id = $1 and m.kind = 'recipe' and not exists (select from job_member o where o.id = j.id)),
         'contents', (select count(*) from file where not goes)),
       'examples', (select coalesce(json_agg(e), '[]') from (
         select id, file_type, workspace, file_path, file_size from file order by id limit 20) e)
     ) as report`,
    [purgeId],
  );
  return row!.report;
}
