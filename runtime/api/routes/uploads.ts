import { SeedbedError } from '../../errors/index.ts';
import type { Context } from '../context.ts';
import { FileDetailsDocument, UploadDocument } from '../documents/file.ts';
import { type Answer, type Operation, operation } from '../operation.ts';
import { expectType } from '../request/body.ts';
import { found, textOf } from '../request/ids.ts';
import {
  bodyLength,
  byteCount,
  reprDigest,
  uploadHeaders,
  uploadOf,
  uploadParameters,
} from '../request/upload.ts';
import type { Route } from '../route.ts';
import type { UploadState } from '../uploads/uploads.ts';
import { fileOf, mayTakeLong } from './post-file.ts';

/**
 * Files that come in parts: `files/uploads/`. `POST` says name and length and gets an address, `HEAD` there tells how much
 * has arrived, `PATCH` goes on from there, and with the last byte it is a file.
 */
export function uploadRoutes(context: Context): Route[] {
  const { uploads } = context;
  return [
    { path: '/files/uploads', shape: 'own', methods: { POST: create(context) } },
    {
      path: '/files/uploads/:upload',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Show how much of an upload has arrived',
          role: 'operator',
          answers: { 200: UploadDocument },
          handle: async ({ request }) => {
            const id = textOf(request, 'upload');
            const state = found(await uploads.look(id), 'upload', id);
            return { headers: headersOf(request.baseUrl, state), json: stateDocument(state) };
          },
        }),
        PATCH: append(context),
        DELETE: operation({
          summary: 'Give up an upload',
          role: 'operator',
          answers: { 204: { words: 'It is gone.' } },
          handle: async ({ request }) => {
            const id = textOf(request, 'upload');
            found(await uploads.look(id), 'upload', id);
            await uploads.remove(id);
            return { status: 204 };
          },
        }),
      },
    },
  ];
}

function create({ uploads }: Context): Operation {
  return operation({
    summary: 'Begin an upload in parts',
    description: 'Its bytes are sent with PATCH to the address in the header Location.',
    role: 'operator',
    query: uploadParameters,
    headers: { ...uploadHeaders, 'Upload-Length': 'Bytes of the whole file.' },
    answers: { 201: UploadDocument },
    failures: [413],
    handle: async ({ request, query }) => {
      const length = byteCount(request, 'Upload-Length');
      if ((bodyLength(request) ?? 0) > 0 || request.headers['transfer-encoding'] !== undefined)
        throw new SeedbedError('invalid-request', {
          problem: 'A new upload has no body yet: send it with PATCH to the address in Location',
        });
      const state = await uploads.create(uploadOf(request, query, length));
      return {
        status: 201,
        headers: { ...headersOf(request.baseUrl, state), Location: address(request.baseUrl, state) },
        json: stateDocument(state),
      };
    },
  });
}

function append(context: Context): Operation {
  const { uploads } = context;
  return operation({
    summary: 'Send a part of an upload',
    role: 'operator',
    headers: {
      'Upload-Offset': 'Bytes before this part.',
      'Repr-Digest': uploadHeaders['Repr-Digest'],
    },
    stream: ['application/octet-stream', 'application/offset+octet-stream'],
    answers: { 201: FileDetailsDocument, 204: { words: 'It has arrived, and there is more to come.' } },
    failures: [409],
    handle: async ({ request }): Promise<Answer> => {
      expectType(request, 'application/octet-stream', 'application/offset+octet-stream');
      const id = textOf(request, 'upload');
      const offset = byteCount(request, 'Upload-Offset');
      mayTakeLong(request);
      const state = await uploads.append(id, {
        body: request,
        offset,
        length: bodyLength(request),
        expected: reprDigest(request),
      });
      const headers = headersOf(request.baseUrl, state);
      if (state.fileId === null) return { status: 204, headers };
      return { status: 201, headers, json: await fileOf(context, state) };
    },
  });
}

function headersOf(base: string, state: UploadState): Record<string, string> {
  return {
    'Upload-Offset': `${state.offset}`,
    ...(state.length === null ? {} : { 'Upload-Length': `${state.length}` }),
    ...(state.fileId === null ? {} : { Location: `${base}/files/${state.fileId}/` }),
  };
}

function address(base: string, { id }: UploadState): string {
  return `${base}/files/uploads/${id}/`;
}

function stateDocument({ id, name, offset, length, fileId }: UploadState): Record<string, unknown> {
  return { id, name, offset, length, file_id: fileId };
}
