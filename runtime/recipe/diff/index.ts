export { differences } from './differences.ts';
export { forcedWithin, isForced, mergeForced, unknownForced } from './forced.ts';
export type { Change, ChangeName, DiffStatus, NodeDiff, RecipeDiff } from './recipe-diff.ts';
