import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

/** One request over the wire. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Why there is no answer: none in time, no connection (or it broke), or one longer than anything that a registry says. */
export class NoAnswer extends Error {
  readonly kind: 'timeout' | 'connection' | 'too-long';
  /** Of the operating system or of TLS, e.g. `ECONNREFUSED`. */
  readonly code: string;

  constructor(kind: NoAnswer['kind'], message: string, cause?: NodeJS.ErrnoException) {
    super(message, { cause });
    this.kind = kind;
    this.code = String(cause?.code ?? '');
  }
}

export interface TransportOptions {
  /** Milliseconds for one whole answer. */
  readonly patience: number;
  /** PEM certificates to trust besides the usual ones. */
  readonly ca?: string;
  /** Hosts whose certificates are not verified. */
  readonly lenient: (hostname: string) => boolean;
  readonly signal?: AbortSignal;
}

/** Sends requests over connections that are kept; `fetch` costs twice the processor time for these (measured). */
export interface Transport {
  /** @throws NoAnswer, or the reason of the signal */
  send(exchange: Exchange): Promise<Answer>;
  /** Aborted by the caller's signal and by `close`. */
  readonly signal: AbortSignal;
  /** Ends every connection, also those in use. */
  close(): void;
}

/** Longer is no manifest, configuration or page of names: registries take manifests of at most 4 MiB. */
const longest = 8 * 1024 * 1024;

export function createTransport({ patience, ca, lenient, signal }: TransportOptions): Transport {
  const plain = new http.Agent({ keepAlive: true });
  const secure = new https.Agent({ keepAlive: true, ...(ca && { ca: [...tls.rootCertificates, ca] }) });
  const ending = new AbortController();
  const live = new Set<(reason: unknown) => void>();

  function end(reason: unknown): void {
    signal?.removeEventListener('abort', abort);
    ending.abort(reason);
    for (const fail of live) fail(reason);
    plain.destroy();
    secure.destroy();
  }
  const abort = () => end(signal?.reason);
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);

  function send({ method, url, headers, body }: Exchange): Promise<Answer> {
    return new Promise((resolve, reject) => {
      ending.signal.throwIfAborted();
      const isSecure = url.protocol === 'https:';
      const request = (isSecure ? https : http).request(url, {
        method,
        agent: isSecure ? secure : plain,
        headers: {
          'user-agent': 'seedbed',
          ...headers,
          ...(body && { 'content-length': Buffer.byteLength(body) }),
        },
        ...(isSecure && lenient(url.hostname) && { rejectUnauthorized: false }),
      });
      const settle = () => {
        clearTimeout(timer);
        live.delete(fail);
      };
      const fail = (reason: unknown) => {
        settle();
        reject(reason);
        request.destroy();
      };
      const broken = (error: NodeJS.ErrnoException) => fail(new NoAnswer('connection', error.message, error));
      const timer = setTimeout(
        () => fail(new NoAnswer('timeout', `no answer within ${patience / 1000} s`)),
        patience,
      );
      live.add(fail);
      request.on('error', broken).on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response
          .on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > longest)
              fail(new NoAnswer('too-long', `it is longer than ${longest / 1024 / 1024} MiB`));
            else chunks.push(chunk);
          })
          .on('error', broken)
          .on('end', () => {
            settle();
            resolve({
              url,
              status: response.statusCode!,
              headers: response.headers,
              body: Buffer.concat(chunks),
            });
          });
      });
      request.end(body);
    });
  }

  return { send, signal: ending.signal, close: () => end(new Error('the registry was closed')) };
}
