import { amountColumns, countColumn, type MetricsType } from './metrics-type.ts';

/** Nothing is ingested yet, so there are neither choices nor values. */
export const ingestMetrics: MetricsType = {
  name: 'ingest',
  alias: 'ingests',
  title: 'Ingest Feed',
  description: 'Metrics for ingests grouped by strike process; there are none yet.',
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
  choices: async () => [],
  plot: async () => new Map(),
};
