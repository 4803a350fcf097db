export { type JudgedTemplate, jobTemplates } from './configurations.ts';
export { decideJobs, type JobFate, type KnownInputs, type PlannedJob } from './decide-jobs.ts';
export { type JobKind, jobKind } from './job-kind.ts';
export { type JobTemplate, jobTemplate, type OwnConfiguration } from './job-template.ts';
export { outputsOfExecutions } from './outputs.ts';
export { workspaceLook } from './unreachable.ts';
