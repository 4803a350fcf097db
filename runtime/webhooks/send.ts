import { lookup } from 'node:dns';
import { type ClientRequestArgs, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { reasonOf } from '../errors/index.ts';
import type { AddressRule } from './address.ts';
import { snippetLength } from './deliveries.ts';

/** What came of one attempt. */
export interface Sent {
  readonly status: number | null;
  readonly ms: number;
  readonly error: string | null;
  readonly response: string | null;
}

export interface SendOptions {
  readonly allowed: AddressRule;
  /** For all of it, milliseconds. */
  readonly timeoutMs: number;
}

/** Bytes of an answer that are read at most. */
const mostBytes = 4096;

/**
 * Posts a body once, on a connection of its own. Addresses are judged as they are connected to, so that a name that is
 * resolved anew leads nowhere else; redirects are not followed. Never throws.
 */
export async function send(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { allowed, timeoutMs }: SendOptions,
): Promise<Sent> {
  const begun = performance.now();
  const ended = (rest: Partial<Sent>): Sent => ({
    status: null,
    error: null,
    response: null,
    ...rest,
    ms: Math.round(performance.now() - begun),
  });
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { protocol, hostname } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !allowed(host)) throw new Error(refused(host));
    const start = protocol === 'https:' ? httpsRequest : httpRequest;
    const options: ClientRequestArgs = {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
      lookup: judged(allowed),
      signal,
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = start(url, options, resolve);
      request.on('error', reject);
      request.end(body);
    });
    const status = response.statusCode ?? 0;
    const text = await beginningOf(response);
    const isGood = status >= 200 && status < 300;
    return ended({ status, response: text, error: isGood ? null : `The receiver answered ${status}` });
  } catch (thrown) {
    const late = signal.aborted
      ? `The receiver did not answer within ${timeoutMs / 1000} seconds`
      : undefined;
    return ended({ error: late ?? reasonOf(thrown) });
  }
}

const refused = (address: string) =>
  `The address ${address} is not a public one, and SEED_WEBHOOK_ALLOW_PRIVATE does not allow it`;

/** Resolves a name to those of its addresses that may be called; fails where none may. */
function judged(allowed: AddressRule): LookupFunction {
  return (name, options, done) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '');
      const good = addresses.filter(({ address }) => allowed(address));
      const [first] = good;
      if (!first) return done(new Error(refused(addresses[0]?.address ?? name)), '');
      if (options.all) return done(null, good);
      return done(null, first.address, first.family);
    });
  };
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= mostBytes) break; // which ends the connection
  }
  // What Postgres cannot hold is no text.
  return Buffer.concat(chunks)
    .toString('utf8')
    .replaceAll('\0', '\uFFFD')
    .slice(0, snippetLength)
    .toWellFormed();
}
