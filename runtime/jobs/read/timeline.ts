import { Conditions, type Queries } from '../../database/index.ts';
import { jobTypeDays } from './metrics.ts';

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
  const types = await db.query<Omit<JobTypeTimeline, 'results'>>(
    `select t.id as job_type_id, t.name, t.version, coalesce(t.title, t.name) as title, t.revision_num
     from job_type t where ${conditions.text} order by t.name, t.id`,
    conditions.values,
  );
  if (types.length === 0) return [];
  const days = await jobTypeDays(db, { from, to, choices: types.map(({ job_type_id: id }) => id) });
  return types.flatMap((type) => {
    const results = days
      .filter(({ choice, completed }) => choice === type.job_type_id && completed > 0)
      .map(({ day, completed }) => ({ date: day, count: completed }));
    return results.length === 0 ? [] : [{ ...type, results }];
  });
}
