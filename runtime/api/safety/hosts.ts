import { isIP, isIPv6 } from 'node:net';

/** Which names and addresses the service answers to. */
export interface HostRule {
  /** Lower case; `.example.org` stands for every name below it. */
  readonly allowed: readonly string[];
  /** The address that it was told to listen on. */
  readonly listening: string;
}

/**
 * Whether a request's `Host` is one of ours. A web page can make a browser call a loopback server under a name of its own
 * (DNS rebinding): so a name must be known, and an address must be the one at which the request arrived.
 * @param header the header `Host`, with or without a port
 * @param arrived the address of this machine at which the connection arrived
 */
export function isAllowedHost(
  header: string | undefined,
  arrived: string | undefined,
  rule: HostRule,
): boolean {
  const host = hostOf(header);
  if (host === undefined) return false;
  if (isLoopback(host)) return true;
  if (isIP(host) !== 0)
    return [plain(arrived ?? ''), rule.listening].includes(host) || rule.allowed.includes(host);
  if (host === rule.listening.toLowerCase()) return true;
  return rule.allowed.some((name) => (name.startsWith('.') ? host.endsWith(name) : host === name));
}

/** The host of `name:port`, `[v6]:port` and the like, lower case and without brackets and final dot; undefined for what is none. */
export function hostOf(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header ?? '');
  const [, bracketed, name] = match ?? [];
  if (bracketed !== undefined) return isIPv6(bracketed) ? plain(bracketed.toLowerCase()) : undefined;
  return name?.toLowerCase().replace(/\.$/, '') || undefined;
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** IPv4 as IPv6 writes it on a socket that takes both. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
