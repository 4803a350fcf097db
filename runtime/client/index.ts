export { checksumOf } from './checksum.ts';
export { Client, type LogLine } from './client.ts';
export type * from './documents.ts';
export type * from './ingest-documents.ts';
export { jobStatuses } from './documents.ts';
export type { FollowOptions, LogPiece, LogSelection } from './follow-log.ts';
export { type RefusalFinding, ServiceRefusal } from './refusal.ts';
export type { Connection, Parameters } from './transport.ts';
export type { Uploaded } from './upload-file.ts';
