import { SeedbedError } from '../../errors/index.ts';
import type { Context } from '../context.ts';
import { expectType } from '../request/body.ts';
import { found, textOf } from '../request/ids.ts';
import { Query } from '../request/query.ts';
import { bodyLength, byteCount, reprDigest, uploadOf } from '../request/upload.ts';
import type { Answer, Handler, Route } from '../route.ts';
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
        GET: async (request) => {
          const id = textOf(request, 'upload');
          const state = found(await uploads.look(id), 'upload', id);
          return { headers: headersOf(request.baseUrl, state), json: stateDocument(state) };
        },
        PATCH: append(context),
        DELETE: async (request) => {
          const id = textOf(request, 'upload');
          found(await uploads.look(id), 'upload', id);
          await uploads.remove(id);
          return { status: 204 };
        },
      },
    },
  ];
}

function create({ uploads }: Context): Handler {
  return async (request) => {
    const length = byteCount(request, 'Upload-Length');
    if ((bodyLength(request) ?? 0) > 0 || request.headers['transfer-encoding'] !== undefined)
      throw new SeedbedError('invalid-request', {
        problem: 'A new upload has no body yet: send it with PATCH to the address in Location',
      });
    const state = await uploads.create(uploadOf(request, new Query(request.url), length));
    return {
      status: 201,
      headers: { ...headersOf(request.baseUrl, state), Location: address(request.baseUrl, state) },
      json: stateDocument(state),
    };
  };
}

function append(context: Context): Handler {
  const { uploads } = context;
  return async (request): Promise<Answer> => {
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
  };
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
