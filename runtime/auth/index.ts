export { Access, type AccessOptions } from './access.ts';
export { createToken, listTokens, revokeToken, type TokenRow } from './api-tokens.ts';
export { type AuditEntry, type AuditRow, AuditTrail, listAudit } from './audit.ts';
export { carriesToken } from './authorization.ts';
export { type Credentials, type LoggedIn, logIn } from './login.ts';
export { anonymousAdmin, firstToken, type Principal } from './principal.ts';
export {
  changeProject,
  createProject,
  deleteProject,
  listProjects,
  projectById,
  type ProjectRow,
} from './projects.ts';
export { covers, lesser, type Role, roles } from './role.ts';
export { sweepAccess } from './sweep.ts';
export { knownToken, serviceToken, type TokenPlace } from './token.ts';
export {
  changeUser,
  createUser,
  deleteUser,
  listUsers,
  type UserChange,
  userById,
  type UserRow,
} from './users.ts';
