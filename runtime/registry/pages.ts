import { invalidAnswer, type Question } from './failures.ts';

/** One page of names, and the address of the next as the answer says it. */
export interface Page {
  readonly names: readonly string[];
  readonly next: string | undefined;
}

/** More pages have no end. */
const most = 10_000;

/**
 * The names of all pages, each fetched when those before it have been taken.
 * @throws registry-answer-invalid when a page leads to one that was there before, or to another origin
 */
export async function* namesOfPages(
  first: URL,
  fetchPage: (url: URL) => Promise<Page>,
  question: Question,
): AsyncGenerator<string, void, undefined> {
  const seen = new Set<string>();
  for (let url = first; ;) {
    seen.add(url.href);
    const { names, next } = await fetchPage(url);
    yield* names;
    if (next === undefined) return;
    if (!URL.canParse(next, url.href)) throw invalidAnswer(question, 'the address of its next page is none');
    url = new URL(next, url);
    if (url.origin !== first.origin) throw invalidAnswer(question, `its next page is at ${url.origin}`);
    if (seen.has(url.href) || seen.size >= most) throw invalidAnswer(question, 'its pages have no end');
  }
}

/** The target of `Link: <...>; rel="next"` (RFC 8288). */
export function nextLink(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  for (const [, target, parameters] of text.matchAll(/<([^>]*)>([^<]*)/g))
    if (/;\s*rel\s*=\s*"?(?:[^";]*\s)?next(?=[\s";,]|$)/i.test(parameters!)) return target;
  return undefined;
}
