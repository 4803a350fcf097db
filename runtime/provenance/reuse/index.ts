export { areIntact, type OpenWorkspace } from './content.ts';
export { copyOutputs, placesInOutput } from './copies.ts';
export { reuse, type Reusing, type Verdict } from './decide.ts';
export { type DescribedExecution, executionIdentity } from './execution-identity.ts';
export { type Done, type ExecutedIdentity, forgetIdentity, knownImages, recordIdentity } from './store.ts';
export { putBack, type Standing, standingOf, wakeAwaiting, type Waiting } from './wait.ts';
export { wouldReuse, type WouldReuse } from './would-reuse.ts';
