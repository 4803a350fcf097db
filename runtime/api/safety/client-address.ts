import { isIPv6 } from 'node:net';
import type { Request, RequestHandler, Response } from 'express';

/** Notes where a request comes from while that is known: a request that is over has no connection any more. */
export const noteAddress: RequestHandler = (request, response, next) => {
  response.locals.address = addressOf(request);
  next();
};

/** Where a request comes from, as the nearest proxy that is trusted says (SEED_TRUSTED_PROXIES). */
export function clientAddress(response: Response): string {
  return (response.locals.address as string | undefined) ?? '';
}

function addressOf(request: Request): string {
  return (request.ip ?? '').replace(/^::ffff:(?=\d+\.)/i, '').slice(0, 100);
}

/** What limits count by: of IPv6 the first 64 bits, since whoever has one address there has all of that network. */
export function addressNetwork(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(gap).fill('0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
