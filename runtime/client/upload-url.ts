import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { SeedbedError } from '../errors/index.ts';
import type { FileDetails } from './documents.ts';
import { type Failure, pauseBefore, type Persistence } from './retries.ts';
import { type Transport, waited, words } from './transport.ts';
import { sendBody } from './upload-file.ts';

/** What a fetched URL is asked to be. */
interface Fetched {
  readonly body: Readable;
  /** Bytes, where the other side says so. */
  readonly length: number | undefined;
}

/**
 * Fetches a URL and sends what comes to the service as it comes; nothing is kept here. Where either side breaks off, it is
 * begun anew, unless the service has all of it already.
 * @param known finds a file of the service by content and name
 * @throws intake-url-unreadable; what the service refuses; service-unreachable
 */
export async function uploadUrl(
  transport: Transport,
  url: string,
  persistence: Persistence,
  known: (sha256: string, name: string) => Promise<FileDetails | null>,
  signal?: AbortSignal,
): Promise<FileDetails> {
  const name = nameIn(url);
  const address = transport.address('/files/', { name });
  for (let sent = 1; ; sent++) {
    const hash = createHash('sha256');
    let isWhole = false;
    let failure: Failure | undefined;
    let error: unknown;
    try {
      const fetched = await fetchUrl(url, signal);
      const counted = new Transform({
        transform: (chunk: Buffer, _, done) => done(null, (hash.update(chunk), chunk)),
        flush: (done) => done(null, void (isWhole = true)),
      });
      let sourceFailed: unknown;
      fetched.body.on('error', (thrown) => counted.destroy((sourceFailed = thrown)));
      const headers = {
        'Content-Type': 'application/octet-stream',
        ...(fetched.length !== undefined && { 'Content-Length': fetched.length }),
      };
      try {
        return (await sendBody(transport, 'POST', address, headers, fetched.body.pipe(counted), signal))!;
      } catch (thrown) {
        if (sourceFailed) throw new UrlFailed(url, words(sourceFailed), {});
        throw transport.unreachable(thrown);
      } finally {
        fetched.body.destroy();
      }
    } catch (thrown) {
      error = thrown instanceof UrlFailed ? thrown.error : thrown;
      failure = thrown instanceof UrlFailed ? thrown.failure : transport.failureOf(thrown);
    }
    const pause = failure && pauseBefore(sent, failure, persistence);
    if (pause === undefined || signal?.aborted) throw error;
    await waited(pause, [signal, persistence.until], error);
    // The answer alone may have been lost.
    const there = isWhole ? await known(hash.digest('hex'), name) : null;
    if (there) return there;
  }
}

/** A URL that could not be fetched, and how that went. */
class UrlFailed {
  readonly error: SeedbedError;
  readonly failure: Failure;

  constructor(url: string, reason: string, failure: Failure) {
    this.error = new SeedbedError('intake-url-unreadable', { url: withoutSecrets(url), reason });
    this.failure = failure;
  }
}

/** @throws UrlFailed */
async function fetchUrl(url: string, signal: AbortSignal | undefined): Promise<Fetched> {
  let response: Response;
  try {
    // Its bytes as they are: what is unpacked on the way is of another length.
    response = await fetch(url, { headers: { 'Accept-Encoding': 'identity' }, signal: signal ?? null });
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw new UrlFailed(url, words((thrown as { cause?: unknown }).cause ?? thrown), {});
  }
  const { status, headers, body } = response;
  if (!response.ok || !body) {
    await body?.cancel().catch(() => undefined);
    const failure = { status, retryAfter: headers.get('retry-after') };
    throw new UrlFailed(url, `it is answered with the status ${status}`, failure);
  }
  const length = headers.get('content-encoding') === null ? headers.get('content-length') : null;
  return { body: Readable.fromWeb(body as never), length: length === null ? undefined : Number(length) };
}

/** The last part of its path, as files may be called; `download` where there is none. Pure. */
export function nameIn(url: string): string {
  const { pathname } = new URL(url);
  const last = pathname.split('/').findLast((part) => part !== '') ?? '';
  let text = last;
  try {
    text = decodeURIComponent(last);
  } catch {
    // Not encoded by the rules: as it is.
  }
  const name = text.replace(/[/\\\p{Cc}\p{Surrogate}]/gu, '_');
  return name === '' || name === '.' || name === '..' || Buffer.byteLength(name) > 255 ? 'download' : name;
}

/** For messages: a signed URL opens what it names. */
function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
