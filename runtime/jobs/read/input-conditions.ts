import { Conditions, estimateRows, type Queries } from '../../database/index.ts';
import type { JobListFilter } from './jobs.ts';

/** By the index over the first 200 characters, as `Conditions.amongLong` has it. */
const isOneOfLong = (column: string) => (values: string) =>
  `left(${column}, 200) = any(array(select left(v, 200) from unnest(${values}) v)) and ${column} = any(${values})`;

/** Files whose jobs are looked up at once. */
const fewFiles = 10_000;

const sources = {
  sensorClasses: ['text[]', isOneOfLong('f.source_sensor_class')],
  sensors: ['text[]', isOneOfLong('f.source_sensor')],
  collections: ['text[]', isOneOfLong('f.source_collection')],
  tasks: ['text[]', isOneOfLong('f.source_task')],
  sourceStarted: ['timestamptz', (time: string) => `f.source_started >= ${time}`],
  sourceEnded: ['timestamptz', (time: string) => `f.source_ended <= ${time}`],
} as const;

/**
 * Adds that a job `j` has an input file of the sources that are asked for, for each of them. Where few files are, their jobs
 * are looked up first; the planner would walk through the jobs instead, which took 1.6 s where one in 200 was meant.
 */
export async function addSources(db: Queries, conditions: Conditions, filter: JobListFilter): Promise<void> {
  for (const [name, [type, condition]] of Object.entries(sources)) {
    const value = filter[name as keyof typeof sources];
    if (value === undefined || value.length === 0) continue;
    const alone = new Conditions();
    const files = `select from scale_file f where ${condition(alone.bind(value, type))}`;
    const areFew = (await estimateRows(db, files, alone.values)) <= fewFiles;
    const bound = condition(conditions.bind(value, type));
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
