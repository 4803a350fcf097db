export { describedFile } from './described-file.ts';
export {
  type Identity,
  type IdentityFile,
  identityOfJob,
  type IdentityRequest,
  type JobDescription,
} from './identity.ts';
