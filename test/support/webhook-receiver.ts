import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer } from '../../runtime/api/server.ts';

/** A message as it arrived. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTP server that takes messages, and answers each as the test says. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** By path; default: 204 at once. */
  readonly answers: Map<string, (response: ServerResponse, nth: number) => void>;
  /** Those that came to a path. */
  at(path: string): Received[];
  close(): Promise<void>;
}

/** Listens on a free port of the loopback. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Receiver['answers'] = new Map();
  const at = (path: string) => received.filter((one) => one.path === path);
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url!;
      received.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString() });
      const answer = answers.get(path);
      if (answer) answer(response, at(path).length);
      else response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    at,
    close: () => {
      server.closeAllConnections();
      return closeServer(server);
    },
  };
}
