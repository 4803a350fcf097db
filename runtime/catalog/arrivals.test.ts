import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import type { Database } from '../database/index.ts';
import type { LocalWorkspace } from '../workspace/index.ts';
import { type Arrival, filesById, registerArrivals, type Registered, type ScaleFile } from './index.ts';

let db: Database;
let workspace: LocalWorkspace;

withDatabase((connected, local) => {
  db = connected;
  workspace = local;
});

function arrival(path: string, changes: Partial<Arrival> = {}): Arrival {
  return { path, size: 10, version: 'v1', sha256: 'a'.repeat(64), dataTypes: [], ...changes };
}

function register(...arrivals: Arrival[]): Promise<Registered[]> {
  return db.transaction((tx) => registerArrivals(tx, workspace.id, arrivals));
}

async function fileOf(id: number): Promise<ScaleFile & { modified?: string }> {
  return (await filesById(db, [id]))[0]!;
}

describe('registerArrivals', () => {
  it('makes rows of new files with what is said of them', async () => {
    const metadata = {
      geometry: { type: 'Point' as const, coordinates: [125.6, 10.1] },
      bbox: { west: 125.6, south: 10.1, east: 125.6, north: 10.1 },
      dataStarted: '2019-10-14T00:00:00.000001Z',
      sourceSensor: 'S1',
      dataTypes: ['parsed', 'raw'],
      metaData: { cloud: 0.1 },
    };
    const [plain, told] = await register(
      arrival('new/a "b"\n.png'),
      arrival('new/b.tif', { mediaType: 'x/y', dataTypes: ['raw'], metadata }),
    );
    expect([plain!.isNew, told!.isNew]).toEqual([true, true]);
    expect(await fileOf(plain!.id)).toMatchObject({
      file_path: 'new/a "b"\n.png',
      file_name: 'a "b"\n.png',
      file_type: 'SOURCE',
      media_type: 'image/png',
      file_size: 10,
      file_stat: 'v1',
      sha256: 'a'.repeat(64),
      data_type_tags: [],
      meta_data: {},
      geometry: null,
    });
    expect(await fileOf(told!.id)).toMatchObject({
      media_type: 'x/y',
      data_type_tags: ['raw', 'parsed'],
      geometry: metadata.geometry,
      center_point: { x: 125.6, y: 10.1 },
      data_started: '2019-10-14T00:00:00.000001Z',
      data_ended: '2019-10-14T00:00:00.000001Z',
      source_started: '2019-10-14T00:00:00.000001Z',
      source_sensor: 'S1',
      meta_data: { cloud: 0.1 },
    });
  });

  it('keeps the row of a file that did not change, without writing it', async () => {
    const [first] = await register(arrival('same/a', { dataTypes: ['raw'] }));
    const before = await fileOf(first!.id);
    expect(await register(arrival('same/a', { dataTypes: ['raw'] }))).toEqual([
      { id: first!.id, isNew: false },
    ]);
    expect(await fileOf(first!.id)).toEqual(before);
  });

  it('knows a restored copy by its checksum: the row stays and learns the version', async () => {
    const [first] = await register(arrival('restored/a'));
    expect(await register(arrival('restored/a', { version: 'v2' }))).toEqual([
      { id: first!.id, isNew: false },
    ]);
    expect(await fileOf(first!.id)).toMatchObject({ file_stat: 'v2', is_superseded: false });
    expect(await register(arrival('restored/a', { version: 'v2', sha256: null }))).toEqual([
      { id: first!.id, isNew: false },
    ]);
  });

  it.each([
    ['another size', { size: 11, version: 'v2', sha256: null }],
    ['another version of which no checksum is known', { version: 'v2', sha256: null }],
    ['another checksum', { version: 'v2', sha256: 'b'.repeat(64) }],
    ['another checksum under the same version', { sha256: 'b'.repeat(64) }],
  ])('supersedes the row where there is %s, with the same uuid', async (what, change) => {
    const path = `changed/${what}`;
    const [first] = await register(arrival(path));
    const [second] = await register(arrival(path, change));
    expect(second!.isNew).toBe(true);
    const [old, fresh] = [await fileOf(first!.id), await fileOf(second!.id)];
    expect(old).toMatchObject({ is_superseded: true, superseded: expect.stringMatching(/Z$/) });
    expect(fresh).toMatchObject({ uuid: old.uuid, is_superseded: false, file_path: path });
  });

  it('gives a row that stays the checksum, the tags and the metadata that it lacks, and replaces none', async () => {
    const [first] = await register(arrival('learns/a', { sha256: null, dataTypes: ['one'] }));
    const metadata = { geometry: null, dataStarted: '2020-01-01T00:00:00Z', metaData: { said: 1 } };
    await register(arrival('learns/a', { dataTypes: ['two', 'one'], metadata }));
    expect(await fileOf(first!.id)).toMatchObject({
      sha256: 'a'.repeat(64),
      data_type_tags: ['one', 'two'],
      data_started: '2020-01-01T00:00:00.000000Z',
      meta_data: { said: 1 },
    });
    await register(arrival('learns/a', { metadata: { geometry: null, metaData: { said: 2 } } }));
    expect(await fileOf(first!.id)).toMatchObject({ meta_data: { said: 1 } });
  });

  it('leaves a product of a job as it is where the content is the same', async () => {
    const [first] = await register(arrival('product/a'));
    await db.query(`update scale_file set file_type = 'PRODUCT', is_published = true where id = $1`, [
      first!.id,
    ]);
    expect(
      await register(arrival('product/a', { metadata: { geometry: null, metaData: { x: 1 } } })),
    ).toEqual([{ id: first!.id, isNew: false }]);
    expect(await fileOf(first!.id)).toMatchObject({ file_type: 'PRODUCT', meta_data: {} });
    await register(arrival('product/a', { size: 11, sha256: null }));
    const [old] = await db.query('select is_published, is_superseded from scale_file where id = $1', [
      first!.id,
    ]);
    expect(old).toEqual({ is_published: false, is_superseded: true });
  });

  it('does not take a deleted row for the file', async () => {
    const [first] = await register(arrival('deleted/a'));
    await db.query('update scale_file set is_deleted = true, deleted = now() where id = $1', [first!.id]);
    const [second] = await register(arrival('deleted/a'));
    expect(second).toMatchObject({ isNew: true });
    expect(second!.id).not.toBe(first!.id);
  });

  it('answers in the order given, also for a file that is given twice, of which the last counts', async () => {
    const rows = await register(
      arrival('order/b'),
      arrival('order/a'),
      arrival('order/b', { version: 'v2' }),
    );
    expect(rows[0]).toEqual(rows[2]);
    expect((await fileOf(rows[0]!.id)).file_stat).toBe('v2');
    expect((await fileOf(rows[1]!.id)).file_path).toBe('order/a');
    expect(await register()).toEqual([]);
  });

  it('registers 2,500 in one call, old, changed and new ones among each other', async () => {
    const all = Array.from({ length: 2500 }, (_, n) => arrival(`many/${n}`, { size: n }));
    const known = await register(...all.filter((_, n) => n % 5 === 0));
    const changed = (n: number) => n % 10 === 0;
    const rows = await register(
      ...all.map((one, n) => (changed(n) ? { ...one, sha256: 'c'.repeat(64) } : one)),
    );
    expect(new Set(rows.map((row) => row.id)).size).toBe(2500);
    expect(rows.map((row) => row.isNew)).toEqual(all.map((_, n) => n % 5 !== 0 || changed(n)));
    const kept = known.filter((_, n) => !changed(n * 5)).map((row) => row.id);
    expect(rows.filter((_, n) => n % 5 === 0 && !changed(n)).map((row) => row.id)).toEqual(kept);
    const sizes = await db.query<{ id: number; file_size: number }>(
      `select id, file_size from scale_file where file_path like 'many/%' and not is_superseded`,
    );
    expect(new Map(sizes.map((row) => [row.id, row.file_size]))).toEqual(
      new Map(rows.map((row, n) => [row.id, n])),
    );
  });

  it('makes one row of a file, and one new version, when several processes register the same files at once', async () => {
    const files = Array.from({ length: 300 }, (_, n) => arrival(`race/${n}`));
    const shuffled = (turn: number) => [...files.slice(turn * 50), ...files.slice(0, turn * 50)];
    const racers = () => Promise.all(Array.from({ length: 4 }, (_, turn) => register(...shuffled(turn))));
    const made = (await racers()).flat();
    expect(new Set(made.map((row) => row.id)).size).toBe(300);
    expect(made.filter((row) => row.isNew)).toHaveLength(300);
    files.forEach((file, n) => (files[n] = { ...file, size: 11 }));
    const changed = (await racers()).flat();
    expect(new Set(changed.map((row) => row.id)).size).toBe(300);
    expect(changed.filter((row) => row.isNew)).toHaveLength(300);
    const [count] = await db.query(
      `select count(*)::int as rows from scale_file where file_path like 'race/%'`,
    );
    expect(count).toEqual({ rows: 600 });
  });
});
