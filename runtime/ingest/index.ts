export { type Ingest, type IngestObserver, type IngestOptions, startIngest } from './engine/index.ts';
export {
  type IngestFilter,
  ingestById,
  ingestOfFile,
  ingestOrders,
  type IngestRow,
  ingestStatuses,
  listIngests,
} from './ingests.ts';
export { ingestErrors, ingestWarnings } from './judge/index.ts';
export { progressOf } from './made.ts';
export { type QueueCredentials, queueCredentials } from './queue-credentials.ts';
export { addScan, addStrike, judgeNewScan, judgeNewStrike, saveScan, saveStrike } from './save.ts';
export {
  cancelScan,
  listScans,
  requestScan,
  scanById,
  type ScanDetails,
  scanOrders,
  type ScanRow,
  scanStatuses,
} from './scans.ts';
export { ingestStatus } from './status.ts';
export { type IngestDay, ingestDays } from './ingest-days.ts';
export { listStrikes, strikeById, type StrikeDetails, strikeOrders, type StrikeRow } from './strikes.ts';
