import { Conditions, estimateRows, type Queries } from '../../database/index.ts';
import type { JobListFilter } from './jobs.ts';

/** For each filter the condition over a file `f`, with the parameters of `conditions`. */
const sources = {
  sensorClasses: (conditions, filter) => conditions.amongLong('f.source_sensor_class', filter.sensorClasses),
  sensors: (conditions, filter) => conditions.amongLong('f.source_sensor', filter.sensors),
  collections: (conditions, filter) => conditions.amongLong('f.source_collection', filter.collections),
  tasks: (conditions, filter) => conditions.amongLong('f.source_task', filter.tasks),
  sourceStarted: (conditions, filter) =>
    conditions.within('f.source_started', filter.sourceStarted, undefined),
  sourceEnded: (conditions, filter) => conditions.within('f.source_ended', undefined, filter.sourceEnded),
} satisfies Partial<
  Record<keyof JobListFilter, (conditions: Conditions, filter: JobListFilter) => Conditions>
>;

/**
 * Adds that a job `j` has an input file of the sources that are asked for, for each of them. Where few files are, their jobs
 * are looked up first; the planner would walk through the jobs instead, which took 1.6 s where one in 200 was meant.
 */
export async function addSources(db: Queries, conditions: Conditions, filter: JobListFilter): Promise<void> {
  for (const [name, condition] of Object.entries(sources)) {
    const value = filter[name as keyof typeof sources];
    if (value === undefined || value.length === 0) continue;
    const ids = await jobsOf(db, condition(new Conditions(), filter));
    if (ids) {
      conditions.add(`j.id = any(${conditions.bind(ids, 'bigint[]')})`);
      continue;
    }
    const files = condition(new Conditions(conditions.values), filter).text;
    conditions.add(`exists (select 1 from job_input_file i join scale_file f on f.id = i.input_file_id
      where i.job_id = j.id and ${files})`);
  }
}

/** Jobs that are looked up at once. */
const most = 10_000;

/** The jobs that have one of these files. @returns undefined where files or jobs are too many */
async function jobsOf(db: Queries, files: Conditions): Promise<number[] | undefined> {
  if ((await estimateRows(db, `select from scale_file f where ${files.text}`, files.values)) > most)
    return undefined;
  const jobs = await db.query<{ id: number }>(
    `select distinct i.job_id as id from scale_file f join job_input_file i on i.input_file_id = f.id
     where ${files.text} limit ${most + 1}`,
    files.values,
  );
  return jobs.length > most ? undefined : jobs.map(({ id }) => id);
}
