import { Conditions, type Queries } from '../../database/index.ts';
import { uncounted } from '../tallies/endings.ts';
import { type Span, spansOf } from '../tallies/spans.ts';

/** How many jobs of a type completed in a range of times, and when the last one did. */
export interface CompletedJobs {
  readonly job_type_id: number;
  readonly count: number;
  readonly most_recent: string;
}

/**
 * The completed jobs of these types. Whole days and hours come from the tallies and the events that are not in them yet,
 * the ends of the range from the jobs themselves: it is exact, and as quick for a million jobs as for none.
 */
export async function completedJobs(
  db: Queries,
  jobTypeIds: readonly number[],
  started: string,
  ended: string | undefined,
): Promise<CompletedJobs[]> {
  const conditions = new Conditions();
  const types = conditions.bind(jobTypeIds, 'bigint[]');
  const { days, hours, whole } = spansOf(started, ended);
  const time = (ms: number) => conditions.bind(new Date(ms).toISOString(), 'timestamptz');
  const inside = (column: string, { from, until }: Span) =>
    `${column} >= ${time(from)}${until === Infinity ? '' : ` and ${column} < ${time(until)}`}`;
  const tally = (table: string, column: string, span: Span) =>
    `select job_type_id, completed as count, most_recent from ${table}
     where completed > 0 and job_type_id = any(${types}) and ${inside(column, span)}`;
  const jobs = (condition: string) =>
    `select job_type_id, count(*) as count, max(last_status_change) as most_recent from job
     where status = 'COMPLETED' and job_type_id = any(${types}) and ${condition} group by 1`;
  const [from, to] = [started, ended].map((text) =>
    text === undefined ? undefined : conditions.bind(text, 'timestamptz'),
  );
  const upTo = (column: string) => (to === undefined ? 'true' : `${column} <= ${to}`);
  const parts = whole
    ? [
        jobs(`last_status_change >= ${from} and last_status_change < ${time(whole.from)}`),
        ...(to === undefined
          ? []
          : [jobs(`last_status_change >= ${time(whole.until)} and ${upTo('last_status_change')}`)]),
        ...hours.map((span) => tally('job_type_hour', 'hour', span)),
        ...(days ? [tally('job_type_day', `(day::timestamp at time zone 'UTC')`, days)] : []),
        `select j.job_type_id, count(*), max(e.at) from batch e join job j on j.id = e.entity_id
         where e.entity = 'job' and e.kind = 'completed' and j.job_type_id = any(${types}) and ${inside('e.at', whole)}
         group by 1`,
      ]
    : [jobs(`last_status_change >= ${from} and ${upTo('last_status_change')}`)];
  return db.query<CompletedJobs>(
    `with ${uncounted}
     select job_type_id, sum(count)::bigint as count, max(most_recent) as most_recent
     from (${parts.join('\nunion all\n')}) p group by job_type_id`,
    conditions.values,
  );
}
