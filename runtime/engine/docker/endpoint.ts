import { homedir } from 'node:os';
import path from 'node:path';
import { SeedbedError } from '../../errors/index.ts';
import { readTls, type Tls } from './certificates.ts';
import { contextEndpoint } from './context.ts';

/** Where an engine may be reached. */
export type Endpoint = { /** As in DOCKER_HOST, for messages. */ readonly where: string } & (
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls?: Tls }
  | { readonly kind: 'ssh'; readonly destination: string; readonly port?: string }
);

/**
 * The endpoints to try, in order: DOCKER_HOST alone, else the chosen context alone (DOCKER_CONTEXT, or currentContext
 * of the Docker configuration), else the usual sockets of Docker and Podman.
 * @throws engine-unreachable for an endpoint that cannot be understood
 */
export async function candidates(env: NodeJS.ProcessEnv): Promise<Endpoint[]> {
  const host = env.DOCKER_HOST?.trim();
  if (host) {
    const verify = Boolean(env.DOCKER_TLS_VERIFY);
    const directory = env.DOCKER_CERT_PATH || (verify ? dockerDirectory(env) : undefined);
    return [await parseEndpoint(host, verify, directory)];
  }
  const context = await contextEndpoint(dockerDirectory(env), env.DOCKER_CONTEXT);
  if (context) {
    const endpoint = await parseEndpoint(
      context.host,
      context.tlsDirectory !== undefined,
      context.tlsDirectory,
    );
    if (endpoint.kind !== 'tcp' || !endpoint.tls) return [endpoint];
    return [{ ...endpoint, tls: { ...endpoint.tls, verify: !context.skipVerify } }];
  }
  return usualSockets(env).map((file) => ({ kind: 'socket', path: file, where: `unix://${file}` }));
}

/** Where Docker's command keeps its configuration. */
export function dockerDirectory(env: NodeJS.ProcessEnv): string {
  return env.DOCKER_CONFIG || path.join(homeOf(env), '.docker');
}

/** A user without an entry in passwd, as containers run as, has no home, and needs none here. */
function homeOf(env: NodeJS.ProcessEnv): string {
  try {
    return env.HOME || homedir();
  } catch {
    return '/nonexistent';
  }
}

function usualSockets(env: NodeJS.ProcessEnv): string[] {
  const personal = env.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    ...(personal ? [path.join(personal, 'docker.sock')] : []),
    path.join(homeOf(env), '.docker/run/docker.sock'),
    ...(personal ? [path.join(personal, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
}

async function parseEndpoint(where: string, tls: boolean, certificates?: string): Promise<Endpoint> {
  const refuse = (reason: string) => new SeedbedError('engine-unreachable', { where, reason });
  if (where.startsWith('unix://')) {
    const file = where.slice('unix://'.length) || '/var/run/docker.sock';
    if (!path.isAbsolute(file)) throw refuse('the path of a socket must be absolute');
    return { kind: 'socket', path: file, where };
  }
  const text = where.includes('://') ? where : `tcp://${where}`;
  if (!URL.canParse(text)) throw refuse('that is no address; give one like unix:///var/run/docker.sock');
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (host === '' || host.startsWith('-')) throw refuse('it names no host');
  switch (url.protocol) {
    case 'ssh:': {
      const user = decodeURIComponent(url.username);
      if (user.startsWith('-')) throw refuse('it names no user');
      return {
        kind: 'ssh',
        destination: user ? `${user}@${host}` : host,
        ...(url.port && { port: url.port }),
        where,
      };
    }
    case 'tcp:':
    case 'http:':
    case 'https:': {
      const secure = tls || url.protocol === 'https:' || url.port === '2376';
      const fallback = secure ? 2376 : url.protocol === 'http:' ? 80 : 2375;
      const port = Number(givenPort(text) ?? fallback);
      return { kind: 'tcp', host, port, ...(secure && { tls: await readTls(certificates, refuse) }), where };
    }
    default:
      throw refuse(`Seedbed does not speak ${url.protocol}// (unix, tcp and ssh work)`);
  }
}

/** Also one that a URL leaves out because it is the usual one of its scheme, as 443 is for https. */
function givenPort(text: string): string | undefined {
  return /^[^/]*\/\/[^/?#]*:(\d+)(?=[/?#]|$)/.exec(text)?.[1];
}
