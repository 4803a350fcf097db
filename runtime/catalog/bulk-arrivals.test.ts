import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import type { Database, LoadSession } from '../database/index.ts';
import type { LocalWorkspace } from '../workspace/index.ts';
import { type Arrival, BulkRegistration, filesById } from './index.ts';

let db: Database;
let workspace: LocalWorkspace;

withDatabase((connected, local) => {
  db = connected;
  workspace = local;
});

function arrival(path: string, changes: Partial<Arrival> = {}): Arrival {
  return { path, size: 10, version: 'v1', sha256: 'a'.repeat(64), dataTypes: [], ...changes };
}

const many = (prefix: string, count: number, changes: Partial<Arrival> = {}) =>
  Array.from({ length: count }, (_, n) => arrival(`${prefix}/${n}`, changes));

describe('BulkRegistration', () => {
  let session: LoadSession;
  let bulk: BulkRegistration;
  beforeAll(async () => (session = await db.openLoad()));
  beforeEach(() => {
    bulk = new BulkRegistration(session, workspace.id);
  });
  afterAll(() => session.close());

  const rowsLike = async (pattern: string) =>
    (await db.query('select id from scale_file where file_path like $1', [pattern])).length;

  it('keeps every sign of names, tags and metadata', async () => {
    const name = `odd/a\tb\nc\rd\\e\\N"f",'g' {h} é 名 🛰.tif`;
    const metadata = {
      geometry: { type: 'Point' as const, coordinates: [1.5, -2] },
      bbox: { west: 1.5, south: -2, east: 1.5, north: -2 },
      dataStarted: '2019-10-14T00:00:00.000001Z',
      sourceSensor: '\\N',
      metaData: { 'a\tb': 'c\n"d"\\', deep: [{ n: 1.5, nothing: null }] },
    };
    const tags = ['plain', 'a,b', 'q"u\\o', '{x}', 'null', '', ' '];
    const [made] = await bulk.register([arrival(name, { dataTypes: tags, metadata })]);
    expect((await filesById(db, [made!.id]))[0]).toMatchObject({
      file_path: name,
      file_name: name.slice(4),
      file_type: 'SOURCE',
      media_type: 'image/tiff',
      file_size: 10,
      file_stat: 'v1',
      sha256: 'a'.repeat(64),
      data_type_tags: tags,
      meta_data: metadata.metaData,
      geometry: metadata.geometry,
      center_point: { x: 1.5, y: -2 },
      data_started: '2019-10-14T00:00:00.000001Z',
      source_sensor: '\\N',
    });
  });

  it('answers in the order given', async () => {
    const given = many('order', 300).reverse();
    const rows = await bulk.register(given);
    expect(rows.every((row) => row.isNew)).toBe(true);
    const files = new Map(
      (
        await filesById(
          db,
          rows.map((row) => row.id),
        )
      ).map((file) => [file.id, file]),
    );
    expect(rows.map((row) => files.get(row.id)!.file_path)).toEqual(given.map((one) => one.path));
    expect(await bulk.register([])).toEqual([]);
  });

  it('knows files again, and gives changed ones new versions, before and after all is new', async () => {
    const first = await bulk.register(many('again', 200));
    const known = await bulk.register(many('again', 200));
    expect(known).toEqual(first.map(({ id }) => ({ id, isNew: false })));
    expect((await bulk.register(many('again/new', 100))).every((row) => row.isNew)).toBe(true);
    const changed = await bulk.register([
      ...many('again', 100, { size: 11, version: 'v2', sha256: null }),
      ...many('again/more', 100),
    ]);
    expect(changed.every((row) => row.isNew)).toBe(true);
    expect(await rowsLike('again/%')).toBe(500);
    const superseded = await db.query('select id from scale_file where is_superseded and id = any($1)', [
      first.map((row) => row.id),
    ]);
    expect(superseded).toHaveLength(100);
  });

  it('takes a file that is given twice once', async () => {
    const rows = await bulk.register([arrival('twice/a'), arrival('twice/a', { version: 'v2' })]);
    expect(rows[0]).toEqual(rows[1]);
    expect(await rowsLike('twice/%')).toBe(1);
  });

  it('makes one row of each file when several register the same ones at once', async () => {
    const sessions = await Promise.all([db.openLoad(), db.openLoad(), db.openLoad()]);
    const all = await Promise.all(
      sessions.map((one) => new BulkRegistration(one, workspace.id).register(many('race', 500))),
    );
    await Promise.all(sessions.map((one) => one.close()));
    expect(all.flat().filter((row) => row.isNew)).toHaveLength(500);
    expect(new Set(all.flat().map((row) => row.id)).size).toBe(500);
    expect(await rowsLike('race/%')).toBe(500);
  });

  it('does what belongs to it in the same transaction, or nothing at all', async () => {
    const failing = bulk.register(many('fails', 10), async (tx, rows) => {
      await tx.query('update scale_file set source_task = $1 where id = $2', ['seen', rows[0]!.id]);
      throw new Error('no more');
    });
    await expect(failing).rejects.toThrow('no more');
    expect(await rowsLike('fails/%')).toBe(0);
    const rows = await bulk.register(many('fails', 10), async (tx, made) => {
      await tx.query('update scale_file set source_task = $1 where id = $2', ['seen', made[0]!.id]);
    });
    expect((await filesById(db, [rows[0]!.id]))[0]!.source_task).toBe('seen');
  });

  it('tells what else is wrong', async () => {
    await expect(bulk.register([arrival('wrong/a', { sha256: 'no checksum' })])).rejects.toMatchObject({
      code: '23514', // check_violation
    });
    expect((await bulk.register([arrival('wrong/a')]))[0]!.isNew).toBe(true);
  });
});
