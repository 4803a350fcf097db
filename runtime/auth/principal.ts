import type { Role } from './role.ts';

/** Who makes a request. */
export interface Principal {
  /** What jobs, job types, events and the audit trail call them: the name of a user, or one of `reservedNames`. */
  readonly actor: string;
  readonly role: Role;
  /** Of the user whose token it is; undefined for the first token, and for nobody. */
  readonly userId?: number;
  readonly tokenId?: number;
}

/** Whoever has the token of SEED_TOKEN or SEED_HOME/token. */
export const firstToken: Principal = { actor: 'admin-token', role: 'admin' };

/** Whoever sends no token to a service that was told `--insecure`. */
export const anonymousAdmin: Principal = { actor: 'anonymous', role: 'admin' };

/** What no user may be called. */
export const reservedNames: readonly string[] = [firstToken.actor, anonymousAdmin.actor, 'api', 'system'];
