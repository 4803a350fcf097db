import { scanPatchValidator, scanPostValidator } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import {
  addScan,
  judgeNewScan,
  listScans,
  progressOf,
  saveScan,
  scanById,
  scanOrders,
} from '../../ingest/index.ts';
import { Refusal } from '../../scheduler/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { Judgement } from '../documents/finding.ts';
import { ScanDetailsDocument, ScanDocument } from '../documents/ingest.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { cursorPaging, order, texts, timeRange } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { scanDetailsDocument, scanDocument } from '../shapes/ingest.ts';
import { scanRunRoutes } from './scan-runs.ts';

/** What goes through workspaces once: `scans/`. */
export function scanRoutes(context: Context): Route[] {
  const { db } = context;
  const read = async (id: number) => {
    const scan = found(await scanById(db, id), 'scan', id);
    return scanDetailsDocument(scan, await progressOf(db, 'scan', id));
  };
  return [
    {
      path: '/scans',
      methods: {
        GET: operation({
          summary: 'List scans',
          role: 'viewer',
          query: {
            ...timeRange('when the scan was last modified'),
            name: texts('Only scans of these names.'),
            ...order(scanOrders),
            ...cursorPaging,
          },
          answers: { 200: pageOf(ScanDocument) },
          handle: async ({ request, query, parameters }) => {
            const { started, ended, name: names } = query;
            const page = await listScans(db, { started, ended, names }, query.order, parameters.page());
            return pageAnswer(request, parameters, page, scanDocument);
          },
        }),
        POST: operation({
          summary: 'Make a scan',
          description: 'Nothing is looked at before `scans/{id}/process/` is asked for.',
          role: 'operator',
          body: scanPostValidator,
          answers: { 201: ScanDetailsDocument },
          handle: async ({ request, body, principal }) => {
            const { id, errors } = await addScan(db, body, principal.actor);
            if (id === undefined) throw new Refusal(errors, 'invalid-scan');
            const headers = { Location: `${request.baseUrl}/scans/${id}/` };
            return { status: 201, headers, json: await read(id) };
          },
        }),
      },
    },
    {
      path: '/scans/validation',
      methods: {
        POST: operation({
          summary: 'Judge a scan without making it',
          role: 'viewer',
          body: scanPostValidator,
          answers: { 200: Judgement },
          handle: async ({ body }) => {
            const { is_valid, errors, warnings } = await judgeNewScan(db, body);
            return { json: { is_valid, errors, warnings } };
          },
        }),
      },
    },
    ...scanRunRoutes(context, read),
    {
      path: '/scans/:id',
      methods: {
        GET: operation({
          summary: 'Show a scan',
          role: 'viewer',
          answers: { 200: ScanDetailsDocument },
          handle: async ({ request }) => ({ json: await read(idOf(request, 'id', 'scan')) }),
        }),
        PATCH: operation({
          summary: 'Change a scan',
          description: 'Its configuration can be changed while it is not under way.',
          role: 'operator',
          body: scanPatchValidator,
          answers: { 204: { words: 'It is changed.' } },
          failures: [409],
          handle: async ({ request, body }) => {
            const id = idOf(request, 'id', 'scan');
            const { name } = found(await scanById(db, id), 'scan', id);
            const saved = await saveScan(db, id, body);
            if (saved.errors.length > 0) throw new Refusal(saved.errors, 'invalid-scan');
            if (saved.id === undefined) throw new SeedbedError('scan-is-running', { name });
            return { status: 204 };
          },
        }),
      },
    },
  ];
}
