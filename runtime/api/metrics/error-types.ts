import { builtinErrors, errorDays } from '../../jobs/index.ts';
import { countColumn, type MetricsType } from './metrics-type.ts';

/** Of Seedbed's own errors: those of manifests are counted as algorithm errors of their job types. */
export const errorMetrics: MetricsType = {
  name: 'error-types',
  alias: 'errors',
  title: 'Error Types',
  description: 'Metrics for executions grouped by the error in which they ended.',
  filters: [
    { param: 'name', type: 'string' },
    { param: 'category', type: 'string' },
  ],
  groups: [{ name: 'overview', title: 'Overview', description: 'Overall counts based on error types.' }],
  columns: [countColumn('total_count', 'Total Count', 'Number of executions that ended in an error.')],
  choices: builtinErrors,
  plot: async (db, { choices, ...days }) => {
    const errors = await builtinErrors(db);
    const ids = new Map(errors.map(({ name, id }) => [name, id]));
    const chosen = choices && errors.filter(({ id }) => choices.includes(id)).map(({ name }) => name);
    if (chosen?.length === 0) return new Map([['total_count', []]]);
    const rows = await errorDays(db, { ...days, choices: chosen }, [...ids.keys()]);
    const values = rows.map(({ day, choice, total }) => ({
      day,
      choice: choice === null ? null : ids.get(choice)!,
      value: total,
    }));
    return new Map([['total_count', values]]);
  },
};
