export { collectGarbage, type Collection, type CollectOptions } from './gc/collect.ts';
export {
  beforeAllOf,
  type Garbage,
  type GarbageKind,
  garbageKinds,
  type GarbageWorld,
} from './gc/garbage.ts';
export type {
  History,
  HistoryExecution,
  HistoryFile,
  HistoryLink,
  HistoryRecipe,
} from './history/history.ts';
export { historyOf } from './history/read-history.ts';
export { type Dataset, type Facet, runEvents, type RunEvent } from './openlineage/run-events.ts';
export { provDocument } from './prov/prov-document.ts';
export { type ProvAttributes, type ProvDocument, provKinds, type ProvValue } from './prov/statements.ts';
export { describedFile } from './described-file.ts';
export {
  identitiesOfJobs,
  type Identity,
  type IdentityFile,
  identityOfJob,
  type IdentityRequest,
  type JobIdentity,
  type OwnIdentityRequest,
  type JobDescription,
} from './identity.ts';
export { compareFiles, type Comparison, type OriginalFile, type OutputVerdict } from './reproduce/compare.ts';
export { identityDifferences } from './reproduce/differences.ts';
export { lostInputs, type Origin, originOf } from './reproduce/origin.ts';
export * from './reuse/index.ts';
export { explain, type Explanation, explanations } from './explain/explain.ts';
export type { MemberChange } from './explain/member-changes.ts';
export { earlierRuns } from './explain/facts.ts';
export { memberChanges } from './explain/member-changes.ts';
export { mostSimilar } from './explain/most-similar.ts';
