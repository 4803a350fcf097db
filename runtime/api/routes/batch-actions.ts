import {
  batchDetails,
  cancelBatch,
  finalizeBatch,
  foreseeBatch,
  listTasks,
  requeueFailed,
  taskOrders,
  taskStates,
} from '../../batch/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { BatchDetailsDocument } from '../documents/batch.ts';
import { ForeseenBatchDocument } from '../documents/foreseen-batch.ts';
import { ActionDocument } from '../documents/job.ts';
import { pageOf } from '../documents/schema.ts';
import { TaskDocument } from '../documents/task.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { cursorPaging, order, words } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { batchDetailsDocument } from '../shapes/batch.ts';
import { foreseeBatchContext, foreseenLimit } from './foresee-context.ts';
import { taskDocument } from '../shapes/task.ts';

/** What is done with whole batches, and their tasks: below `batches/{id}/`. */
export function batchActionRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    {
      path: '/batches/:id/tasks',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'List the tasks of a batch',
          role: 'viewer',
          query: {
            state: words(taskStates, 'In one of these states.'),
            ...order(taskOrders),
            ...cursorPaging,
          },
          answers: { 200: pageOf(TaskDocument) },
          handle: async ({ request, query, parameters }) => {
            const id = idOf(request, 'id', 'batch');
            found(await batchDetails(db, id), 'batch', id);
            const filter = { batchIds: [id], states: query.state };
            const page = await listTasks(db, filter, query.order, parameters.page());
            return pageAnswer(request, parameters, page, taskDocument);
          },
        }),
      },
    },
    {
      path: '/batches/:id/foreseen',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Tell what a batch would do',
          description:
            'What of that which is not made yet would run, what would be reused, and why, as far as the catalogue tells. Nothing is begun.',
          role: 'operator',
          query: { limit: foreseenLimit },
          answers: { 200: ForeseenBatchDocument },
          handle: async ({ request, query }) => {
            const id = idOf(request, 'id', 'batch');
            const foreseen = await foreseeBatch(db, await foreseeBatchContext(context), id, query.limit);
            return { json: found(foreseen, 'batch', id) };
          },
        }),
      },
    },
    {
      path: '/batches/:id/finalize',
      shape: 'own',
      methods: {
        POST: operation({
          summary: 'Begin with the tasks of a batch',
          description: 'It takes no others from now on. Once more is fine, and changes nothing.',
          role: 'operator',
          answers: { 200: BatchDetailsDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'batch');
            found((await finalizeBatch(db, id)) || undefined, 'batch', id);
            return { json: batchDetailsDocument(found(await batchDetails(db, id), 'batch', id)) };
          },
        }),
      },
    },
    {
      path: '/batches/:id/cancel',
      shape: 'own',
      methods: {
        POST: operation({
          summary: 'Cancel a batch',
          description:
            'What of it is not begun is not made any more; its jobs are canceled after the answer.',
          role: 'operator',
          answers: { 202: ActionDocument },
          handle: async ({ request, principal }) => {
            const id = idOf(request, 'id', 'batch');
            const action = found(await cancelBatch(db, id, principal.actor), 'batch', id);
            return { status: 202, json: { id: action } };
          },
        }),
      },
    },
    {
      path: '/batches/:id/requeue-failed',
      shape: 'own',
      methods: {
        POST: operation({
          summary: 'Queue the jobs of a batch again that failed or were canceled',
          description: 'Those of its recipes too, which go on from there; this is done after the answer.',
          role: 'operator',
          answers: { 202: ActionDocument },
          handle: async ({ request, principal }) => {
            const id = idOf(request, 'id', 'batch');
            const action = found(await requeueFailed(db, id, principal.actor), 'batch', id);
            return { status: 202, json: { id: action } };
          },
        }),
      },
    },
  ];
}
