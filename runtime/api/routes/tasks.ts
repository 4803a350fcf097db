import { taskBulkPostValidator, taskPostValidator } from '../../../seed-schema/index.ts';
import {
  type ForeseenTask,
  foreseeTasks,
  type PostedTask,
  postTasks,
  TaskExists,
  taskOrders,
  tasksById,
  listTasks,
} from '../../batch/index.ts';
import { Refusal } from '../../scheduler/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { pageOf } from '../documents/schema.ts';
import {
  AcceptedTaskDocument,
  PostedTasksDocument,
  TaskDocument,
  TaskExistsDocument,
} from '../documents/task.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { cursorPaging, flag, numbers, order, texts } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { taskDocument } from '../shapes/task.ts';

/** What is to be run once each, sent by programs that may send it again: `tasks/`. */
export function taskRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    {
      path: '/tasks',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'List tasks',
          role: 'viewer',
          query: {
            unique_id: texts('With one of these unique ids.'),
            batch_id: numbers('Of one of these batches.'),
            ...order(taskOrders),
            ...cursorPaging,
          },
          answers: { 200: pageOf(TaskDocument) },
          handle: async ({ request, query, parameters }) => {
            const filter = { uniqueIds: query.unique_id, batchIds: query.batch_id };
            const page = await listTasks(db, filter, query.order, parameters.page());
            return pageAnswer(request, parameters, page, taskDocument);
          },
        }),
        POST: operation({
          summary: 'Add a task to a batch, or begin one by itself',
          description:
            'No two tasks have the same `unique_id`: who does not know whether it was taken sends it again, and 409 shows the one that is there.',
          role: 'operator',
          body: taskPostValidator,
          answers: {
            201: AcceptedTaskDocument,
            409: {
              words: 'There is a task of that unique id, or of that Idempotency-Key.',
              types: ['application/problem+json'],
              schema: TaskExistsDocument,
            },
          },
          handle: async ({ request, body, principal }) => {
            const { actor } = principal;
            const [posted] = await postTasks(db, context, [body], { actor });
            if (posted!.status === 400) throw new Refusal(posted!.errors, 'invalid-task');
            if (posted!.status === 409) throw new TaskExists(posted!.task, posted!.samePayload === true);
            const { task, warnings } = posted!;
            return {
              status: 201,
              headers: { Location: `${request.baseUrl}/tasks/${task.id}/` },
              json: { ...taskDocument(task), warnings },
            };
          },
        }),
      },
    },
    {
      path: '/tasks/bulk',
      shape: 'own',
      methods: {
        POST: operation({
          summary: 'Add many tasks at once',
          description:
            'Each is taken or refused by itself: `results` has a status for each, in their order, as `POST tasks/` would answer.',
          role: 'operator',
          query: {
            dry_run: flag(
              'Only judges them, and stores nothing: 200 in place of 201. A file may be named by its `file_name` alone, as one that is to be sent.',
            ),
          },
          body: taskBulkPostValidator,
          answers: { 200: PostedTasksDocument },
          handle: async ({ body, query, principal }) => {
            const { batch, tasks } = body;
            const { actor } = principal;
            const results = query.dry_run
              ? await foreseeTasks(db, context, tasks, batch)
              : await postTasks(db, context, tasks, { actor, batch });
            return { json: { results: results.map(resultOf) } };
          },
        }),
      },
    },
    {
      path: '/tasks/:id',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Show a task',
          role: 'viewer',
          answers: { 200: TaskDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'task');
            const [row] = await tasksById(db, [id]);
            return { json: taskDocument(found(row, 'task', id)) };
          },
        }),
      },
    },
  ];
}

function resultOf(posted: PostedTask | ForeseenTask): object {
  if (posted.status === 400) {
    const { status, errors, warnings } = posted;
    return { status, errors, warnings };
  }
  if (posted.status === 200) return posted;
  const task = taskDocument(posted.task);
  return posted.status === 409
    ? { status: 409, task, same_payload: posted.samePayload }
    : { status: 201, task, warnings: posted.warnings };
}
