import { contextFile, filesById } from '../../catalog/index.ts';
import type { Database } from '../../database/index.ts';
import {
  ingestById,
  ingestOfFile,
  ingestOrders,
  type IngestRow,
  ingestStatuses,
  listIngests,
  progressOf,
  scanById,
  strikeById,
} from '../../ingest/index.ts';
import { jobOrders, listJobs } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { IngestDetailsDocument, IngestDocument } from '../documents/ingest.ts';
import { JobDocument } from '../documents/job.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { found, textOf } from '../request/ids.ts';
import { cursorPaging, numbers, order, texts, timeRange, words } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { ingestDocument, scanDetailsDocument, strikeDetailsDocument } from '../shapes/ingest.ts';
import { jobDocument } from '../shapes/job.ts';
import { statusOfIngests } from './ingest-status.ts';

/** What became of files that arrived: `ingests/`. */
export function ingestRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    { path: '/ingests', methods: { GET: list(context) } },
    { path: '/ingests/status', methods: { GET: statusOfIngests(context) } },
    {
      path: '/ingests/:ingest',
      methods: {
        GET: operation({
          summary: 'Show an ingest',
          description: 'By its id, or the last one of a file by its name.',
          role: 'viewer',
          answers: { 200: IngestDetailsDocument },
          handle: async ({ request }) => {
            const key = textOf(request, 'ingest');
            return { json: await detailsOf(db, found(await ingestOf(db, key), 'ingest', key)) };
          },
        }),
      },
    },
    {
      path: '/ingests/:ingest/jobs',
      methods: {
        GET: operation({
          summary: 'List the jobs of the recipe that an ingest started',
          role: 'viewer',
          query: { ...order(jobOrders), ...cursorPaging },
          answers: { 200: pageOf(JobDocument) },
          handle: async ({ request, query, parameters }) => {
            const key = textOf(request, 'ingest');
            const { recipe_id } = found(await ingestOf(db, key), 'ingest', key);
            const page =
              recipe_id === null
                ? { count: 0, rows: [] }
                : await listJobs(db, { rootRecipeIds: [recipe_id] }, query.order, parameters.page());
            return pageAnswer(request, parameters, page, jobDocument);
          },
        }),
      },
    },
  ];
}

function list({ db }: Context): Operation {
  return operation({
    summary: 'List ingests',
    role: 'viewer',
    query: {
      ...timeRange('when the ingest was last modified'),
      status: words(ingestStatuses, 'Where it stands.'),
      scan_id: numbers('Scan that found the file.'),
      strike_id: numbers('Strike that found the file.'),
      file_name: texts('Name of the file, without directories.'),
      ...order(ingestOrders),
      ...cursorPaging,
    },
    answers: { 200: pageOf(IngestDocument) },
    handle: async ({ request, query, parameters }) => {
      const filter = {
        started: query.started,
        ended: query.ended,
        statuses: query.status,
        scanIds: query.scan_id,
        strikeIds: query.strike_id,
        fileNames: query.file_name,
      };
      const page = await listIngests(db, filter, query.order, parameters.page());
      const files = await filesOf(db, page.rows);
      return pageAnswer(request, parameters, page, (row) =>
        ingestDocument(row, row.source_file_id === null ? undefined : files.get(row.source_file_id)),
      );
    },
  });
}

/** What is all digits may be the name of a file as well. */
async function ingestOf(db: Database, key: string): Promise<IngestRow | undefined> {
  const byId = /^\d{1,15}$/.test(key) ? await ingestById(db, Number(key)) : undefined;
  return byId ?? ingestOfFile(db, key);
}

async function detailsOf(db: Database, row: IngestRow): Promise<Record<string, unknown>> {
  const { strike, scan } = row;
  const [file] = row.source_file_id === null ? [] : await filesById(db, [row.source_file_id]);
  const [strikeRow, scanRow] = await Promise.all([
    strike && strikeById(db, strike.id),
    scan && scanById(db, scan.id),
  ]);
  return {
    ...ingestDocument(row, file && (await contextFile(file))),
    strike: strikeRow ? strikeDetailsDocument(strikeRow, await progressOf(db, 'strike', strikeRow.id)) : null,
    scan: scanRow ? scanDetailsDocument(scanRow, await progressOf(db, 'scan', scanRow.id)) : null,
  };
}

/** Their files in the catalogue by id, without what a file alone shows. */
async function filesOf(
  db: Database,
  rows: readonly IngestRow[],
): Promise<Map<number, Record<string, unknown>>> {
  const ids = rows.flatMap(({ source_file_id: id }) => (id === null ? [] : [id]));
  const files = await filesById(db, [...new Set(ids)]);
  return new Map(
    await Promise.all(
      files.map(async (file): Promise<[number, Record<string, unknown>]> => {
        const { meta_data: _metaData, ...shown } = await contextFile(file);
        return [file.id, shown];
      }),
    ),
  );
}
