import { once } from 'node:events';
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import * as http2 from 'node:http2';
import type { Duplex } from 'node:stream';
import { reasonOf } from '../../../errors/index.ts';

/** One call of a client: its messages, and a way to answer with one; waits while the client reads slowly. */
export interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly messages: AsyncIterableIterator<Buffer>;
  send(message: Uint8Array): Promise<void>;
}

/** By path, e.g. `/grpc.health.v1.Health/Check`. The call ends when the promise does. */
export type Handlers = Readonly<Record<string, (call: Call) => Promise<void>>>;

const [ok, unknown, unimplemented] = [0, 2, 12];

/** gRPC is HTTP/2 with five bytes before each message, so that Node's own server serves it: no library to load. */
export function serveGrpc(socket: Duplex, handlers: Handlers): ServerHttp2Session {
  const session = performServerHandshake(socket);
  session.on('error', () => {});
  session.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => {});
    void answer(stream, headers, handlers[String(headers[':path'])]);
  });
  return session;
}

/** In Node since 20.12; its types do not know it. */
const { performServerHandshake } = http2 as unknown as {
  performServerHandshake(socket: Duplex): ServerHttp2Session;
};

async function answer(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  handler: Handlers[string] | undefined,
): Promise<void> {
  let [status, message] = [ok, ''];
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () =>
    stream.sendTrailers({ 'grpc-status': String(status), 'grpc-message': encodeURIComponent(message) }),
  );
  try {
    if (handler) await handler({ headers, messages: messagesOf(stream), send: (it) => send(stream, it) });
    else [status, message] = [unimplemented, `${headers[':path']} is not served`];
  } catch (thrown) {
    [status, message] = [unknown, reasonOf(thrown)];
  }
  if (!stream.destroyed) stream.end();
}

async function* messagesOf(stream: ServerHttp2Stream): AsyncGenerator<Buffer, void, undefined> {
  let buffered: Buffer = Buffer.alloc(0);
  // The stream must outlive its reader, which may answer before the caller's last word.
  const chunks = stream.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  for await (const chunk of chunks) {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    while (buffered.length >= 5 && buffered.length >= 5 + buffered.readUInt32BE(1)) {
      const end = 5 + buffered.readUInt32BE(1);
      yield buffered.subarray(5, end);
      buffered = buffered.subarray(end);
    }
  }
}

async function send(stream: ServerHttp2Stream, message: Uint8Array): Promise<void> {
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(message.length, 1);
  if (stream.destroyed) throw new Error('the call was given up');
  if (stream.write(Buffer.concat([frame, message]))) return;
  const given = new AbortController();
  try {
    await Promise.race(['drain', 'close'].map((event) => once(stream, event, { signal: given.signal })));
  } finally {
    given.abort();
  }
}
