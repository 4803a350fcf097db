import { SeedbedError } from '../errors/index.ts';

/** A registry's address, understood. */
export interface RegistryAddress {
  /** What stands before the `/` of an image's name: `host[:port]`. */
  readonly host: string;
  /** Where it may listen, scheme and host, the likeliest first. */
  readonly origins: readonly [string, ...string[]];
  /** Docker Hub has no catalogue, and listens elsewhere than its images' names say. */
  readonly hub: boolean;
  /** On this machine, and no scheme was written: certificates are not verified there, as engines do. */
  readonly lenient: boolean;
}

const hubHosts = new Set([
  'docker.io',
  'hub.docker.com',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
]);

/**
 * Reads an address as users write it: `host`, `host:5000`, `http://host`, `https://host/v2/`, `docker.io`. Without a
 * scheme it is https; on this machine http comes first, which a registry there speaks nearly always.
 * @throws invalid-registry-address
 */
export function readAddress(text: string): RegistryAddress {
  const address = text.trim();
  const wrong = (problem: string) =>
    new SeedbedError('invalid-registry-address', {
      // Everything up to the last @: a password may hold any character, and a scheme is not always written.
      address: address.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1') || '""',
      problem,
    });
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    throw wrong(`registries speak https or http, not ${scheme}`);
  const [secure, plain] = scheme ? [address, address] : [`https://${address}`, `http://${address}`];
  if (!URL.canParse(secure) || !/^https?:\/\/[^/\s\\][^\s\\]*$/i.test(secure))
    throw wrong('it has no host that could be looked up');
  const url = new URL(secure);
  if (url.username || url.password) throw wrong('it holds a login, which is given apart');
  const rest = url.pathname + url.search + url.hash;
  if (!/^\/(?:v[12]\/?)?$/.test(rest)) throw wrong(`no ${rest} can follow its host`);
  if (hubHosts.has(url.hostname))
    return { host: 'docker.io', origins: ['https://registry-1.docker.io'], hub: true, lenient: false };
  if (scheme) return { host: url.host, origins: [url.origin], hub: false, lenient: false };
  const other = new URL(plain);
  // A URL leaves its scheme's own port out, and images' names keep every port that was written.
  const host = other.host.length > url.host.length ? other.host : url.host;
  const lenient = isLoopback(url.hostname);
  return { host, origins: lenient ? [other.origin, url.origin] : [url.origin], hub: false, lenient };
}

/** Whether a host's name, as it stands in a URL, is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
