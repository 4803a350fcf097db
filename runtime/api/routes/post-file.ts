import type { Request } from 'express';
import { contextFile, filesById } from '../../catalog/index.ts';
import type { Context } from '../context.ts';
import { expectType } from '../request/body.ts';
import { Query } from '../request/query.ts';
import { bodyLength, uploadOf } from '../request/upload.ts';
import type { Handler } from '../route.ts';
import type { UploadState } from '../uploads/uploads.ts';

/** `POST files/`: a whole file in one request. What breaks off leaves nothing. */
export function postFile({ db, uploads }: Context): Handler {
  return async (request) => {
    expectType(request, 'application/octet-stream');
    const length = bodyLength(request);
    const { id } = await uploads.create(uploadOf(request, new Query(request.url), length ?? null));
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
  };
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
