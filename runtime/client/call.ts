import { bareAddresses, otherAnswers } from './api-types.ts';
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
    // It may be read for as long as it takes.
    ...(method === 'GET' && otherAnswers.includes(name) && { streams: true }),
    ...(bareAddresses.includes(pattern) && { isBare: true }),
    ...(body !== undefined && { json: body }),
    ...(mayRepeat !== undefined && { repeatable: mayRepeat }),
    ...(idempotencyKey !== undefined && { headers: { ...headers, 'Idempotency-Key': idempotencyKey } }),
  };
  return transport.read(method, address, request, async (response) => {
    const { status, headers: answered } = response;
    if (!otherAnswers.includes(name))
      return { answer: await transport.document(response), status, headers: answered };
    const type = answered.get('content-type') ?? '';
    const isJson = /^application\/json\b/.test(type);
    const isEmpty = status === 204 || type === '';
    const answer = isJson ? await transport.document(response) : isEmpty ? undefined : response;
    return { answer, status, headers: answered };
  });
}

/**
 * The rows of a list, page by page as they are needed. Where it takes cursors, those that are added meanwhile are neither
 * missed nor seen twice.
 */
export async function* rowsOf(
  transport: Transport,
  name: string,
  options: AnyOptions = {},
): AsyncGenerator<unknown> {
  const begin = options.query?.page === undefined ? { cursor: '' } : {};
  let query: Parameters | null = { page_size: 1000, ...begin, ...options.query };
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

/** Of the next page, which has a number where the list knows no cursors. */
function queryOf({ searchParams }: URL): Parameters {
  if (searchParams.has('page')) searchParams.delete('cursor');
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
  );
}
