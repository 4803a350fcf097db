import {
  changeScheduler,
  listJobTypes,
  listNodes,
  type NodeRow,
  schedulerSettings,
} from '../../jobs/index.ts';
import { schedulerPatchValidator } from '../../../seed-schema/index.ts';
import type { Context } from '../context.ts';
import { readJson } from '../request/body.ts';
import type { Route } from '../route.ts';
import { nodeStatus, resourceTotals } from '../shapes/node.ts';

const everything = { offset: 0, limit: 1000 };

/** The service itself: `scheduler/`, `status/`, `version/`. */
export function systemRoutes(context: Context): Route[] {
  const { db, version, mostBytes } = context;
  return [
    {
      path: '/version',
      methods: { GET: async () => ({ json: { version, installation: db.installation } }) },
    },
    { path: '/status', methods: { GET: async () => ({ json: await statusOf(context) }) } },
    {
      path: '/scheduler',
      methods: {
        GET: async () => ({ json: await schedulerSettings(db) }),
        PATCH: async (request) => {
          const change = await readJson(request, mostBytes, schedulerPatchValidator);
          await changeScheduler(db, change);
          db.notify('queue');
          return { status: 204 };
        },
      },
    },
  ];
}

/** Scale's `status/`, as far as there is such a thing here. */
async function statusOf({ db }: Context): Promise<Record<string, unknown>> {
  const [settings, nodes, types] = await Promise.all([
    schedulerSettings(db),
    listNodes(db, {}, [], everything),
    listJobTypes(db, { isActive: true }, everything),
  ]);
  const healthy = { errors: [], warnings: [] };
  const offline = nodes.rows.filter(({ state }) => state !== 'READY');
  return {
    timestamp: new Date().toISOString(),
    dependencies: {
      database: { OK: true, detail: { msg: `Connected to ${db.where}` }, ...healthy },
      nodes: {
        OK: offline.length === 0,
        detail: { msg: `${nodes.count - offline.length} of ${nodes.count} nodes are ready` },
        errors: offline.map(({ name }) => ({ NODES_OFFLINE: `node ${name} is offline` })),
        warnings: [],
      },
    },
    scheduler: {
      hostname: nodes.rows[0]?.hostname ?? null,
      state: schedulerState(settings.is_paused, nodes.rows),
      warnings: [],
    },
    system: { services: [] },
    num_offers: 0,
    resources: resourceTotals(nodes.rows),
    job_types: types.rows.map(({ id, name, version, title, description, is_system, icon_code }) => ({
      id,
      name,
      version,
      title,
      description,
      is_system,
      icon_code,
    })),
    nodes: nodes.rows.map(nodeStatus),
  };
}

function schedulerState(isPaused: boolean, nodes: readonly NodeRow[]): Record<string, string> {
  if (isPaused)
    return { name: 'PAUSED', title: 'Paused', description: 'Nothing new is started until it is resumed.' };
  if (!nodes.some(({ state }) => state === 'READY'))
    return { name: 'OFFLINE', title: 'Offline', description: 'No node is ready to run jobs.' };
  return { name: 'READY', title: 'Ready', description: 'Ready to run new jobs.' };
}
