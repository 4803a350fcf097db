import { Conditions, estimateRows, type Listing, type Queries } from '../../database/index.ts';
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

/** What a list of jobs by the sources of their input files is best read by. */
export type SourceReading = Pick<Listing, 'walk' | 'expected'>;

/**
 * Adds that a job `j` has an input file of the sources that are asked for, for each of them. Where few files are, their jobs
 * are looked up first; the planner would walk through the jobs instead, which took 1.6 s where one in 200 was meant.
 * @param rows of the list, up to the end of the page; undefined: the list is not in an order that can be walked
 */
export async function addSources(
  db: Queries,
  conditions: Conditions,
  filter: JobListFilter,
  rows: number | undefined,
): Promise<SourceReading> {
  const given = Object.entries(sources).filter(([name]) => isGiven(filter[name as keyof typeof sources]));
  const before = conditions.copy();
  const isAlone = given.length === 1 && before.isEmpty;
  let reading: SourceReading = {};
  for (const [, condition] of given) {
    const alone = condition(new Conditions(), filter);
    const files = await estimateRows(db, `select from scale_file f where ${alone.text}`, alone.values);
    const areFew = files <= fewFiles;
    if (isAlone && areFew && rows !== undefined && files > littleToLookUp) {
      const jobs = await estimateRows(db, 'select from job', []);
      if (isCheaperToWalk({ files, jobs, rows }))
        reading = {
          walk: before.add(isAmong(condition(new Conditions(before.values), filter).text)),
          expected: { rows: files, cost: Infinity },
        };
    }
    const bound = condition(new Conditions(conditions.values), filter).text;
    conditions.add(areFew ? isOfOne(bound) : hasOne(bound));
  }
  return reading;
}

function isGiven(value: JobListFilter[keyof typeof sources]): boolean {
  return value !== undefined && value.length > 0;
}

/** Files whose jobs are looked up within 25 ms, whatever else there is; then the list has an exact count, too. */
const littleToLookUp = 2000;
/** Microseconds, measured: to read the job of a file, which lies anywhere; to pass one job by on the way through them. */
const costs = { lookUp: 7, step: 0.6 };

/** Whether jobs in their order, of which so many have such a file, fill a page sooner than those of all files are found. Pure. */
export function isCheaperToWalk(of: {
  readonly files: number;
  readonly jobs: number;
  readonly rows: number;
}): boolean {
  const steps = Math.min(of.jobs, (of.jobs / of.files) * of.rows);
  return steps * costs.step < of.files * costs.lookUp;
}

const jobsOf = (condition: string) => `select i.job_id
  from scale_file f join job_input_file i on i.input_file_id = f.id where ${condition}`;

function isOfOne(condition: string): string {
  return `j.id = any(array(${jobsOf(condition)}))`;
}

/** Asked of one job after the other: `is true` keeps the planner from joining all of them. */
function isAmong(condition: string): string {
  return `(j.id in (${jobsOf(condition)})) is true`;
}

function hasOne(condition: string): string {
  return `exists (select 1 from job_input_file i join scale_file f on f.id = i.input_file_id
    where i.job_id = j.id and ${condition})`;
}
