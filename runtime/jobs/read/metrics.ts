import { Conditions, type Queries } from '../../database/index.ts';
import { dayColumns, endingSums, type Measure, merged, uncounted } from '../tallies/endings.ts';

/** Days in UTC, both included, as `2019-10-14`; and which choices: all together without any, else each for itself. */
export interface MetricsFilter<Choice> {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly choices?: readonly Choice[] | undefined;
}

/** How the jobs of a day ended: of one type, or of all. */
export interface JobTypeDay extends Readonly<Record<`${Measure}_${'sum' | 'min' | 'max'}`, number | null>> {
  readonly day: string;
  /** Null for all types together. */
  readonly choice: number | null;
  readonly completed: number;
  readonly failed: number;
  readonly canceled: number;
  readonly error_system: number;
  readonly error_data: number;
  readonly error_algorithm: number;
  /** Completed ones, whose seconds the other members sum up. */
  readonly executions: number;
}

/** Days on which jobs ended, in order. */
export async function jobTypeDays(db: Queries, filter: MetricsFilter<number>): Promise<JobTypeDay[]> {
  const conditions = new Conditions().among('d.job_type_id', filter.choices, 'bigint');
  const choice = filter.choices ? 'd.job_type_id' : 'null::bigint';
  return db.query<JobTypeDay>(
    `with ${uncounted}, ${endingSums}, d as (
       ${eachDay('job_type_day', 'days', filter, conditions)}
     )
     select to_char(d.day, 'YYYY-MM-DD') as day, ${choice} as choice, ${merged('d')}
     from d where ${conditions.text} group by d.day, 2 order by d.day, 2`,
    conditions.values,
  );
}

/** How many executions of a day ended in an error: in one, or in any. */
export interface ErrorDay {
  readonly day: string;
  /** Name of the error; null for all together. */
  readonly choice: string | null;
  readonly total: number;
}

/** Days on which executions ended in errors, in order. @param names those that count at all */
export async function errorDays(
  db: Queries,
  { choices, ...days }: MetricsFilter<string>,
  names: readonly string[],
): Promise<ErrorDay[]> {
  const conditions = new Conditions().among('d.name', choices ?? names, 'text');
  const choice = choices ? 'd.name' : 'null::text';
  return db.query<ErrorDay>(
    `with ${uncounted}, ${endingSums}, d as (
       ${eachDay('error_day', 'errors', days, conditions)}
     )
     select to_char(d.day, 'YYYY-MM-DD') as day, ${choice} as choice, sum(d.total)::bigint as total
     from d where ${conditions.text} group by d.day, 2 order by d.day, 2`,
    conditions.values,
  );
}

/** What is tallied and what is not yet, of the days that are asked for. */
function eachDay(
  table: string,
  recent: string,
  { from, to }: MetricsFilter<unknown>,
  conditions: Conditions,
): string {
  const inside = [
    ...(from === undefined ? [] : [`day >= ${conditions.bind(from, 'text')}::date`]),
    ...(to === undefined ? [] : [`day <= ${conditions.bind(to, 'text')}::date`]),
    'true',
  ].join(' and ');
  const columns = table === 'error_day' ? 'day, name, total' : `day, job_type_id, ${dayColumns.join(', ')}`;
  return `select ${columns} from ${table} where ${inside} union all select ${columns} from ${recent} where ${inside}`;
}
