export { describedFile } from './described-file.ts';
export {
  type Identity,
  type IdentityFile,
  identityOfJob,
  type IdentityRequest,
  type JobDescription,
} from './identity.ts';
export * from './reuse/index.ts';
export { explain, type Explanation, explanations } from './explain/explain.ts';
export type { MemberChange } from './explain/member-changes.ts';
