import type { Queries, Window } from '../../database/index.ts';
import { compareVersions } from '../precedence.ts';
import { jobTypeConditions, type JobTypeFilter } from './job-types.ts';
import type { ListPage } from './page.ts';

/** A name with its versions, in the order in which they were made; title and so on are those of the latest one. */
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
  const rows = await db.query<{ name: string; versions: readonly Version[] }>(
    `select n.name, (
       select json_agg(json_build_object('version', v.version, 'title', v.title, 'description', v.description,
         'icon_code', v.icon_code, 'is_published', v.is_published) order by v.id)
       from job_type v where v.project_id = 1 and v.name = n.name) as versions
     from (${named}) n order by n.name
     limit ${conditions.bind(window.limit, 'bigint')} offset ${conditions.bind(window.offset, 'bigint')}`,
    conditions.values,
  );
  return { count: total!.count, rows: rows.map(asName) };
}

type Version = Pick<JobTypeName, 'title' | 'description' | 'icon_code' | 'is_published'> & {
  readonly version: string;
};

function asName({ name, versions }: { name: string; versions: readonly Version[] }): JobTypeName {
  const later = (one: Version, other: Version) =>
    compareVersions(one.version, other.version) > 0 ? one : other;
  const { version, ...latest } = versions.reduce(later);
  return {
    name,
    ...latest,
    versions: versions.map((one) => one.version),
    latest_version: version,
  };
}
