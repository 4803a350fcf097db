import { type JobTypeDay, jobTypeDays, listAllJobTypes } from '../../jobs/index.ts';
import { amountColumns, countColumn, type MetricsType, type Value } from './metrics-type.ts';

type Amount = 'queue' | 'pre' | 'job' | 'post' | 'run' | 'stage';

/** Of completed executions; of Scale's tasks `pre` is all before the container runs, `post` all after it. */
const amounts: readonly (readonly [Amount, string, string, string])[] = [
  ['queue', 'Queue Time', 'When jobs were in the queue.', 'time that executions waited in the queue'],
  ['pre', 'Pre-task Time', 'When jobs were being prepared.', 'time spent on getting image and inputs'],
  ['job', 'Job Task Time', 'When jobs were executing their actual goal.', 'time that containers ran'],
  ['post', 'Post-task Time', 'When jobs were being cleaned up.', 'time spent on the outputs'],
  ['run', 'Run Time', 'From the start of executions to their end.', 'time from start to end of executions'],
  ['stage', 'Stage Time', 'Times related to the overhead of the system.', 'time that was none of those'],
];

export const jobTypeMetrics: MetricsType = {
  name: 'job-types',
  title: 'Job Types',
  description: 'Metrics for jobs and executions grouped by job type.',
  filters: [
    { param: 'name', type: 'string' },
    { param: 'version', type: 'string' },
  ],
  groups: [
    { name: 'overview', title: 'Overview', description: 'Overall counts based on job status.' },
    { name: 'errors', title: 'Errors', description: 'Failed jobs by the category of their error.' },
    ...amounts.map(([name, title, description]) => ({ name: `${name}_time`, title, description })),
  ],
  columns: [
    countColumn('completed_count', 'Completed Count', 'Number of jobs that completed.'),
    countColumn('failed_count', 'Failed Count', 'Number of jobs that failed.'),
    countColumn('canceled_count', 'Canceled Count', 'Number of jobs that were canceled.'),
    countColumn('total_count', 'Total Count', 'Number of jobs that completed, failed or were canceled.'),
    countColumn('error_system_count', 'Error System Count', 'Number of system errors.', 'errors'),
    countColumn('error_data_count', 'Error Data Count', 'Number of data errors.', 'errors'),
    countColumn('error_algorithm_count', 'Error Algorithm Count', 'Number of algorithm errors.', 'errors'),
    ...amounts.flatMap(([name, title, , what]) => amountColumns(`${name}_time`, title, what)),
  ],
  choices: listAllJobTypes,
  plot: async (db, filter) => {
    const days = await jobTypeDays(db, filter);
    return new Map(
      jobTypeMetrics.columns.map(({ name }) => {
        const values = days.flatMap((row): Value[] => {
          const value = valueOf(row, name);
          return value === null ? [] : [{ day: row.day, choice: row.choice, value: rounded(value) }];
        });
        return [name, values];
      }),
    );
  },
};

function valueOf(row: JobTypeDay, column: string): number | null {
  if (column === 'total_count') return row.completed + row.failed + row.canceled;
  if (column.endsWith('_count')) return row[column.replace(/_count$/, '') as 'completed'];
  if (row.executions === 0) return null;
  const [amount, , aggregate] = column.split('_') as [Amount, 'time', 'sum' | 'min' | 'max' | 'avg'];
  if (aggregate !== 'avg') return row[`${amount}_${aggregate}`];
  return row[`${amount}_sum`]! / row.executions;
}

/** To milliseconds. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
