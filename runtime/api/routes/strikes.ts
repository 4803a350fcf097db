import { strikePatchValidator, strikePostValidator } from '../../../seed-schema/index.ts';
import {
  addStrike,
  judgeNewStrike,
  listStrikes,
  progressOf,
  saveStrike,
  strikeById,
  strikeOrders,
} from '../../ingest/index.ts';
import { Refusal } from '../../scheduler/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { Judgement } from '../documents/finding.ts';
import { StrikeDetailsDocument, StrikeDocument } from '../documents/ingest.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { cursorPaging, order, texts, timeRange } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { strikeDetailsDocument, strikeDocument } from '../shapes/ingest.ts';

/** What watches workspaces: `strikes/`. */
export function strikeRoutes({ db, config }: Context): Route[] {
  const read = async (id: number) => {
    const strike = found(await strikeById(db, id), 'strike', id);
    return strikeDetailsDocument(strike, await progressOf(db, 'strike', id));
  };
  return [
    {
      path: '/strikes',
      methods: {
        GET: operation({
          summary: 'List strikes',
          role: 'viewer',
          query: {
            ...timeRange('when the strike was last modified'),
            name: texts('Only strikes of these names.'),
            ...order(strikeOrders),
            ...cursorPaging,
          },
          answers: { 200: pageOf(StrikeDocument) },
          handle: async ({ request, query, parameters }) => {
            const { started, ended, name: names } = query;
            const page = await listStrikes(db, { started, ended, names }, query.order, parameters.page());
            return pageAnswer(request, parameters, page, strikeDocument);
          },
        }),
        POST: operation({
          summary: 'Make a strike',
          description: 'It begins to watch at once, unless `is_active` is false.',
          role: 'operator',
          body: strikePostValidator,
          answers: { 201: StrikeDetailsDocument },
          handle: async ({ request, body, principal }) => {
            const { id, errors } = await addStrike(db, config, body, principal.actor);
            if (id === undefined) throw new Refusal(errors, 'invalid-strike');
            db.notify('ingest');
            const headers = { Location: `${request.baseUrl}/strikes/${id}/` };
            return { status: 201, headers, json: await read(id) };
          },
        }),
      },
    },
    {
      path: '/strikes/validation',
      methods: {
        POST: operation({
          summary: 'Judge a strike without making it',
          role: 'viewer',
          body: strikePostValidator,
          answers: { 200: Judgement },
          handle: async ({ body }) => {
            const { is_valid, errors, warnings } = await judgeNewStrike(db, body);
            return { json: { is_valid, errors, warnings } };
          },
        }),
      },
    },
    {
      path: '/strikes/:id',
      methods: {
        GET: operation({
          summary: 'Show a strike',
          role: 'viewer',
          answers: { 200: StrikeDetailsDocument },
          handle: async ({ request }) => ({ json: await read(idOf(request, 'id', 'strike')) }),
        }),
        PATCH: operation({
          summary: 'Change a strike',
          description: 'With `is_active` false it watches no longer; what it has begun with is ended first.',
          role: 'operator',
          body: strikePatchValidator,
          answers: { 204: { words: 'It is changed.' } },
          handle: async ({ request, body }) => {
            const id = idOf(request, 'id', 'strike');
            found(await strikeById(db, id), 'strike', id);
            const { errors } = await saveStrike(db, config, id, body);
            if (errors.length > 0) throw new Refusal(errors, 'invalid-strike');
            db.notify('ingest');
            return { status: 204 };
          },
        }),
      },
    },
  ];
}
