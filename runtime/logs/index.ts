export type { FollowOptions } from './follow.ts';
export { LineSplitter, linesOf, type LogLine } from './lines.ts';
export type { LogPiece } from './log-piece.ts';
export type { LogWriter } from './log-writer.ts';
export type { Selection, Stream } from './position.ts';
export { isLeftover, type SweepOptions } from './remove.ts';
export { createLogStore, type LogStore, type LogStoreOptions, type ReadOptions } from './store.ts';
