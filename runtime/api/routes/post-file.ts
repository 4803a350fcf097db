import type { Request } from 'express';
import { contextFile, filesById } from '../../catalog/index.ts';
import type { Context } from '../context.ts';
import { FileDetailsDocument } from '../documents/file.ts';
import { type Operation, operation } from '../operation.ts';
import { expectType } from '../request/body.ts';
import { bodyLength, uploadHeaders, uploadOf, uploadParameters } from '../request/upload.ts';
import type { UploadState } from '../uploads/uploads.ts';

/** `POST files/`: a whole file in one request. What breaks off leaves nothing. */
export function postFile({ db, uploads }: Context): Operation {
  return operation({
    summary: 'Upload a file',
    description: 'The whole of it in one request.',
    role: 'operator',
    query: uploadParameters,
    headers: uploadHeaders,
    stream: ['application/octet-stream'],
    answers: { 201: FileDetailsDocument },
    failures: [409],
    handle: async ({ request, query }) => {
      expectType(request, 'application/octet-stream');
      const length = bodyLength(request);
      const { id } = await uploads.create(uploadOf(request, query, length ?? null));
      try {
        mayTakeLong(request);
        const file = await uploads.append(id, { body: request, offset: 0, length });
        return {
          status: 201,
          headers: { Location: `${request.baseUrl}/files/${file.fileId}/` },
          json: await fileOf({ db }, file),
        };
      } finally {
        await uploads.remove(id);
      }
    },
  });
}

/** Once it has arrived: the checksum of a large file takes longer than a connection may be idle. */
export function mayTakeLong(request: Request): void {
  request.once('end', () => request.socket.setTimeout(0));
}

/** The file that an upload has become. */
export async function fileOf({ db }: Pick<Context, 'db'>, { fileId }: UploadState): Promise<unknown> {
  const [file] = await filesById(db, [fileId!]);
  return contextFile(file!);
}
