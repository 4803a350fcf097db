import type { Queries, Window } from '../../database/index.ts';
import type { ListPage } from './page.ts';

/** A revision of a job type. */
export interface RevisionRow {
  readonly id: number;
  readonly revision_num: number;
  readonly docker_image: string;
  readonly created: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

const columns = 'r.id, r.revision_num, r.docker_image, r.created, r.manifest';

/** The last one first. */
export async function listRevisions(
  db: Queries,
  jobTypeId: number,
  window: Window,
): Promise<ListPage<RevisionRow>> {
  const [total] = await db.query<{ count: number }>(
    'select count(*) as count from job_type_revision where job_type_id = $1::bigint',
    [jobTypeId],
  );
  const rows = await db.query<RevisionRow>(
    `select ${columns} from job_type_revision r where r.job_type_id = $1::bigint order by r.revision_num desc
     limit $2::bigint offset $3::bigint`,
    [jobTypeId, window.limit, window.offset],
  );
  return { count: total!.count, rows };
}

export async function revisionOf(
  db: Queries,
  jobTypeId: number,
  revisionNum: number,
): Promise<RevisionRow | undefined> {
  const [row] = await db.query<RevisionRow>(
    `select ${columns} from job_type_revision r where r.job_type_id = $1::bigint and r.revision_num = $2::bigint`,
    [jobTypeId, revisionNum],
  );
  return row;
}
