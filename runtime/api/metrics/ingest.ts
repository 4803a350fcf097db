import { ingestDays, listStrikes } from '../../ingest/index.ts';
import { amountColumns, countColumn, type MetricsType, type Value } from './metrics-type.ts';

/** By the day on which that became of a file, of those that strikes found. */
export const ingestMetrics: MetricsType = {
  name: 'ingest',
  alias: 'ingests',
  title: 'Ingest Feed',
  description: 'Metrics for ingests grouped by strike process.',
  filters: [{ param: 'name', type: 'string' }],
  groups: [
    { name: 'overview', title: 'Overview', description: 'Overall counts based on ingest status.' },
    { name: 'file_size', title: 'File Size', description: 'Size information about ingested files.' },
    { name: 'transfer_time', title: 'Transfer Time', description: 'When files were being transferred.' },
    { name: 'ingest_time', title: 'Ingest Time', description: 'When files were processed during ingest.' },
  ],
  columns: [
    countColumn('deferred_count', 'Deferred Count', 'Number of files that were deferred.'),
    countColumn('ingested_count', 'Ingested Count', 'Number of files that were ingested.'),
    countColumn('errored_count', 'Errored Count', 'Number of files that failed to be ingested.'),
    countColumn('duplicate_count', 'Duplicate Count', 'Number of files that had been ingested before.'),
    countColumn('total_count', 'Total Count', 'Number of all these files.'),
    ...amountColumns('file_size', 'File Size', 'size of ingested files', 'bytes'),
    ...amountColumns('transfer_time', 'Transfer Time', 'time spent on transferring files'),
    ...amountColumns('ingest_time', 'Ingest Time', 'time spent on ingesting files'),
  ],
  choices: async (db) =>
    (await listStrikes(db, {}, [], { offset: 0, limit: mostChoices })).rows.map(({ id, name, title }) => ({
      id,
      name,
      title,
    })),
  plot: async (db, { from, to, choices }) => {
    const days = await ingestDays(db, { from, to, strikes: choices });
    return new Map(
      ingestMetrics.columns.map(({ name }) => {
        const values = days.flatMap(({ day, choice, ...row }): Value[] => {
          const value = row[name as keyof typeof row];
          return value === null ? [] : [{ day, choice, value: Math.round(value * 1000) / 1000 }];
        });
        return [name, values];
      }),
    );
  },
};

/** Strikes that can be chosen. */
const mostChoices = 10_000;
