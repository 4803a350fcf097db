import http from 'node:http';
import { inspect } from 'node:util';
import Docker from 'dockerode';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { type Tls, tlsAgent } from './certificates.ts';
import type { Endpoint } from './endpoint.ts';
import { engineFailure, engineReason, oneLine, statusOf } from './failures.ts';
import { ping } from './ping.ts';
import { sshAgent } from './ssh-agent.ts';
import { tlsReason } from './tls-reason.ts';
import { withWholeAnswers } from './whole-answers.ts';

/** How long an engine may take to answer at all, milliseconds. */
const patience = { socket: 10_000, tcp: 20_000, ssh: 45_000 };

/** An engine that answered, and the two ways to talk to it. */
export interface Client {
  readonly where: string;
  /** Over connections that are kept (30 ms less for each job, measured). */
  readonly docker: Docker;
  /** Over a new connection for each request: proof that the engine still takes one. */
  readonly fresh: Docker;
  /** A call whose failure is named: `action` follows "could not". */
  call<T>(action: string, request: () => Promise<T>): Promise<T>;
  /** Ends every connection, also those in use. */
  close(): void;
}

/**
 * The first endpoint that answers.
 * @throws engine-unreachable with every place that was tried, and why each failed
 */
export async function connect(endpoints: readonly Endpoint[]): Promise<Client> {
  const failures: { where: string; reason: string }[] = [];
  for (const endpoint of endpoints) {
    let client: Client | undefined;
    try {
      client = createClient(endpoint);
      await ping(client.docker, AbortSignal.timeout(patience[endpoint.kind]));
      return client;
    } catch (thrown) {
      client?.close();
      failures.push({ where: endpoint.where, reason: unreachableReason(thrown, endpoint) });
    }
  }
  throw new SeedbedError('engine-unreachable', {
    where: failures.map(({ where }) => where).join(', '),
    reason:
      failures.length === 1
        ? failures[0]!.reason
        : failures.map(({ where, reason }) => `${where}: ${reason}`).join('; '),
  });
}

export function createClient(endpoint: Endpoint): Client {
  const kept = agentFor(endpoint, true);
  const single = agentFor(endpoint, false);
  const { where } = endpoint;
  return {
    where,
    docker: withWholeAnswers(new Docker(options(endpoint, kept))),
    fresh: withWholeAnswers(new Docker(options(endpoint, single))),
    async call(action, request) {
      try {
        return await request();
      } catch (thrown) {
        throw engineFailure(where, action, thrown, tlsOf(endpoint));
      }
    },
    close() {
      kept.destroy();
      single.destroy();
    },
  };
}

/** Every member is given, because the library fills missing ones from the environment. */
function options(endpoint: Endpoint, agent: http.Agent): Docker.DockerOptions {
  const tcp = endpoint.kind === 'tcp' ? endpoint : undefined;
  const unset = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
    timeout: undefined,
    pathPrefix: '/',
  };
  return {
    ...unset,
    agent,
    protocol: tcp?.tls ? 'https' : 'http',
    ...(tcp && { host: tcp.host, port: tcp.port }),
    ...(endpoint.kind === 'socket' && { socketPath: endpoint.path }),
    ...(endpoint.kind === 'ssh' && { host: 'docker', port: 80 }),
  } as Docker.DockerOptions;
}

function tlsOf(endpoint: Endpoint): Tls | undefined {
  return endpoint.kind === 'tcp' ? endpoint.tls : undefined;
}

function agentFor(endpoint: Endpoint, keepAlive: boolean): http.Agent {
  if (endpoint.kind === 'ssh') return sshAgent(endpoint.destination, endpoint.port, keepAlive);
  if (endpoint.kind === 'socket' || !endpoint.tls) return plainAgent(keepAlive);
  return tlsAgent(endpoint.tls, keepAlive);
}

/**
 * Two things that Node and the library would do for every connection or request, and nobody needs without TLS: a server
 * name (its first costs 5 ms, for the pattern of IPv6), and a picture of the agent with all its sockets (0.3 to 10 ms).
 */
function plainAgent(keepAlive: boolean): http.Agent {
  const agent = new http.Agent({ keepAlive, servername: '' } as http.AgentOptions);
  return Object.defineProperty(agent, inspect.custom, { value: () => 'agent' });
}

function unreachableReason(thrown: unknown, endpoint: Endpoint): string {
  const ofTls = tlsReason(thrown, tlsOf(endpoint));
  if (ofTls !== undefined) return ofTls;
  const { code, name } = thrown as NodeJS.ErrnoException;
  if (statusOf(thrown) !== undefined) return engineReason(thrown);
  if (code === 'ENOENT') return 'no such socket';
  if (code === 'EACCES') return 'permission denied (is the user in the group docker?)';
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (name === 'AbortError' || code === 'ABORT_ERR' || name === 'TimeoutError') return 'no answer in time';
  return oneLine(reasonOf(thrown));
}
