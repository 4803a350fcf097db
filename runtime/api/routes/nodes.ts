import { nodePatchValidator } from '../../../seed-schema/index.ts';
import { changeNode, listNodes, nodeById, nodeOrders } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { NodeDocument } from '../documents/node.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { flag, order, cursorPaging, timeRange } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { nodeDocument } from '../shapes/node.ts';

/** Machines that run jobs: `nodes/`. */
export function nodeRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/nodes',
      methods: {
        GET: operation({
          summary: 'List nodes',
          role: 'viewer',
          query: {
            ...timeRange('when the node was last modified'),
            include_inactive: flag('Also those that were taken out of use.'),
            ...order(nodeOrders),
            ...cursorPaging,
          },
          answers: { 200: pageOf(NodeDocument) },
          handle: async ({ request, query, parameters }) => {
            const { started, ended, include_inactive: includeInactive } = query;
            const filter = { started, ended, includeInactive };
            const page = await listNodes(db, filter, query.order, parameters.page());
            return pageAnswer(request, parameters, page, nodeDocument);
          },
        }),
      },
    },
    {
      path: '/nodes/:id',
      methods: {
        GET: operation({
          summary: 'Show a node',
          role: 'viewer',
          answers: { 200: NodeDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'node');
            return { json: nodeDocument(found(await nodeById(db, id), 'node', id)) };
          },
        }),
        PATCH: operation({
          summary: 'Pause a node, or take it out of use',
          role: 'admin',
          body: nodePatchValidator,
          answers: { 204: { words: 'It is changed.' } },
          handle: async ({ request, body }) => {
            const id = idOf(request, 'id', 'node');
            const { is_paused, pause_reason, is_active } = body;
            const change = { isPaused: is_paused, pauseReason: pause_reason, isActive: is_active };
            if (!(await changeNode(db, id, change))) throw missing('node', id);
            db.notify('queue');
            return { status: 204 };
          },
        }),
      },
    },
  ];
}
