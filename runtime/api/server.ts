import { createServer, type RequestListener, type Server } from 'node:http';
import { isErrno, reasonOf, SeedbedError } from '../errors/index.ts';

/** Milliseconds for what is under way to end by itself. */
const grace = 5_000;

/** Milliseconds that a client may take. */
export interface Slowness {
  /** For all headers of a request; default 20 seconds. */
  readonly headersMs?: number;
  /** For a body in JSON; default 30 seconds. */
  readonly bodyMs?: number;
  /** With nothing moving, whatever it is doing; default 2 minutes. */
  readonly idleMs?: number;
}

/**
 * A server that a slow or greedy client cannot hold up. A whole request may take long (uploads), its headers may not, and
 * a connection on which nothing moves is cut. Whoever asks before sending a body (`Expect: 100-continue`) hears of a refusal
 * first.
 */
export function makeServer(
  listener: RequestListener,
  { headersMs = 20_000, idleMs = 120_000 }: Slowness = {},
): Server {
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: 0,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: Math.min(headersMs, 5_000),
      noDelay: true,
    },
    listener,
  );
  server.maxHeadersCount = 100;
  server.maxConnections = 2_000;
  server.timeout = idleMs;
  server.on('checkContinue', listener);
  return server;
}

/** @throws address-unusable */
export async function listenOn(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new SeedbedError(
          'address-unusable',
          { address: `${host}:${port}`, reason: words(error) },
          { cause: error },
        ),
      ),
    );
    server.listen({ host, port }, resolve);
  });
  server.removeAllListeners('error');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function words(error: unknown): string {
  if (isErrno(error, 'EADDRINUSE')) return 'something listens there already';
  if (isErrno(error, 'EADDRNOTAVAIL')) return 'this machine has no such address';
  if (isErrno(error, 'ENOTFOUND', 'EAI_AGAIN')) return 'there is no such host';
  if (isErrno(error, 'EACCES')) return 'permission denied';
  return reasonOf(error);
}

/** Takes no more requests, lets those under way end for a while, and cuts what is left. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), grace);
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  try {
    await closed;
  } finally {
    clearTimeout(late);
    clearInterval(idle);
  }
}
