import { schedulePatchValidator, schedulePostValidator } from '../../../seed-schema/index.ts';
import {
  changeSchedule,
  createSchedule,
  listRuns,
  listSchedules,
  removeSchedule,
  requestRun,
  scheduleById,
  scheduleOrders,
} from '../../schedules/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { ScheduleDocument, ScheduleRunDocument } from '../documents/schedule.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { cursorPaging, order, texts } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { scheduleDocument } from '../shapes/schedule.ts';

/** What is begun at set times: `schedules/`. */
export function scheduleRoutes(context: Context): Route[] {
  return [
    { path: '/schedules', shape: 'own', methods: { GET: list(context), POST: create(context) } },
    { path: '/schedules/:id/run', shape: 'own', methods: { POST: run(context) } },
    { path: '/schedules/:id/runs', shape: 'own', methods: { GET: runs(context) } },
    { path: '/schedules/:id', shape: 'own', methods: oneSchedule(context) },
  ];
}

function list({ db }: Context): Operation {
  return operation({
    summary: 'List schedules',
    role: 'viewer',
    query: { name: texts('Only schedules of these names.'), ...order(scheduleOrders), ...cursorPaging },
    answers: { 200: pageOf(ScheduleDocument) },
    handle: async ({ request, query, parameters }) => {
      const page = await listSchedules(db, query.name, query.order, parameters.page());
      return pageAnswer(request, parameters, page, scheduleDocument);
    },
  });
}

function create({ db }: Context): Operation {
  return operation({
    summary: 'Make a schedule',
    role: 'operator',
    body: schedulePostValidator,
    answers: { 201: ScheduleDocument },
    handle: async ({ request, body, principal }) => {
      const id = await createSchedule(db, body, principal.actor);
      db.notify('schedules');
      return {
        status: 201,
        headers: { Location: `${request.baseUrl}/schedules/${id}/` },
        json: scheduleDocument(found(await scheduleById(db, id), 'schedule', id)),
      };
    },
  });
}

function oneSchedule({ db }: Context): Route['methods'] {
  const show = async (id: number) => ({
    json: scheduleDocument(found(await scheduleById(db, id), 'schedule', id)),
  });
  return {
    GET: operation({
      summary: 'Show a schedule',
      role: 'viewer',
      answers: { 200: ScheduleDocument },
      handle: ({ request }) => show(idOf(request, 'id', 'schedule')),
    }),
    PATCH: operation({
      summary: 'Change, pause or resume a schedule',
      description: 'What was due while it was paused is not made up for.',
      role: 'operator',
      body: schedulePatchValidator,
      answers: { 200: ScheduleDocument },
      handle: async ({ request, body }) => {
        const id = idOf(request, 'id', 'schedule');
        if (!(await changeSchedule(db, id, body))) throw missing('schedule', id);
        db.notify('schedules');
        return show(id);
      },
    }),
    DELETE: operation({
      summary: 'Remove a schedule',
      description: 'What it has begun stays.',
      role: 'operator',
      answers: { 204: { words: 'It is gone.' } },
      handle: async ({ request }) => {
        const id = idOf(request, 'id', 'schedule');
        if (!(await removeSchedule(db, id))) throw missing('schedule', id);
        db.notify('schedules');
        return { status: 204 };
      },
    }),
  };
}

function run({ db }: Context): Operation {
  return operation({
    summary: 'Begin what a schedule is for now',
    description: 'Also while it is paused. Is carried out after the answer.',
    role: 'operator',
    answers: { 202: ScheduleRunDocument },
    handle: async ({ request, principal }) => {
      const id = idOf(request, 'id', 'schedule');
      const asked = found(await requestRun(db, id, principal.actor), 'schedule', id);
      db.notify('schedules');
      return { status: 202, json: asked };
    },
  });
}

function runs({ db }: Context): Operation {
  return operation({
    summary: 'List what became of the due times of a schedule',
    description: 'The last one first; the last 1000 are kept.',
    role: 'viewer',
    query: cursorPaging,
    answers: { 200: pageOf(ScheduleRunDocument) },
    handle: async ({ request, parameters }) => {
      const id = idOf(request, 'id', 'schedule');
      found(await scheduleById(db, id), 'schedule', id);
      return pageAnswer(request, parameters, await listRuns(db, id, parameters.page()), (row) => row);
    },
  });
}
