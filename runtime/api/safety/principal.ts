import type { Response } from 'express';
import type { Principal } from '../../auth/index.ts';

/** Whoever asks where no token is needed. */
const nobody: Principal = { actor: 'nobody', role: 'viewer' };

/** Who makes this request, as its token said. */
export function principalOf(response: Response): Principal {
  return (response.locals.principal as Principal | undefined) ?? nobody;
}

/** To be called once, before any route; and by a login, for what it has found out. */
export function setPrincipal(response: Response, principal: Principal): void {
  response.locals.principal = principal;
}
