export type { IngestObserver, OpenWorkspaces, Timing } from './context.ts';
export { type Ingest, type IngestOptions, startIngest } from './start.ts';
