import {
  changeScheduler,
  listJobTypes,
  listNodes,
  type NodeRow,
  schedulerSettings,
} from '../../jobs/index.ts';
import { schedulerPatchValidator } from '../../../seed-schema/index.ts';
import type { Context } from '../context.ts';
import { SchedulerDocument, StatusDocument, VersionDocument } from '../documents/system.ts';
import { operation } from '../operation.ts';
import type { Route } from '../route.ts';
import { nodeStatus, resourceTotals } from '../shapes/node.ts';

const everything = { offset: 0, limit: 1000 };

/** The service itself: `scheduler/`, `status/`, `version/`. */
export function systemRoutes(context: Context): Route[] {
  const { db, version } = context;
  return [
    {
      path: '/version',
      methods: {
        GET: operation({
          summary: 'Show the version of the service',
          role: 'viewer',
          answers: { 200: VersionDocument },
          handle: async () => ({ json: { version } }),
        }),
      },
    },
    {
      path: '/status',
      methods: {
        GET: operation({
          summary: 'Show how the service and its nodes are',
          role: 'viewer',
          answers: { 200: StatusDocument },
          handle: async () => ({ json: await statusOf(context) }),
        }),
      },
    },
    {
      path: '/scheduler',
      methods: {
        GET: operation({
          summary: 'Show the settings of the scheduler',
          role: 'viewer',
          answers: { 200: SchedulerDocument },
          handle: async () => ({ json: await schedulerSettings(db) }),
        }),
        PATCH: operation({
          summary: 'Pause the scheduler, or change its settings',
          role: 'admin',
          body: schedulerPatchValidator,
          answers: { 204: { words: 'It is changed.' } },
          handle: async ({ body }) => {
            await changeScheduler(db, body);
            db.notify('queue');
            return { status: 204 };
          },
        }),
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
