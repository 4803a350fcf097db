export { type Hold, holdFile, holdOf, releaseFile } from './holds.ts';
export { type Deletion, markDeleted } from './mark-deleted.ts';
export { type Need, needsOf } from './needs.ts';
export { planPurge } from './purge/plan.ts';
export {
  listPurges,
  type Purge,
  purgeById,
  type PurgePhase,
  type PurgeRequest,
  requestPurge,
} from './purge/purges.ts';
export type { PurgeReport } from './purge/report.ts';
export { dropRemoval, listRemovals, removalOrders, type RemovalRow } from './removals.ts';
export { type DryRun, dryRun } from './rules/dry-run.ts';
export { lastPass, type Pass, requestPass } from './rules/pass.ts';
export {
  addRule,
  changeRule,
  listRules,
  removeRule,
  type RetentionRule,
  ruleById,
  workspaceOf,
} from './rules/rules.ts';
export { startSweeper, sweep, type SweeperOptions } from './sweep.ts';
export type { OpenWorkspace } from './sweep-files.ts';
