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

/** Files whose jobs are looked up at once. */
const fewFiles = 10_000;

/**
 * Adds that a job `j` has an input file of the sources that are asked for, for each of them. Where few files are, their jobs
 * are looked up first; the planner would walk through the jobs instead, which took 1.6 s where one in 200 was meant.
 */
export async function addSources(db: Queries, conditions: Conditions, filter: JobListFilter): Promise<void> {
  for (const [name, condition] of Object.entries(sources)) {
    const value = filter[name as keyof typeof sources];
    if (value === undefined || value.length === 0) continue;
    const alone = condition(new Conditions(), filter);
    const files = `select from scale_file f where ${alone.text}`;
    const areFew = (await estimateRows(db, files, alone.values)) <= fewFiles;
    const bound = condition(new Conditions(conditions.values), filter).text;
    conditions.add(areFew ? isOfOne(bound) : hasOne(bound));
  }
}

function isOfOne(condition: string): string {
  return `j.id = any(array(select i.job_id from scale_file f join job_input_file i on i.input_file_id = f.id
    where ${condition}))`;
}

function hasOne(condition: string): string {
  return `exists (select 1 from job_input_file i join scale_file f on f.id = i.input_file_id
    where i.job_id = j.id and ${condition})`;
}
