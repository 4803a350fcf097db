import { filesById } from '../../catalog/index.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { bounded } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { Thumbnails } from '../thumbnails/thumbnails.ts';
import { matches } from './file-content.ts';
import { openContent } from './open-content.ts';

/** Small pictures of pictures: `files/{id}/thumbnail`. */
export function thumbnailRoutes(context: Context): Route[] {
  const { db, config } = context;
  const thumbnails = new Thumbnails(config.home);
  return [
    {
      path: '/files/:id/thumbnail',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Fetch a thumbnail of a picture',
          description:
            'Of PNG, JPEG, WebP, GIF and TIFF. Bands of other numbers than bytes are stretched to what can be seen; of more than three bands the first three are shown.',
          role: 'viewer',
          query: { size: bounded(16, 1024, 256, 'Its longest side, pixels.') },
          headers: { 'If-None-Match': 'ETags of what the sender has already.' },
          answers: {
            200: { words: 'A PNG.', types: ['image/png'] },
            304: { words: 'The sender has it already.' },
          },
          failures: [410, 413, 415, 501],
          handle: async ({ request, response, query }) => {
            const id = idOf(request, 'id', 'file');
            const [row] = await filesById(db, [id]);
            const file = found(row, 'file', id);
            const open = await openContent(context, file);
            try {
              const content = file.sha256 ?? `${file.id}-${file.file_stat}`;
              const tag = `"${content}-${query.size}"`;
              const headers = { ETag: tag, 'Cache-Control': 'private, no-cache' };
              if (matches(request.headers['if-none-match'], tag)) {
                response.status(304).set(headers).end();
                return undefined;
              }
              const picture = { id, size: open.size, read: open.read };
              const bytes = await thumbnails.get(content, query.size, () => Promise.resolve(picture));
              response.set({ ...headers, 'Content-Type': 'image/png', 'Content-Length': `${bytes.length}` });
              response.status(200).end(request.method === 'HEAD' ? undefined : bytes);
              return undefined;
            } finally {
              await open.close().catch(() => undefined);
            }
          },
        }),
      },
    },
  ];
}
