import type { IncomingHttpHeaders } from 'node:http';

/**
 * The origin of the web page that made a request, if that is not one that the service itself serves. Browsers send `Origin`
 * with all that could change something, and `Sec-Fetch-Site` with everything; programs send neither.
 * @returns words for the message; undefined for our own pages and for programs
 */
export function foreignOrigin(headers: IncomingHttpHeaders): string | undefined {
  const { origin, host } = headers;
  if (origin !== undefined && hostAndPort(origin) !== host?.toLowerCase()) return origin.slice(0, 200);
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return undefined;
  return origin ?? 'another site';
}

function hostAndPort(origin: string): string | undefined {
  return /^https?:\/\/([^/?#@]+)$/i.exec(origin)?.[1]?.toLowerCase();
}
