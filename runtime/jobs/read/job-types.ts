import { Conditions, type OrderFields, type Queries, type Window } from '../../database/index.ts';
import { type JobTypeBase, jobTypeBase } from './job-type-base.ts';
import { type ListPage, type Order, orderBy } from './page.ts';

/** Which job types are listed. */
export interface JobTypeFilter {
  /** Text in name, title, description or a tag; any of several. */
  readonly keywords?: readonly string[] | undefined;
  readonly ids?: readonly number[] | undefined;
  readonly name?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly isSystem?: boolean | undefined;
  /** Of Scale 5: every job type is operational here, so false finds none. */
  readonly isOperational?: boolean | undefined;
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
  readonly reuse: boolean;
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

/** Of a `JobTypeRow`, over `job_type t`. */
export const jobTypeColumns = `t.id, t.name, t.version, t.title, t.description, t.icon_code, t.is_published, t.is_active, t.is_paused,
  t.is_system, t.max_scheduled, t.reuse, t.revision_num, t.docker_image, t.created, t.deprecated, t.paused, t.last_modified`;

/** Fields that job types can be sorted by. */
export const jobTypeOrders: OrderFields = {
  id: { sql: 't.id', type: 'bigint' },
  name: { sql: 't.name', type: 'text' },
  version: { sql: 't.version', type: 'text' },
  title: { sql: 't.title', type: 'text' },
  description: { sql: 't.description', type: 'text' },
  is_active: { sql: 't.is_active', type: 'boolean' },
  is_paused: { sql: 't.is_paused', type: 'boolean' },
  is_published: { sql: 't.is_published', type: 'boolean' },
  is_system: { sql: 't.is_system', type: 'boolean' },
  max_scheduled: { sql: 't.max_scheduled', type: 'bigint' },
  revision_num: { sql: 't.revision_num', type: 'bigint' },
  created: { sql: 't.created', type: 'timestamptz' },
  deprecated: { sql: 't.deprecated', type: 'timestamptz' },
  paused: { sql: 't.paused', type: 'timestamptz' },
  last_modified: { sql: 't.last_modified', type: 'timestamptz' },
};

/** Job types; without an order by name, older ones first within it. */
export async function listJobTypes(
  db: Queries,
  filter: JobTypeFilter,
  window: Window,
  order: Order = [{ field: 'name', descending: false }],
): Promise<ListPage<JobTypeRow>> {
  const conditions = jobTypeConditions(filter);
  const [total] = await db.query<{ count: number }>(
    `select count(*) as count from job_type t where ${conditions.text}`,
    conditions.values,
  );
  const rows = await db.query<JobTypeRow>(
    `select ${jobTypeColumns} from job_type t where ${conditions.text}
     order by ${orderBy(order, jobTypeOrders, 't.id')}
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
    .equal('t.is_system', filter.isSystem, 'boolean')
    .equal('true', filter.isOperational, 'boolean');
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
  const conditions = new Conditions();
  if (typeof key === 'number') conditions.equal('t.id', key, 'bigint');
  else conditions.equal('t.name', key.name, 'text').equal('t.version', key.version, 'text');
  return (await detailsOf(db, conditions))[0];
}

/** Several job types by their ids, by name. */
export async function jobTypesById(db: Queries, ids: readonly number[]): Promise<JobTypeDetails[]> {
  return ids.length === 0 ? [] : detailsOf(db, new Conditions().among('t.id', ids, 'bigint'));
}

function detailsOf(db: Queries, conditions: Conditions): Promise<JobTypeDetails[]> {
  conditions.equal('t.project_id', 1, 'bigint');
  return db.query<JobTypeDetails>(
    `select ${jobTypeColumns}, r.id as revision_id, t.manifest, t.configuration
     from job_type t join job_type_revision r on r.job_type_id = t.id and r.revision_num = t.revision_num
     where ${conditions.text} order by t.name, t.id`,
    conditions.values,
  );
}
