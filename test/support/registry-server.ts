import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { certificate, privateKey } from './registry-certificate.ts';

export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** What to answer; a function answers by itself, or never. */
export type Reply =
  | { readonly status?: number; readonly headers?: http.OutgoingHttpHeaders; readonly body?: unknown }
  | ((response: http.ServerResponse) => void);

/** A small server of HTTP in the place of a registry, a token service or a store of blobs. */
export interface TestServer {
  readonly host: string;
  readonly url: string;
  /** Everything that it was asked, in order. */
  readonly received: Received[];
  stop(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1; texts and buffers are answered as they are, all else as JSON. */
export async function startTestServer(
  answer: (request: Received) => Reply,
  { tls = false } = {},
): Promise<TestServer> {
  const received: Received[] = [];
  const listener: http.RequestListener = (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const asked = { method, path, headers, body };
      received.push(asked);
      const reply = answer(asked);
      if (typeof reply === 'function') return reply(response);
      const content = reply.body ?? '';
      const isPlain = typeof content === 'string' || Buffer.isBuffer(content);
      response.writeHead(reply.status ?? 200, reply.headers);
      response.end(isPlain ? content : JSON.stringify(content));
    });
  };
  const server = tls
    ? https.createServer({ cert: certificate, key: privateKey }, listener)
    : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `${tls ? 'https' : 'http'}://${host}`,
    received,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
