import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { filesById } from '../../catalog/index.ts';
import { isErrno, SeedbedError } from '../../errors/index.ts';
import type { Context } from '../context.ts';
import { found, idOf } from '../request/ids.ts';
import { rangeOf } from '../request/range.ts';
import { type Operation, operation } from '../operation.ts';
import type { Route } from '../route.ts';
import { attachment } from '../shapes/disposition.ts';
import { type OpenContent, openContent } from './open-content.ts';

/** The bytes of a file: `files/{id}/content`. */
export function contentRoutes(context: Context): Route[] {
  return [{ path: '/files/:id/content', shape: 'own', methods: { GET: content(context) } }];
}

const bytes = (words: string) => ({ words, types: ['*/*'] });

/** What every route of content takes and answers; see `sendContent`. */
export const contentAnswers = {
  headers: {
    Range: 'One range of bytes (RFC 9110, 14).',
    'If-Range': 'The ETag of the version that the range is of; another one is answered whole.',
    'If-None-Match': 'ETags of what the sender has already.',
  },
  answers: {
    200: bytes('The bytes of the file.'),
    206: bytes('The range that was asked for.'),
    304: { words: 'The sender has it already.' },
  },
  failures: [410, 416],
} as const;

function content(context: Context): Operation {
  const { db } = context;
  return operation({
    summary: 'Fetch the content of a file',
    description: 'Its media type is that of the file.',
    role: 'viewer',
    ...contentAnswers,
    handle: async ({ request, response }) => {
      const id = idOf(request, 'id', 'file');
      const [row] = await filesById(db, [id]);
      const file = found(row, 'file', id);
      const open = await openContent(context, file);
      try {
        const tag = `"${file.sha256 ?? `${file.id}-${file.file_stat}`}"`;
        await sendContent(request, response, { name: file.file_name, mediaType: file.media_type, tag }, open);
      } finally {
        await open.close().catch(() => undefined);
      }
      return undefined;
    },
  });
}

/** What the headers of an answer say of the bytes. */
export interface Described {
  readonly name: string;
  readonly mediaType: string;
  /** With its quotes. */
  readonly tag: string;
}

/** Answers with the bytes of a file, or one range of them. @throws range-not-satisfiable */
export async function sendContent(
  request: Request,
  response: Response,
  { name, mediaType, tag }: Described,
  { size, modified, read }: OpenContent,
): Promise<void> {
  response.set({
    ETag: tag,
    'Last-Modified': new Date(modified).toUTCString(),
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
  });
  if (matches(request.headers['if-none-match'], tag)) return void response.status(304).end();
  const range = isRangeWanted(request, tag) ? rangeOf(request.headers.range, size) : undefined;
  if (range === 'unsatisfiable') {
    response.set('Content-Range', `bytes */${size}`);
    throw new SeedbedError('range-not-satisfiable', {
      range: String(request.headers.range).slice(0, 100),
      size,
    });
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  // Express would add a charset.
  response.setHeader('Content-Type', headerType(mediaType));
  response.status(range ? 206 : 200).set({
    'Content-Disposition': attachment(name),
    'Content-Length': `${end - start + 1}`,
    ...(range ? { 'Content-Range': `bytes ${start}-${end}/${size}` } : {}),
  });
  if (request.method === 'HEAD' || size === 0) return void response.end();
  await pipeline(await read(start, end), response).catch((thrown: unknown) => {
    // Who has gone wants no answer.
    if (!isErrno(thrown, 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE')) throw thrown;
  });
}

/** A range of another version of the file would be mixed with this one (`If-Range`). */
function isRangeWanted(request: Request, tag: string): boolean {
  const condition = request.headers['if-range'];
  return condition === undefined || condition === tag;
}

export function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}

/** What a manifest or sender called its type may be no header at all. */
function headerType(text: string): string {
  return /^[\w.+-]+\/[\w.+-]+$/.test(text) ? text : 'application/octet-stream';
}
