import type { RequestHandler } from 'express';
import { carriesToken } from '../../auth/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { safetyHeaders } from './headers.ts';
import { type HostRule, isAllowedHost } from './hosts.ts';
import { foreignOrigin } from './origin.ts';

/** Before every route: headers of the answer, then host and origin of the request. */
export function guardHost(rule: () => HostRule): RequestHandler {
  return (request, response, next) => {
    response.set(safetyHeaders);
    if (!isAllowedHost(request.headers.host, request.socket.localAddress, rule()))
      throw new SeedbedError('host-refused', {
        host: JSON.stringify(request.headers.host ?? '').slice(0, 200),
      });
    const origin = foreignOrigin(request.headers);
    if (origin !== undefined) throw new SeedbedError('origin-refused', { origin });
    next();
  };
}

/** Before every route but `GET /livez` and `GET /readyz`. */
export function guardToken(token: string): RequestHandler {
  return (request, response, next) => {
    if (!carriesToken(request.headers.authorization, token)) {
      response.set('WWW-Authenticate', 'Token realm="seedbed", Bearer realm="seedbed"');
      throw new SeedbedError('token-required', {});
    }
    if (/^100-continue$/i.test(request.headers.expect ?? '')) response.writeContinue();
    next();
  };
}

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
