import { Conditions, type Queries, type Window } from '../../database/index.ts';
import { type JobTypeBase, jobTypeBase } from './job-type-base.ts';
import type { ListPage } from './page.ts';

/** Which job types are listed. */
export interface JobTypeFilter {
  /** Text in name, title, description or a tag; any of several. */
  readonly keywords?: readonly string[] | undefined;
  readonly ids?: readonly number[] | undefined;
  readonly name?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly isSystem?: boolean | undefined;
}

/** A job type as lists show it. */
export interface JobTypeRow {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly icon_code: string | null;
  readonly is_published: boolean;
  readonly is_active: boolean;
  readonly is_paused: boolean;
  readonly is_system: boolean;
  readonly max_scheduled: number | null;
  readonly revision_num: number;
  readonly docker_image: string;
  readonly created: string;
  readonly deprecated: string | null;
  readonly paused: string | null;
  readonly last_modified: string;
}

export interface JobTypeDetails extends JobTypeRow {
  readonly revision_id: number;
  /** As its author wrote it. */
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly configuration: Readonly<Record<string, unknown>>;
}

const columns = `t.id, t.name, t.version, t.title, t.description, t.icon_code, t.is_published, t.is_active, t.is_paused,
  t.is_system, t.max_scheduled, t.revision_num, t.docker_image, t.created, t.deprecated, t.paused, t.last_modified`;

/** Job types by name, older ones first within it. */
export async function listJobTypes(
  db: Queries,
  filter: JobTypeFilter,
  window: Window,
): Promise<ListPage<JobTypeRow>> {
  const conditions = jobTypeConditions(filter);
  const [total] = await db.query<{ count: number }>(
    `select count(*) as count from job_type t where ${conditions.text}`,
    conditions.values,
  );
  const rows = await db.query<JobTypeRow>(
    `select ${columns} from job_type t where ${conditions.text} order by t.name, t.id
     limit ${conditions.bind(window.limit, 'bigint')} offset ${conditions.bind(window.offset, 'bigint')}`,
    conditions.values,
  );
  return { count: total!.count, rows };
}

/** Every job type there is, by name, as it stands in other documents. */
export async function listAllJobTypes(db: Queries): Promise<JobTypeBase[]> {
  const rows = await db.query<{ job_type: JobTypeBase }>(
    `select ${jobTypeBase} as job_type from job_type t where t.project_id = 1 order by t.name, t.id`,
  );
  return rows.map(({ job_type }) => job_type);
}

export function jobTypeConditions(filter: JobTypeFilter): Conditions {
  const conditions = new Conditions()
    .equal('t.project_id', 1, 'bigint')
    .equal('t.name', filter.name, 'text')
    .among('t.id', filter.ids, 'bigint')
    .equal('t.is_active', filter.isActive, 'boolean')
    .equal('t.is_system', filter.isSystem, 'boolean');
  const { keywords = [] } = filter;
  if (keywords.length > 0) {
    const patterns = conditions.bind(keywords.map(likePattern), 'text[]');
    conditions.add(`t.name ilike any(${patterns}) or t.title ilike any(${patterns})
      or t.description ilike any(${patterns}) or t.manifest->'job'->>'tags' ilike any(${patterns})`);
  }
  return conditions;
}

function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** A job type by its id, or by name and version. @returns undefined when there is none */
export async function jobTypeDetails(
  db: Queries,
  key: number | { readonly name: string; readonly version: string },
): Promise<JobTypeDetails | undefined> {
  const conditions = new Conditions().equal('t.project_id', 1, 'bigint');
  if (typeof key === 'number') conditions.equal('t.id', key, 'bigint');
  else conditions.equal('t.name', key.name, 'text').equal('t.version', key.version, 'text');
  const [row] = await db.query<JobTypeDetails>(
    `select ${columns}, r.id as revision_id, t.manifest, t.configuration
     from job_type t join job_type_revision r on r.job_type_id = t.id and r.revision_num = t.revision_num
     where ${conditions.text}`,
    conditions.values,
  );
  return row;
}
