import { Conditions, type Queries } from '../../database/index.ts';
import { endingSums, uncounted } from '../tallies/endings.ts';

/** Which job types are shown; every member given must hold. */
export interface TimelineFilter {
  readonly ids?: readonly number[] | undefined;
  readonly names?: readonly string[] | undefined;
  readonly versions?: readonly string[] | undefined;
}

/** How many jobs of a type completed each day. */
export interface JobTypeTimeline {
  readonly job_type_id: number;
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly revision_num: number;
  /** The oldest day first; those without a completed job are left out. */
  readonly results: readonly { readonly date: string; readonly count: number }[];
}

/**
 * Job types of which jobs completed on these days, by name.
 * @param from day in UTC, as `2019-10-14`
 * @param to the last one; undefined: until today
 */
export async function jobTypeTimelines(
  db: Queries,
  filter: TimelineFilter,
  from: string,
  to: string | undefined,
): Promise<JobTypeTimeline[]> {
  const conditions = new Conditions()
    .equal('t.project_id', 1, 'bigint')
    .among('t.id', filter.ids, 'bigint')
    .among('t.name', filter.names, 'text')
    .among('t.version', filter.versions, 'text');
  const days = [
    `day >= ${conditions.bind(from, 'text')}::date`,
    ...(to === undefined ? [] : [`day <= ${conditions.bind(to, 'text')}::date`]),
  ].join(' and ');
  return db.query<JobTypeTimeline>(
    `with ${uncounted}, ${endingSums}, counted as (
       select day, job_type_id, completed from job_type_day where ${days}
       union all select day, job_type_id, completed from days where ${days}
     ), sums as (
       select day, job_type_id, sum(completed)::bigint as count from counted group by 1, 2
     )
     select t.id as job_type_id, t.name, t.version, coalesce(t.title, t.name) as title, t.revision_num,
       json_agg(json_build_object('date', to_char(s.day, 'YYYY-MM-DD'), 'count', s.count) order by s.day) as results
     from job_type t join sums s on s.job_type_id = t.id and s.count > 0
     where ${conditions.text} group by t.id order by t.name, t.id`,
    conditions.values,
  );
}
