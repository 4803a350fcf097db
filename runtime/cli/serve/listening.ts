import { isIP } from 'node:net';
import { listenOn, closeServer, makeServer } from '../../api/server.ts';
import { SeedbedError } from '../../errors/index.ts';
import { wholeNumber } from '../whole-number.ts';
import type { ServeOptions } from './options.ts';

export interface Address {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/**
 * Where the service is to listen. What other machines reach needs a token that somebody chose, since they can't read the
 * one in SEED_HOME; --insecure says that it is meant to be open to all of them.
 * @param token SEED_TOKEN
 * @throws invalid-usage
 */
export function addressOf(
  { host = '127.0.0.1', port, insecure = false }: ServeOptions,
  token: string | undefined,
): Address {
  if (host === '' || /[\s/]/.test(host))
    throw new SeedbedError('invalid-usage', {
      problem: `--host takes an address or a name, not ${JSON.stringify(host)}`,
    });
  if (!isLoopback(host) && token === undefined && !insecure)
    throw new SeedbedError('invalid-usage', {
      problem: `Other machines reach the service at ${host}, and that takes a token of your own: set SEED_TOKEN, for example to the output of openssl rand -hex 32`,
    });
  return { host, port: wholeNumber('--port', port, { least: 0, most: 65_535 }) };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Before anything else begins: a service that can't be asked should take no jobs. @throws address-unusable */
export async function expectFree({ host, port }: Address): Promise<void> {
  if (port === 0) return;
  const server = makeServer(() => undefined);
  await listenOn(server, host, port);
  await closeServer(server);
}

/** How clients write it. */
export function urlOf({ host, port }: Address): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${isIP(name) === 6 ? `[${name}]` : name}:${port}`;
}
