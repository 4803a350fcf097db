import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { checksumOf } from './checksum.ts';
import type { FileDetails } from './documents.ts';
import { pauseBefore, type Persistence } from './retries.ts';
import type { Transport } from './transport.ts';

/** A file that the service has now. */
export interface Uploaded {
  readonly file: FileDetails;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

export interface UploadOptions {
  /** With which it is sent where the service cannot take it now. */
  readonly persistence?: Persistence | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How often an upload may be cut without a byte that arrived. */
const mostCuts = 5;
const pauseMs = 300;

/**
 * Sends a file of this machine to the service, which checks its SHA-256. An upload that is cut goes on where it stopped.
 * @param known its SHA-256, where that was taken already
 * @throws service-unreachable, checksum-mismatch when the file changes meanwhile; no-room-for-file
 */
export async function uploadFile(
  transport: Transport,
  file: string,
  name: string,
  known?: string,
  { persistence, signal }: UploadOptions = {},
): Promise<Uploaded> {
  const { size } = await stat(file);
  const sha256 = known ?? (await checksumOf(file));
  const digest = `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;
  const created = await transport.json<UploadState>('POST', '/files/uploads/', {
    query: { name },
    headers: { 'Upload-Length': `${size}`, 'Repr-Digest': digest },
    ...{ repeatable: true, persistence, signal },
  });
  const at = `/files/uploads/${created.id}/`;
  let offset = 0;
  for (let cuts = 0; ;) {
    let pause = pauseMs;
    try {
      const done = await append(transport, at, file, { offset, size, signal });
      if (done) return { file: done, sha256 };
    } catch (thrown) {
      if (signal?.aborted) throw thrown;
      const error = transport.unreachable(thrown);
      const isCut = ['service-unreachable', 'upload-conflict', 'incomplete-body'].includes(error.error);
      const failure = persistence && transport.failureOf(error);
      const longer = failure && pauseBefore(cuts + 1, failure, persistence);
      if (longer === undefined && (!isCut || cuts >= mostCuts)) throw error;
      pause = longer ?? pauseMs;
    }
    const state = await transport.json<UploadState>('GET', at, { persistence });
    if (state.file_id !== null) {
      const file = await transport.json<FileDetails>('GET', `/files/${state.file_id}/`, { persistence });
      return { file, sha256 };
    }
    cuts = state.offset > offset ? 0 : cuts + 1;
    ({ offset } = state);
    await delay(pause);
  }
}

interface UploadState {
  readonly id: string;
  readonly offset: number;
  readonly file_id: number | null;
}

/**
 * Sends what lacks. Not with `fetch`, which holds back bodies of known length that come as a stream.
 * @returns undefined when there is still something to send
 */
async function append(
  transport: Transport,
  at: string,
  file: string,
  { offset, size, signal }: { offset: number; size: number; signal: AbortSignal | undefined },
): Promise<FileDetails | undefined> {
  const headers = {
    'Content-Type': 'application/offset+octet-stream',
    'Content-Length': size - offset,
    'Upload-Offset': offset,
  };
  const source = size === offset ? undefined : createReadStream(file, { start: offset, end: size - 1 });
  return sendBody(transport, 'PATCH', transport.address(at), headers, source, signal);
}

/**
 * Sends bytes as they come. Not with `fetch`, which holds back bodies of known length that come as a stream.
 * @returns undefined when there is still something to send (204)
 */
export async function sendBody(
  transport: Transport,
  method: string,
  address: string,
  headers: Readonly<Record<string, string | number>>,
  source: Readable | undefined,
  signal?: AbortSignal,
): Promise<FileDetails | undefined> {
  const { request } = address.startsWith('https:') ? https : http;
  const sending = request(address, {
    method,
    headers: { ...transport.headers(), ...headers },
    ...(signal && { signal }),
  });
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve).once('error', reject);
  });
  answered.catch(() => undefined);
  const sent = source ? pipeline(source, sending) : Promise.resolve(void sending.end());
  // A refusal may come before all is sent, and cuts it off.
  const response = await Promise.race([answered, sent.then(() => answered)]);
  sent.catch(() => undefined);
  const status = response.statusCode ?? 0;
  const text = await bodyOf(response);
  if (status === 201) return JSON.parse(text) as FileDetails;
  if (status === 204) return undefined;
  throw await transport.refusal(status, async () => text, response.headers['retry-after']);
}

async function bodyOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The name that a file is catalogued under. */
export function nameOf(file: string): string {
  return path.basename(file);
}
