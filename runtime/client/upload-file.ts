import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { checksumOf } from './checksum.ts';
import type { FileRow } from './documents.ts';
import type { Transport } from './transport.ts';

/** A file that the service has now. */
export interface Uploaded {
  readonly file: FileRow;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
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
): Promise<Uploaded> {
  const { size } = await stat(file);
  const sha256 = known ?? (await checksumOf(file));
  const digest = `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;
  const created = await transport.json<UploadState>('POST', '/files/uploads/', {
    query: { name },
    headers: { 'Upload-Length': `${size}`, 'Repr-Digest': digest },
    repeatable: true,
  });
  const at = `/files/uploads/${created.id}/`;
  let offset = 0;
  for (let cuts = 0; ;) {
    try {
      const done = await append(transport, at, file, offset, size);
      if (done) return { file: done, sha256 };
    } catch (thrown) {
      const error = transport.unreachable(thrown);
      if (!['service-unreachable', 'upload-conflict', 'incomplete-body'].includes(error.error)) throw error;
      if (cuts >= mostCuts) throw error;
    }
    const state = await transport.json<UploadState>('GET', at);
    if (state.file_id !== null)
      return { file: await transport.json<FileRow>('GET', `/files/${state.file_id}/`), sha256 };
    cuts = state.offset > offset ? 0 : cuts + 1;
    ({ offset } = state);
    await delay(pauseMs);
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
  offset: number,
  size: number,
): Promise<FileRow | undefined> {
  const address = transport.address(at);
  const { request } = address.startsWith('https:') ? https : http;
  const sending = request(address, {
    method: 'PATCH',
    headers: {
      ...transport.headers(),
      'Content-Type': 'application/offset+octet-stream',
      'Content-Length': size - offset,
      'Upload-Offset': offset,
    },
  });
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve).once('error', reject);
  });
  const sent =
    size === offset
      ? sending.end() && Promise.resolve()
      : pipeline(createReadStream(file, { start: offset, end: size - 1 }), sending);
  // A refusal may come before all is sent, and cuts it off.
  const response = await Promise.race([answered, sent.then(() => answered)]);
  sent.catch(() => undefined);
  const status = response.statusCode ?? 0;
  const text = await bodyOf(response);
  if (status === 201) return JSON.parse(text) as FileRow;
  if (status === 204) return undefined;
  throw await transport.refusal(status, async () => text);
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
