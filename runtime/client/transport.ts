import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf, SeedbedError } from '../errors/index.ts';
import { joinSignals } from '../signals/index.ts';
import { refusalOf } from './refusal.ts';
import { type Failure, pauseBefore, type Persistence } from './retries.ts';

/** Where the service is, and what it knows its clients by. */
export interface Connection {
  /** Without a slash at the end. */
  readonly url: string;
  readonly token: string;
  /** Where the token comes from, for messages. */
  readonly source?: string;
}

export type Parameters = Readonly<
  Record<string, string | number | boolean | readonly (string | number)[] | undefined>
>;

export interface Request {
  readonly query?: Parameters;
  /** The address is below the root, and not below /v6. */
  readonly isBare?: boolean;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether sending it twice does what once does; default: for GET and HEAD. */
  readonly repeatable?: boolean;
  /** Sent again also where the service says that it cannot now, with growing pauses; only where sending twice does no harm. */
  readonly persistence?: Persistence | undefined;
  /** Whether the answer may take its time, as a stream does. */
  readonly streams?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Of a repeatable request that could not be sent: milliseconds before it is sent again. */
const pauses = [100, 400];
/** Milliseconds for a whole answer, unless it is a stream. */
const patience = 120_000;

/** Requests to one service, over connections that are kept. */
export class Transport {
  readonly #connection: Connection;
  /** What the answers were that errors were made of. */
  readonly #failures = new WeakMap<SeedbedError, Failure>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get url(): string {
    return this.#connection.url;
  }

  /** The address of a route; `path` begins with a slash. */
  address(path: string, query: Parameters = {}, isBare = false): string {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      for (const one of [value ?? []].flat()) parameters.append(name, String(one));
    const text = parameters.toString();
    return `${this.url}${isBare ? '' : '/v6'}${path}${text && `?${text}`}`;
  }

  headers(): Record<string, string> {
    return { Authorization: `Token ${this.#connection.token}` };
  }

  /** The JSON that a request is answered with. @throws as `send`; service-answer-invalid */
  async json<Document>(method: string, path: string, request?: Request): Promise<Document> {
    return (await this.answer<Document>(method, path, request)).document;
  }

  /** The same, with its headers. */
  async answer<Document>(
    method: string,
    path: string,
    request?: Request,
  ): Promise<{ readonly document: Document; readonly headers: Headers }> {
    return this.read(method, path, request, async (response) => {
      return { document: (await this.document(response)) as Document, headers: response.headers };
    });
  }

  /** The JSON of an answer. @throws service-answer-invalid */
  async document(response: Response): Promise<unknown> {
    const text = await response.text();
    const document = parsed(text);
    if (document === undefined) throw this.#senseless(`it answered ${JSON.stringify(text.slice(0, 60))}`);
    return document;
  }

  /** Sends a request, and again also where the connection fails while its answer is read. @throws as `send` */
  read<Value>(
    method: string,
    path: string,
    request: Request | undefined,
    reader: (response: Response) => Promise<Value>,
  ): Promise<Value> {
    return this.#again(method, request, async () => {
      const response = await this.#once(method, path, request ?? {});
      return reader(response).catch((thrown: unknown) => {
        throw this.unreachable(thrown);
      });
    });
  }

  /**
   * Sends a request, again where that can do no harm and the connection failed.
   * @returns an answer of 2xx or 304
   * @throws service-unreachable, token-refused; what the service refuses, in its words
   */
  send(method: string, path: string, request: Request = {}): Promise<Response> {
    return this.#again(method, request, () => this.#once(method, path, request));
  }

  async #again<Value>(
    method: string,
    request: Request | undefined,
    ask: () => Promise<Value>,
  ): Promise<Value> {
    const { repeatable = method === 'GET' || method === 'HEAD', persistence, signal } = request ?? {};
    for (let sent = 1; ; sent++)
      try {
        return await ask();
      } catch (thrown) {
        const failure = this.failureOf(thrown);
        if (!failure || signal?.aborted) throw thrown;
        const pause = persistence
          ? pauseBefore(sent, failure, persistence)
          : repeatable && failure.status === undefined
            ? pauses[sent - 1]
            : undefined;
        if (pause === undefined) throw thrown;
        await waited(pause, [signal, persistence?.until], thrown);
      }
  }

  /** For an answer that is no success. @param retryAfter its header of that name */
  async refusal(
    status: number,
    text: () => Promise<string>,
    retryAfter?: string | null,
  ): Promise<SeedbedError> {
    const error = await this.#refusalOf(status, text);
    this.#failures.set(error, { status, retryAfter });
    return error;
  }

  /** How the request went that ended with this error; undefined: it is not about a request. */
  failureOf(error: unknown): Failure | undefined {
    if (!(error instanceof SeedbedError)) return undefined;
    return this.#failures.get(error) ?? (error.error === 'service-unreachable' ? {} : undefined);
  }

  async #refusalOf(status: number, text: () => Promise<string>): Promise<SeedbedError> {
    const { url, source = 'the connection' } = this.#connection;
    if (status === 401) return new SeedbedError('token-refused', { where: url, source });
    const body = parsed(await text().catch(() => ''));
    if (body === undefined) return this.#senseless(`it answered with the status ${status}, and not in JSON`);
    return refusalOf(url, status, body);
  }

  unreachable(thrown: unknown): SeedbedError {
    if (thrown instanceof SeedbedError) return thrown;
    const { cause } = thrown as { cause?: unknown };
    return new SeedbedError(
      'service-unreachable',
      { where: this.url, reason: words(cause ?? thrown) },
      { cause: thrown },
    );
  }

  async #once(method: string, path: string, request: Request): Promise<Response> {
    const { query, isBare, json, headers, streams, signal } = request;
    // Also while the body is read, which happens elsewhere; released when its time is over, or when there is no body.
    const joined = joinSignals([signal], streams ? undefined : patience);
    const response = await fetch(this.address(path, query, isBare), {
      method,
      redirect: 'manual',
      headers: {
        ...this.headers(),
        ...(json !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      signal: joined.signal,
    }).catch((thrown: unknown) => {
      joined.release();
      throw signal?.aborted ? thrown : this.unreachable(thrown);
    });
    if (response.ok || response.status === 304) return response;
    const retryAfter = response.headers.get('retry-after');
    throw await this.refusal(response.status, () => response.text(), retryAfter).finally(joined.release);
  }

  #senseless(problem: string): SeedbedError {
    return new SeedbedError('service-answer-invalid', { where: this.url, problem });
  }
}

/** Waits, and throws `thrown` where one of the signals ends the waiting. */
export async function waited(
  ms: number,
  signals: readonly (AbortSignal | undefined)[],
  thrown: unknown,
): Promise<void> {
  const joined = joinSignals(signals);
  try {
    await delay(ms, undefined, { signal: joined.signal });
  } catch {
    throw thrown;
  } finally {
    joined.release();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Why a connection failed. */
export function words(thrown: unknown): string {
  const { code, name } = (thrown ?? {}) as NodeJS.ErrnoException;
  if (name === 'TimeoutError') return 'no answer in time';
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' || code === 'EPIPE') return 'the connection was cut';
  return reasonOf(thrown);
}
