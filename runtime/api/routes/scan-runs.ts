import { scanProcessValidator } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { cancelScan, requestScan, scanById } from '../../ingest/index.ts';
import type { Context } from '../context.ts';
import { CanceledScanDocument, ScanDetailsDocument } from '../documents/ingest.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import type { Route } from '../route.ts';

/** Runs of scans: `scans/{id}/process/` and `scans/cancel/{id}/`. @param read what a scan is shown as */
export function scanRunRoutes(
  { db }: Context,
  read: (id: number) => Promise<Record<string, unknown>>,
): Route[] {
  return [
    {
      path: '/scans/cancel/:id',
      methods: {
        POST: operation({
          summary: 'Cancel the run of a scan',
          description: 'What it has ingested stays. Nothing happens where none is under way.',
          role: 'operator',
          answers: { 202: CanceledScanDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'scan');
            found(await scanById(db, id), 'scan', id);
            if (await cancelScan(db, id)) db.notify('ingest');
            return { status: 202, json: { id, canceled_jobs: [] } };
          },
        }),
      },
    },
    {
      path: '/scans/:id/process',
      methods: {
        POST: operation({
          summary: 'Run a scan',
          description:
            'Without `ingest` it is a dry run, whose `report` says what would become of the files. Once more finds what came since then; what it has ingested already is left alone.',
          role: 'operator',
          body: scanProcessValidator,
          answers: { 201: ScanDetailsDocument },
          handle: async ({ request, body }) => {
            const id = idOf(request, 'id', 'scan');
            const { name } = found(await scanById(db, id), 'scan', id);
            if (!(await requestScan(db, id, body.ingest ? 'ingest' : 'dry_run')))
              throw new SeedbedError('scan-is-running', { name });
            db.notify('ingest');
            return { status: 201, json: await read(id) };
          },
        }),
      },
    },
  ];
}
