import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Client } from '../client.ts';
import type { RegistryLogin } from '../../engine.ts';
import { type FileSet, sendFiles } from './file-sync.ts';
import { type Call, type Handlers, serveGrpc } from './grpc.ts';
import { encode, Message } from './protobuf.ts';

/** What the builder may ask of us while it builds. */
export interface SessionServices {
  /** The files of a directory that it knows by name: `context` or `dockerfile`. */
  files(name: string, paths: readonly string[]): Promise<FileSet>;
  /** @param host of the registry's API, e.g. `registry-1.docker.io` */
  login(host: string): Promise<RegistryLogin | undefined>;
}

/** A connection on which the builder calls us. */
export interface Session {
  readonly id: string;
  close(): void;
}

/**
 * Opens BuildKit's session: the engine upgrades a request to HTTP/2, in which it is the client. Of the services that it
 * knows (moby/buildkit, session/), these three are what a build from a directory needs; it checks the health of the
 * connection every few seconds, and gives it up where nobody answers.
 * @param sharedKey tells the directory from others, so that the builder fetches only what changed since the last build
 */
export async function openSession(
  client: Client,
  sharedKey: string,
  services: SessionServices,
): Promise<Session> {
  const id = randomUUID();
  const handlers = handlersFor(services);
  const socket = await upgrade(client, {
    Upgrade: 'h2c',
    'X-Docker-Expose-Session-Uuid': id,
    'X-Docker-Expose-Session-Name': 'seedbed',
    'X-Docker-Expose-Session-Sharedkey': sharedKey,
    'X-Docker-Expose-Session-Grpc-Method': Object.keys(handlers),
  });
  const server = serveGrpc(socket, handlers);
  return {
    id,
    close() {
      server.destroy();
      socket.destroy();
    },
  };
}

function upgrade(client: Client, headers: Record<string, string | string[]>): Promise<Duplex> {
  const modem = client.docker.modem as unknown as {
    dial(options: object, callback: (failure: unknown, socket: Duplex) => void): void;
  };
  return new Promise((resolve, reject) => {
    const request = { method: 'POST', path: '/session', hijack: true, headers, statusCodes: {} };
    modem.dial(request, (failure, socket) => (failure ? reject(failure as Error) : resolve(socket)));
  });
}

function handlersFor(services: SessionServices): Handlers {
  return {
    '/grpc.health.v1.Health/Check': (call) => call.send(encode([[1, 1]])),
    '/moby.filesync.v1.Auth/Credentials': async (call) => {
      const login = await services.login((await onlyMessage(call)).text(1));
      if (login?.identitytoken) await call.send(encode([[2, login.identitytoken]]));
      else
        await call.send(
          encode([
            [1, login?.username ?? ''],
            [2, login?.password ?? ''],
          ]),
        );
    },
    '/moby.filesync.v1.FileSync/DiffCopy': async (call) => {
      const name = String(call.headers['dir-name'] ?? '');
      const paths = [call.headers['followpaths'] ?? []].flat().flatMap((value) => value.split(', '));
      await sendFiles(call, await services.files(name, paths));
    },
  };
}

async function onlyMessage(call: Call): Promise<Message> {
  for await (const bytes of call.messages) return new Message(bytes);
  throw new Error('the call has no message');
}
