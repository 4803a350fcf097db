import { changeScheduler, queuedResources, schedulerSettings } from '../../jobs/index.ts';
import { schedulerPatchValidator } from '../../../seed-schema/index.ts';
import type { Context } from '../context.ts';
import { QueuedResourcesDocument, SchedulerDocument, VersionDocument } from '../documents/system.ts';
import { StatusDocument } from '../documents/status.ts';
import { operation } from '../operation.ts';
import type { Route } from '../route.ts';
import { queuedResourcesDocument } from '../shapes/queued-resources.ts';
import { allNodes, readStatus } from './read-status.ts';

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
          handle: async () => ({ json: await readStatus(context) }),
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
    {
      path: '/scheduler/queued-resources',
      methods: {
        GET: operation({
          summary: 'Show what waiting and running jobs need together',
          description: 'Where a status has more than 10,000 jobs it is an estimate.',
          role: 'viewer',
          answers: { 200: QueuedResourcesDocument },
          handle: async () => {
            const [needed, nodes] = await Promise.all([queuedResources(db), allNodes(db)]);
            return { json: queuedResourcesDocument(needed, nodes) };
          },
        }),
      },
    },
  ];
}
