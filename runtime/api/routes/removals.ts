import { holdPutValidator } from '../../../seed-schema/index.ts';
import {
  dropRemoval,
  holdFile,
  holdOf,
  listRemovals,
  releaseFile,
  removalOrders,
} from '../../retention/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { HoldDocument, RemovalDocument } from '../documents/retention.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { cursorPaging, flag, order, texts } from '../request/parameters.ts';
import type { Route } from '../route.ts';

/** Content that is still to be removed, and files that are not to be: `removals/`, `files/{id}/hold/`. */
export function removalRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/removals',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'List content that is still to be removed',
          description: 'Of files that are marked as deleted.',
          role: 'viewer',
          query: {
            workspace: texts('Name of its workspace.'),
            has_problem: flag(
              'Only what could not be removed so far; false: only what nobody has tried yet.',
            ),
            ...order(removalOrders),
            ...cursorPaging,
          },
          answers: { 200: pageOf(RemovalDocument) },
          handle: async ({ request, query, parameters }) => {
            const filter = { workspaces: query.workspace, hasProblem: query.has_problem };
            const page = await listRemovals(db, filter, query.order, parameters.page());
            return pageAnswer(request, parameters, page, (row) => row);
          },
        }),
      },
    },
    {
      path: '/removals/:id',
      shape: 'own',
      methods: {
        DELETE: operation({
          summary: 'Give up a removal',
          description: 'For content that is known to be gone, or is to stay where it is.',
          role: 'admin',
          answers: { 204: { words: 'It is given up.' } },
          handle: async ({ request, principal }) => {
            const id = idOf(request, 'id', 'removal');
            if (!(await db.transaction((tx) => dropRemoval(tx, id, principal.actor))))
              throw missing('removal', id);
            return { status: 204 };
          },
        }),
      },
    },
    {
      path: '/files/:id/hold',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Show the hold of a file',
          role: 'viewer',
          answers: { 200: HoldDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'file');
            return { json: found(await holdOf(db, id), 'hold of the file', id) };
          },
        }),
        PUT: operation({
          summary: 'Hold a file',
          description: 'No rule and no purge removes it.',
          role: 'operator',
          body: holdPutValidator,
          answers: { 200: HoldDocument },
          handle: async ({ request, body, principal }) => {
            const id = idOf(request, 'id', 'file');
            if (!(await db.transaction((tx) => holdFile(tx, id, body.reason, principal.actor))))
              throw missing('file', id);
            return { json: found(await holdOf(db, id), 'hold of the file', id) };
          },
        }),
        DELETE: operation({
          summary: 'End the hold of a file',
          role: 'operator',
          answers: { 204: { words: 'It is held no longer.' } },
          handle: async ({ request, principal }) => {
            const id = idOf(request, 'id', 'file');
            if (!(await db.transaction((tx) => releaseFile(tx, id, principal.actor))))
              throw missing('hold of the file', id);
            return { status: 204 };
          },
        }),
      },
    },
  ];
}
