import { bareAddresses } from './api-types.ts';
import type { Parameters, Request, Transport } from './transport.ts';
import type { SendOptions } from './operations.ts';

/** The same as `CallOptions`, of any operation. */
export interface AnyOptions extends SendOptions {
  readonly path?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: Parameters | undefined;
  readonly body?: unknown;
}

/** What a request was answered with. */
export interface Answered {
  readonly answer: unknown;
  readonly status: number;
  readonly headers: Headers;
}

/**
 * Sends a request.
 * @param name e.g. `GET /jobs/{id}`
 * @throws service-unreachable, token-refused; what the service refuses, in its words
 */
export async function callOperation(
  transport: Transport,
  name: string,
  {
    path = {},
    query = {},
    body,
    headers = {},
    idempotencyKey,
    repeatable,
    persistence,
    signal,
  }: AnyOptions = {},
): Promise<Answered> {
  const [method = '', pattern = ''] = name.split(' ');
  const address = pattern.replace(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(String(path[part])));
  const mayRepeat = repeatable ?? (idempotencyKey === undefined ? undefined : true);
  const request: Request = {
    ...{ query, signal, persistence, headers },
    ...(bareAddresses.includes(pattern) && { isBare: true }),
    ...(body !== undefined && { json: body }),
    ...(mayRepeat !== undefined && { repeatable: mayRepeat }),
    ...(idempotencyKey !== undefined && { headers: { ...headers, 'Idempotency-Key': idempotencyKey } }),
  };
  return transport.read(method, address, request, async (response) => {
    const { status, headers: answered } = response;
    const type = answered.get('content-type') ?? '';
    const answer = /^application\/json\b/.test(type)
      ? JSON.parse(await response.text())
      : status === 204 || type === ''
        ? undefined
        : response;
    return { answer, status, headers: answered };
  });
}

/** The rows of a list, page by page as they are needed. Those that are added meanwhile are neither missed nor seen twice where it takes cursors. */
export async function* rowsOf(
  transport: Transport,
  name: string,
  options: AnyOptions = {},
): AsyncGenerator<unknown> {
  let query: Parameters | null = { page_size: 1000, cursor: '', ...options.query };
  while (query !== null) {
    const { answer } = await callOperation(transport, name, { ...options, query });
    const { results, next } = answer as {
      readonly results: readonly unknown[];
      readonly next?: string | null;
    };
    yield* results;
    query = next ? queryOf(new URL(next, transport.url)) : null;
  }
}

function queryOf({ searchParams }: URL): Parameters {
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
  );
}
