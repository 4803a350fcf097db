import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import type { Answer } from '../operation.ts';
import { etagOf, isKnown } from './etag.ts';

/** Bytes of JSON from which on it is compressed: below, a packet has room for it. */
const worthCompressing = 1400;

const compress = promisify(gzip);

/**
 * Sends an answer. What can be read has an `ETag`, and is not sent again to whoever has it (`If-None-Match`); JSON is
 * compressed where its reader takes that.
 */
export async function send(
  request: Request,
  response: Response,
  { status = 200, headers = {}, json }: Answer,
): Promise<void> {
  response.status(status).set(headers);
  if (json === undefined) return void response.end();
  const text = JSON.stringify(json);
  response.type('application/json').vary('Accept-Encoding');
  const isCompressed = text.length >= worthCompressing && takesGzip(request.headers['accept-encoding']);
  if (status === 200 && (request.method === 'GET' || request.method === 'HEAD')) {
    const etag = etagOf(json, text);
    response.set('ETag', isCompressed ? etag.replace(/"$/, '-gzip"') : etag);
    setLastModified(response, json);
    if (isKnown(request.headers['if-none-match'], etag)) {
      response.removeHeader('Content-Type');
      return void response.status(304).end();
    }
  }
  if (!isCompressed) return void response.send(text);
  response.set('Content-Encoding', 'gzip');
  // Level 3 costs a third of level 6 and gives 5 % more bytes (1.2 ms for a page of 100 jobs).
  response.send(await compress(text, { level: constants.Z_BEST_SPEED + 2 }));
}

function setLastModified(response: Response, json: unknown): void {
  const { last_modified: time } = json as { readonly last_modified?: unknown };
  const ms = typeof time === 'string' ? Date.parse(time) : NaN;
  if (!Number.isNaN(ms)) response.set('Last-Modified', new Date(ms).toUTCString());
}

/** RFC 9110, 12.5.3. */
function takesGzip(header: string | string[] = ''): boolean {
  const wishes = String(header)
    .toLowerCase()
    .split(',')
    .map((part) => part.split(';').map((text) => text.trim()));
  const wish = wishes.find(([name]) => name === 'gzip') ?? wishes.find(([name]) => name === '*');
  if (!wish) return false;
  const quality = wish.find((text) => text.startsWith('q='))?.slice(2);
  return quality === undefined || Number(quality) > 0;
}
