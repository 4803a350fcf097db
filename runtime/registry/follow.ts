import { invalidAnswer, type Question } from './failures.ts';
import type { Answer, Exchange } from './transport.ts';

const redirects = new Set([301, 302, 303, 307, 308]);
const most = 5;

/**
 * Sends a request and follows the redirects of a GET or HEAD, as registries send for blobs that lie elsewhere.
 * `Authorization` stays with the origin that it was meant for, and nobody leads from https to http.
 * @throws registry-answer-invalid
 */
export async function follow(
  send: (exchange: Exchange) => Promise<Answer>,
  exchange: Exchange,
  question: Question,
): Promise<Answer> {
  const { authorization: _, ...others } = exchange.headers ?? {};
  let { url } = exchange;
  for (let hops = 0; hops <= most; hops++) {
    const headers = url.origin === exchange.url.origin ? exchange.headers : others;
    const answer = await send({ ...exchange, url, ...(headers && { headers }) });
    const target = redirectOf(answer);
    if (!target || !/^(GET|HEAD)$/.test(exchange.method)) return answer;
    if (!/^https?:$/.test(target.protocol) || (url.protocol === 'https:' && target.protocol === 'http:'))
      throw invalidAnswer(question, `it leads from ${url.origin} to ${target.protocol}//${target.host}`);
    url = target;
  }
  throw invalidAnswer(
    question,
    `it leads from one address to the next, last to ${url.origin}${url.pathname}`,
  );
}

/** Where an answer leads to, if it does. */
export function redirectOf({ status, headers, url }: Answer): URL | undefined {
  const { location } = headers;
  if (!redirects.has(status) || !location || !URL.canParse(location, url.href)) return undefined;
  return new URL(location, url);
}
