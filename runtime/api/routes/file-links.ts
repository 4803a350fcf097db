import path from 'node:path';
import { linkPostValidator } from '../../../seed-schema/index.ts';
import { filesById, mediaTypeOf, readLink } from '../../catalog/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Context } from '../context.ts';
import { LinkDocument } from '../documents/link.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import type { Route } from '../route.ts';
import { contentAnswers, sendContent } from './file-content.ts';
import { openContent, openEntry } from './open-content.ts';

const usual = 3600;

/** `files/{id}/link/`: links that expire. */
export function linkRoutes(context: Context): Route[] {
  const { db, workspaces } = context;
  return [
    {
      path: '/files/:id/link',
      shape: 'own',
      methods: {
        POST: operation({
          summary: 'Make a link to the content of a file',
          description:
            'Whoever has it may read the file, ranges of it too, without a token until it expires. A file in a bucket is read from there, with a presigned URL; others from this service.',
          role: 'viewer',
          body: linkPostValidator,
          confidential: true,
          answers: { 201: LinkDocument },
          failures: [410],
          handle: async ({ request, body }) => {
            const id = idOf(request, 'id', 'file');
            const [row] = await filesById(db, [id]);
            const file = found(row, 'file', id);
            // That it is there, and the one that was catalogued.
            await (await openContent(context, file)).close();
            const { seconds = usual } = body;
            const workspace = await workspaces.byId(file.workspace.id);
            const expires = new Date(Date.now() + seconds * 1000).toISOString();
            return {
              status: 201,
              json: { url: await workspace!.signedUrl(file.file_path, seconds), expires },
            };
          },
        }),
      },
    },
  ];
}

/** `/links/{token}`: what such a link leads to, for anyone who has it. */
export function openLinkRoutes({ config, workspaces }: Context): Route[] {
  return [
    {
      path: '/links/:token',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Fetch the file that a link leads to',
          description: 'The link is its own permission: 403 when it was changed, 410 when it has expired.',
          role: 'anyone',
          ...contentAnswers,
          handle: async ({ request, response }) => {
            const link = await readLink(config, String(request.params.token));
            const gone = () => new SeedbedError('file-gone', { path: link.path, workspace: link.workspace });
            const workspace = await workspaces.byName(link.workspace);
            if (!workspace) throw gone();
            const open = await openEntry(workspace, link.path, (entry) => {
              if (!entry) throw gone();
            });
            const name = path.posix.basename(link.path);
            const described = { name, mediaType: mediaTypeOf(name), tag: `"${open.version}"` };
            try {
              await sendContent(request, response, described, open);
            } finally {
              await open.close().catch(() => undefined);
            }
            return undefined;
          },
        }),
      },
    },
  ];
}
