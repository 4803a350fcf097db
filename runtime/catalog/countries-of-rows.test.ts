import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import { TestQueue } from '../../test/support/queue.ts';
import type { Database } from '../database/index.ts';
import type { LocalWorkspace } from '../workspace/index.ts';
import {
  type FileMetadata,
  filesById,
  type NewProduct,
  registerArrivals,
  registerProducts,
} from './index.ts';

let db: Database;
let workspace: LocalWorkspace;
withDatabase((connected, local) => {
  db = connected;
  workspace = local;
});

const paris = { type: 'Point' as const, coordinates: [2.35, 48.85] };
/** Across the antimeridian, at Fiji: east + 360. */
const fiji = { west: 179.5, south: -17, east: 180.5, north: -16 };
const countries = async (ids: readonly number[]) => {
  const rows = new Map((await filesById(db, ids)).map((file) => [file.id, file.countries]));
  return ids.map((id) => rows.get(id));
};

describe('the countries of a new row', () => {
  it('are those of where an arrival is; at sea and of no place there are none', async () => {
    const arrival = (path: string, metadata?: FileMetadata) => ({
      ...{ path, size: 1, version: 'v', sha256: 'a'.repeat(64), dataTypes: [] },
      ...(metadata && { metadata }),
    });
    const rows = await db.transaction((tx) =>
      registerArrivals(tx, workspace.id, [
        arrival('arrived/paris', { geometry: paris, metaData: {} }),
        arrival('arrived/sea', { geometry: { type: 'Point', coordinates: [-30, 30] }, metaData: {} }),
        arrival('arrived/nowhere'),
      ]),
    );
    expect(await countries(rows.map(({ id }) => id))).toEqual([['FRA'], [], []]);
  });

  it('are those of where a product is', async () => {
    const queue = await new TestQueue(db).open();
    const type = await queue.type();
    const jobs = await queue.submit(type, {});
    const [execution] = await queue.claim(jobs);
    const product = (name: string, metadata: NewProduct['metadata']): NewProduct => ({
      ...{ filePath: `made/${name}`, fileName: name, size: 1, version: 'v', mediaType: 'x/y' },
      ...{ sha256: 'a'.repeat(64), output: 'OUT', uuid: 'u', metadata },
    });
    const producer = { jobTypeId: type.jobTypeId, jobId: jobs[0]!, jobExeId: execution!.id };
    const ids = await registerProducts(
      db,
      workspace,
      producer,
      [],
      [
        product('paris', { geometry: paris, metaData: {} }),
        product('fiji', { geometry: null, bbox: fiji, metaData: {} }),
        product('nowhere', null),
      ],
    );
    expect(await countries(ids)).toEqual([['FRA'], ['FJI'], []]);
  });
});
