import { contextFile, fileOrders, filesById, listFiles } from '../../catalog/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { FileDetailsDocument, FileDocument } from '../documents/file.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { fileFilter, fileParameters } from '../request/file-filter.ts';
import { cursorPaging, order } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { postFile } from './post-file.ts';

/** The catalogue: `files/`. */
export function fileRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    { path: '/files', methods: { GET: list(context), POST: postFile(context) } },
    {
      path: '/files/:id',
      methods: {
        GET: operation({
          summary: 'Show a file',
          role: 'viewer',
          answers: { 200: FileDetailsDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'file');
            const [file] = await filesById(db, [id]);
            return { json: await contextFile(found(file, 'file', id)) };
          },
        }),
      },
    },
  ];
}

function list({ db }: Context): Operation {
  return operation({
    summary: 'List files',
    description:
      'Those that are neither deleted nor superseded. Without an order they come by id; those of a `data_time` with the newest data first, and those of another range of time by that. [Searching](catalogue.md#searching) says more.',
    role: 'viewer',
    query: { ...fileParameters, ...order(fileOrders), ...cursorPaging },
    answers: { 200: pageOf(FileDocument) },
    handle: async ({ request, query, parameters }) => {
      const filter = await fileFilter(query);
      const page = await listFiles(db, filter, query.order, parameters.page());
      return pageAnswer(request, parameters, page, async (file) => {
        const { meta_data: _details, ...shown } = await contextFile(file);
        return shown;
      });
    },
  });
}
