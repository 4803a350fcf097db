import type { Queries, Window } from '../../database/index.ts';
import type { JobStatus } from '../state.ts';
import { completedJobs } from './completed-jobs.ts';
import {
  jobTypeColumns,
  jobTypeConditions,
  type JobTypeDetails,
  type JobTypeFilter,
  type JobTypeRow,
} from './job-types.ts';
import type { ListPage } from './page.ts';

/** How many jobs stand where, and since when the last of them does. */
export interface StatusCount {
  readonly status: JobStatus;
  readonly count: number;
  readonly most_recent: string;
  /** SYSTEM, DATA or ALGORITHM of FAILED jobs. */
  readonly category: string | null;
}

export interface JobTypeStatus {
  readonly job_type: JobTypeRow & Pick<JobTypeDetails, 'manifest' | 'configuration'>;
  readonly job_counts: readonly StatusCount[];
}

/**
 * Job types, those that were changed last at the end, with their jobs whose last change of status is in [started, ended];
 * RUNNING ones always count.
 * @param started ISO 8601
 * @param ended ISO 8601; undefined: until now
 */
export async function jobTypeStatuses(
  db: Queries,
  filter: Pick<JobTypeFilter, 'isActive' | 'isOperational'>,
  started: string,
  ended: string | undefined,
  window: Window,
): Promise<ListPage<JobTypeStatus>> {
  const conditions = jobTypeConditions(filter);
  const found = await db.query<{ total: number } & JobTypeStatus['job_type']>(
    `select count(*) over () as total, ${jobTypeColumns}, t.manifest, t.configuration from job_type t where ${conditions.text}
     order by t.last_modified, t.id
     limit ${conditions.bind(window.limit, 'bigint')} offset ${conditions.bind(window.offset, 'bigint')}`,
    conditions.values,
  );
  const types = found.map(({ total: _, ...type }) => type);
  const ids = types.map(({ id }) => id);
  const [standing, completed] = await Promise.all([
    db.prepared<StatusCount & { job_type_id: number }>('job type statuses', counts, [
      ids,
      started,
      ended ?? null,
    ]),
    completedJobs(db, ids, started, ended),
  ]);
  const rows = [
    ...standing,
    ...completed.map((row) => ({ ...row, status: 'COMPLETED' as const, category: null })),
  ];
  return {
    count: found[0]?.total ?? 0,
    rows: types.map((type) => ({
      job_type: type,
      job_counts: rows
        .filter((row) => row.job_type_id === type.id)
        .map(({ status, count, most_recent, category }) => ({ status, count, most_recent, category })),
    })),
  };
}

const category = `j.error->>'category'`;
/** The jobs of one status with the condition of its index. */
const parts = [
  ...['PENDING', 'BLOCKED', 'QUEUED', 'CANCELED'].map((status) => part(status, 'null', 'true')),
  part('FAILED', `'SYSTEM'`, `${category} = 'system'`),
  part('FAILED', `'DATA'`, `${category} = 'data'`),
  part('FAILED', `'ALGORITHM'`, `coalesce(${category}, 'job') = 'job'`),
];

function part(status: string, shown: string, condition: string): string {
  return `select '${status}' as status, ${shown} as category, count(*) as count,
      max(j.last_status_change) as most_recent
    from job j where j.job_type_id = w.id and j.status = '${status}' and ${condition}
      and j.last_status_change >= $2::timestamptz and j.last_status_change <= coalesce($3::timestamptz, 'infinity')`;
}

const counts = `
  select w.id as job_type_id, c.* from unnest($1::bigint[]) as w (id) cross join lateral (
    select 'RUNNING' as status, null as category, count(*) as count, max(j.last_status_change) as most_recent
    from job j where j.job_type_id = w.id and j.status = 'RUNNING'
    union all ${parts.join('\nunion all ')}
  ) c where c.count > 0`;
