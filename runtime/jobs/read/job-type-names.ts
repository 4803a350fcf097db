import type { Queries, Window } from '../../database/index.ts';
import { jobTypeConditions, type JobTypeFilter } from './job-types.ts';
import type { ListPage } from './page.ts';

/** A name with its versions, in the order in which they were made; title and so on are those of the last one. */
export interface JobTypeName {
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly icon_code: string | null;
  readonly is_published: boolean;
  readonly versions: readonly string[];
  readonly latest_version: string;
}

/** Names of which a version meets the filter. */
export async function listJobTypeNames(
  db: Queries,
  filter: JobTypeFilter,
  window: Window,
): Promise<ListPage<JobTypeName>> {
  const conditions = jobTypeConditions(filter);
  const named = `select distinct t.name from job_type t where ${conditions.text}`;
  const [total] = await db.query<{ count: number }>(
    `select count(*) as count from (${named}) n`,
    conditions.values,
  );
  const rows = await db.query<JobTypeName>(
    `select n.name, l.title, l.description, l.icon_code, l.is_published, l.version as latest_version,
       (select array_agg(v.version order by v.id) from job_type v where v.project_id = 1 and v.name = n.name) as versions
     from (${named}) n cross join lateral (
       select * from job_type v where v.project_id = 1 and v.name = n.name order by v.id desc limit 1
     ) l order by n.name
     limit ${conditions.bind(window.limit, 'bigint')} offset ${conditions.bind(window.offset, 'bigint')}`,
    conditions.values,
  );
  return { count: total!.count, rows };
}
