export { checksum, syncFileSystem } from './checksum.ts';
export {
  deliveredNames,
  type KeptConfiguration,
  keptConfiguration,
  type KeptMount,
  shownVariables,
} from './configuration.ts';
export { type DeliveredFile, deliver, type InputSource } from './delivery.ts';
export { execute, type Execution } from './execute.ts';
export { asJson, readJsonInput } from './json-inputs.ts';
export { segments } from './glob.ts';
export { JsonProblem, parseBoundedJson } from '../catalog/sidecar/index.ts';
export { logPathsIn, type LogPaths, openLogFiles } from './log-files.ts';
export type { LogSink } from './log-sink.ts';
export { maskSecrets } from './mask-secrets.ts';
export { inputRoot, outputRoot, outputsManifest, sidecarSuffix } from './paths.ts';
export { launchSpec, plan, type Plan, planResources } from './plan.ts';
export type { ExecutionRequest, JobIdentity, JsonValue, SidecarJudge } from './request.ts';
export type { Harvested, Result, ResultError, Step, StepName, Warning } from './result.ts';
export { type AttemptDirectory, attemptDirectory, makeAttemptDirectory, stageIn } from './stage-in.ts';
export { Detached } from './run.ts';
export { allocate, requirement } from './resources.ts';
export { Stopwatch } from './stopwatch.ts';
