import { nodePatchValidator } from '../../../seed-schema/index.ts';
import { changeNode, listNodes, nodeById, nodeOrders } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { readJson } from '../request/body.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { Query } from '../request/query.ts';
import type { Route } from '../route.ts';
import { nodeDocument } from '../shapes/node.ts';

/** Machines that run jobs: `nodes/`. */
export function nodeRoutes({ db, mostBytes }: Context): Route[] {
  return [
    {
      path: '/nodes',
      methods: {
        GET: async (request) => {
          const query = new Query(request.url);
          const filter = {
            ...query.times('started', 'ended'),
            includeInactive: query.flag('include_inactive'),
          };
          const page = await listNodes(db, filter, query.order(nodeOrders), query.page());
          return pageAnswer(request, query, page, nodeDocument);
        },
      },
    },
    {
      path: '/nodes/:id',
      methods: {
        GET: async (request) => {
          const id = idOf(request, 'id', 'node');
          return { json: nodeDocument(found(await nodeById(db, id), 'node', id)) };
        },
        PATCH: async (request) => {
          const id = idOf(request, 'id', 'node');
          const { is_paused, pause_reason, is_active } = await readJson(
            request,
            mostBytes,
            nodePatchValidator,
          );
          const change = { isPaused: is_paused, pauseReason: pause_reason, isActive: is_active };
          if (!(await changeNode(db, id, change))) throw missing('node', id);
          db.notify('queue');
          return { status: 204 };
        },
      },
    },
  ];
}
