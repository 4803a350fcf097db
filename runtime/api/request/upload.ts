import type { Request } from 'express';
import { SeedbedError } from '../../errors/index.ts';
import type { NewUpload } from '../uploads/record.ts';
import { text, texts, type Values } from './parameters.ts';

/** What is said of a file that is sent. */
export const uploadParameters = {
  name: text('Its name, without directories; or in the header Content-Disposition.'),
  media_type: text('Its media type, as image/tiff; without it, what its name suggests.'),
  data_type: texts('A tag for the kind of its data.'),
};
export const uploadHeaders = {
  'Content-Disposition': 'The name of the file, where no parameter says it (RFC 6266).',
  'Repr-Digest': '`sha-256=:...:`, the checksum that it must have (RFC 9530).',
};

/** What a request says of the file that it sends, besides its length. @throws invalid-request */
export function uploadOf(
  request: Request,
  query: Values<typeof uploadParameters>,
  length: number | null,
): NewUpload {
  const name = query.name ?? dispositionName(request.headers['content-disposition']);
  const mediaType = query.media_type ?? null;
  if (mediaType !== null && !/^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(mediaType))
    throw refuse('The parameter media_type must be a media type without parameters, as image/tiff');
  return {
    name: fileName(name),
    length,
    expected: reprDigest(request) ?? null,
    mediaType,
    dataTypes: query.data_type ?? [],
  };
}

/** SHA-256 of `Repr-Digest: sha-256=:...:` (RFC 9530), hexadecimal; undefined without the header. */
export function reprDigest(request: Request): string | undefined {
  const header = request.headers['repr-digest'];
  if (header === undefined) return undefined;
  const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:,|$)/.exec(String(header))?.[1];
  if (base64 !== undefined) return Buffer.from(base64, 'base64').toString('hex');
  throw refuse('The header Repr-Digest must have sha-256=:...: with the checksum in base64');
}

/** Bytes of the body, where its sender said so. */
export function bodyLength(request: Request): number | undefined {
  const header = request.headers['content-length'];
  return header === undefined ? undefined : wholeNumber('Content-Length', header);
}

/** A header that has a number of bytes. @throws invalid-request also when it is missing */
export function byteCount(request: Request, name: string): number {
  return wholeNumber(name, String(request.headers[name.toLowerCase()] ?? ''));
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw refuse(`The header ${name} must be a number of bytes`);
}

function fileName(name: string | undefined): string {
  if (name === undefined) throw refuse('Name the file, with the parameter name');
  if (
    name === '.' ||
    name === '..' ||
    /[/\\\p{Cc}\p{Surrogate}]/u.test(name) ||
    Buffer.byteLength(name) > 255
  )
    throw refuse(
      'The name of the file must be one of at most 255 bytes, without directories and control characters',
    );
  return name;
}

/** Of `Content-Disposition: ...; filename*=UTF-8''...` or `filename="..."` (RFC 6266). */
function dispositionName(header: string | undefined): string | undefined {
  const extended = /;\s*filename\*=UTF-8'[^']*'([^;\s]+)/i.exec(header ?? '')?.[1];
  if (extended !== undefined)
    try {
      return decodeURIComponent(extended);
    } catch {
      throw refuse('The file name in Content-Disposition is not UTF-8');
    }
  const plain = /;\s*filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(header ?? '');
  return plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2];
}

function refuse(problem: string): SeedbedError {
  return new SeedbedError('invalid-request', { problem });
}
