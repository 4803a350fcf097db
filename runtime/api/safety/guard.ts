import type { RequestHandler } from 'express';
import type { Access } from '../../auth/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { type HostRule, isAllowedHost } from './hosts.ts';
import { setPrincipal } from './principal.ts';

/** Before every route: the service must be asked under a name of its own. */
export function guardHost(rule: () => HostRule): RequestHandler {
  return (request, _response, next) => {
    if (!isAllowedHost(request.headers.host, request.socket.localAddress, rule()))
      throw new SeedbedError('host-refused', {
        host: JSON.stringify(request.headers.host ?? '').slice(0, 200),
      });
    next();
  };
}

/** Before every route that not anyone may use: who asks? */
export function guardAccess(access: Access): RequestHandler {
  return async (request, response, next) => {
    const { authorization } = request.headers;
    const principal = await access.principalOf(authorization);
    if (!principal) {
      response.set('WWW-Authenticate', 'Token realm="seedbed", Bearer realm="seedbed"');
      throw new SeedbedError('token-required', {});
    }
    setPrincipal(response, principal);
    // What has not begun to be answered will be, since the change may be that of this very request.
    const cut = () => response.headersSent && !response.writableEnded && response.destroy();
    response.once('close', access.watch(authorization, principal, cut));
    next();
  };
}

/** Whoever asks before sending a body hears that it will be read. */
export const inviteBody: RequestHandler = (request, response, next) => {
  if (/^100-continue$/i.test(request.headers.expect ?? '')) response.writeContinue();
  next();
};

/** What no value in the database can hold never reaches it: NUL characters, and escapes that are not UTF-8. */
export const guardAddress: RequestHandler = (request, _response, next) => {
  const problem = problemOf(request.url);
  if (problem !== undefined) throw new SeedbedError('invalid-request', { problem });
  next();
};

function problemOf(url: string): string | undefined {
  try {
    return decodeURIComponent(url.replaceAll('+', ' ')).includes('\0')
      ? 'The address contains a NUL character'
      : undefined;
  } catch {
    return 'The address contains a percent sign that begins no UTF-8 character';
  }
}
