export {
  fileIdsOf,
  type InputJudgement,
  inputErrors,
  inputWarnings,
  type KnownFile,
} from '../../../seed-schema/index.ts';
export {
  defaultMaxTries,
  defaultPriority,
  type EffectiveConfiguration,
  effectiveConfiguration,
} from './effective.ts';
export { configurationErrors, configurationWarnings } from './findings.ts';
export { type HostPaths, hostPathsOf, judgeHostPath } from './host-path.ts';
export { judgeInput } from './judge-input.ts';
export { type ConfigurationJudgement, judgeConfiguration, type Surroundings } from './judge.ts';
export {
  type JudgedWorkspace,
  judgeWorkspace,
  workspaceErrors,
  type WorkspaceReport,
  workspaceReport,
  workspaceWarnings,
} from './judge-workspace.ts';
export { type PreparedMounts, prepareMounts } from './prepare-mounts.ts';
export {
  missingValues,
  type MissingValue,
  type ResolvedMount,
  type ResolvedSettings,
  resolveSettings,
} from './resolve.ts';
export {
  type FailedWith,
  interruptionCodes,
  interruptions,
  type RetryDecision,
  retryPolicy,
  type Tries,
} from './retry-policy.ts';
export { maskConfiguration, splitSecrets, type SplitConfiguration } from './secret-settings.ts';
export { volumeName } from './volume.ts';
