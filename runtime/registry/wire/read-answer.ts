import { BrokenAnswer, hungUp, type Incoming, type Reading } from './incoming.ts';

/** By their names in lower case; several of one name are one, with commas, as RFC 9110, section 5.3, allows. */
export type Headers = Readonly<Record<string, string>>;

/** An answer as it came over a connection. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Whether the connection takes another request. */
  readonly isLasting: boolean;
}

/** A body longer than the caller takes. */
export class TooLong extends Error {}

type Head = Omit<WireAnswer, 'body'>;

/** Bytes of status line and headers, as Node's own client takes. */
const longestHead = 16 * 1024;
const longestLine = 1024;

/**
 * Reads one answer of HTTP/1.1 (RFC 9112), strictly: what may mean two things is an error.
 * @param method of the request, on which it depends whether there is a body
 * @param longest bytes of a body
 * @throws BrokenAnswer, TooLong, ECONNRESET where it ends in the middle
 */
export function* readAnswer(incoming: Incoming, method: string, longest: number): Reading<WireAnswer> {
  let head: Head;
  do {
    yield* incoming.expect('HTTP/1.');
    head = readHead(yield* incoming.until('\r\n\r\n', longestHead));
  } while (head.status < 200);
  const { status, headers } = head;
  const body = new Body(longest);
  const coding = headers['transfer-encoding'];
  const length = headers['content-length'];
  let isFramed = true;
  if (method === 'HEAD' || status === 204 || status === 304) {
    // There is none, whatever its headers say.
  } else if (coding !== undefined) {
    if (coding.toLowerCase() !== 'chunked' || length !== undefined)
      throw new BrokenAnswer(`its length is not known (transfer coding ${coding})`);
    yield* readChunks(incoming, body);
  } else if (length !== undefined) {
    if (!/^\d{1,15}$/.test(length)) throw new BrokenAnswer(`its length is ${length}`);
    yield* readBytes(incoming, Number(length), body);
  } else {
    isFramed = false;
    for (let part; (part = yield* incoming.some(Infinity));) body.add(part);
  }
  const isLasting = head.isLasting && isFramed && incoming.left === 0;
  return { status, headers, body: body.whole(), isLasting };
}

function readHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const [, minor, status] = /^HTTP\/1\.([01]) (\d{3})(?: .*)?$/.exec(first) ?? [];
  if (!status || status === '101') throw new BrokenAnswer('it is no answer of HTTP/1.1');
  // Any name may come, also that of an object's prototype.
  const headers = Object.create(null) as Record<string, string>;
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (colon < 1 || /[^!#$%&'*+\-.^_`|~\w]/.test(name)) throw new BrokenAnswer('its headers are malformed');
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]!}, ${value}` : value;
  }
  const isLasting = minor === '1' && !/\bclose\b/i.test(headers.connection ?? '');
  return { status: Number(status), headers, isLasting };
}

function* readChunks(incoming: Incoming, body: Body): Reading<void> {
  for (;;) {
    const line = yield* incoming.until('\r\n', longestLine);
    const [, digits] = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?$/i.exec(line) ?? [];
    if (!digits) throw new BrokenAnswer('the length of a part is none');
    const length = parseInt(digits, 16);
    if (length === 0) break;
    yield* readBytes(incoming, length, body);
    yield* incoming.until('\r\n', 0);
  }
  // Trailers say nothing that anybody here asks for.
  while ((yield* incoming.until('\r\n', longestLine)) !== '');
}

function* readBytes(incoming: Incoming, length: number, body: Body): Reading<void> {
  body.expect(length);
  for (let left = length; left > 0;) {
    const part = yield* incoming.some(left);
    if (!part) throw hungUp();
    body.add(part);
    left -= part.length;
  }
}

/** The bytes of a body, up to a limit. */
class Body {
  readonly #parts: Buffer[] = [];
  readonly #longest: number;
  #size = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** @throws TooLong when so many more are too many */
  expect(length: number): void {
    if (this.#size + length > this.#longest)
      throw new TooLong(`it is longer than ${this.#longest / 1024 / 1024} MiB`);
  }

  add(part: Buffer): void {
    this.expect(part.length);
    this.#parts.push(part);
    this.#size += part.length;
  }

  whole(): Buffer {
    return this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
  }
}
