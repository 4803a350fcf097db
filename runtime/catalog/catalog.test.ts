import { beforeAll, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import type { Database } from '../database/index.ts';
import {
  applyParsedMetadata,
  contextDocument,
  filesById,
  recordChecksums,
  registerSources,
  type ScaleFile,
  areaOfBox,
  searchFiles,
  type SeenFile,
} from './index.ts';
import type { LocalWorkspace } from '../workspace/index.ts';

let db: Database;
let workspace: LocalWorkspace;

withDatabase((connected, local) => {
  db = connected;
  workspace = local;
});

let inode = 1n;
function seen(path: string, changes: Partial<SeenFile> = {}): SeenFile {
  return { path, size: 10, mtimeNs: 1_700_000_000_123_456_789n, inode: inode++, ...changes };
}

async function registerOne(file: SeenFile): Promise<ScaleFile> {
  const [row] = await db.transaction((tx) => registerSources(tx, workspace, [file]));
  return row!;
}

describe('registerSources', () => {
  it('gives the same row to a file that did not change, and a new version to one that did', async () => {
    const file = seen('/data/scene.tif');
    const first = await registerOne(file);
    expect(await registerOne(file)).toMatchObject({ id: first.id, uuid: first.uuid });
    const touched = await registerOne({ ...file, mtimeNs: file.mtimeNs + 1n });
    expect(touched.id).not.toBe(first.id);
    expect(touched.uuid).toBe(first.uuid);
    const [old] = await filesById(db, [first.id]);
    expect(old).toMatchObject({ is_superseded: true, superseded: expect.stringMatching(/Z$/) });
  });

  it('keeps names whole and paths relative to the workspace', async () => {
    const path = '/data/a b\n"c",\'d\': é 名.png';
    const row = await registerOne(seen(path));
    expect(row).toMatchObject({
      file_path: path.slice(1),
      file_name: 'a b\n"c",\'d\': é 名.png',
      file_type: 'SOURCE',
      media_type: 'image/png',
      url: null,
      workspace: { id: workspace.id, name: workspace.name },
    });
  });

  it('answers in the order given, also for a file that is given twice', async () => {
    const [a, b] = [seen('/order/b.txt'), seen('/order/a.txt')];
    const rows = await db.transaction((tx) => registerSources(tx, workspace, [a, b, a]));
    expect(rows.map((row) => row.file_name)).toEqual(['b.txt', 'a.txt', 'b.txt']);
    expect(rows[0]!.id).toBe(rows[2]!.id);
  });

  it('makes one row when many register the same new file at once', async () => {
    const file = seen('/race/one.bin');
    const rows = await Promise.all(Array.from({ length: 4 }, () => registerOne(file)));
    expect(new Set(rows.map((row) => row.id)).size).toBe(1);
  });

  it('makes one new version when many see the same change at once', async () => {
    const file = seen('/race/changed.bin');
    await registerOne(file);
    const rows = await Promise.all(Array.from({ length: 4 }, () => registerOne({ ...file, size: 11 })));
    expect(new Set(rows.map((row) => row.id)).size).toBe(1);
    const versions = await db.query('select id from scale_file where file_path = $1', ['race/changed.bin']);
    expect(versions).toHaveLength(2);
  });

  it('takes a path as long as Linux allows', async () => {
    const path = `/${Array.from({ length: 16 }, (_, i) => String.fromCodePoint(0x4e00 + i * 997).repeat(84)).join('/')}`;
    expect(Buffer.byteLength(path)).toBeGreaterThan(4000);
    expect(await registerOne(seen(path))).toMatchObject({ file_path: path.slice(1) });
  });
});

describe('recordChecksums', () => {
  it('sets a checksum once', async () => {
    const row = await registerOne(seen('/sum/a'));
    await recordChecksums(db, new Map([[row.id, 'a'.repeat(64)]]));
    await recordChecksums(db, new Map([[row.id, 'b'.repeat(64)]]));
    expect((await filesById(db, [row.id]))[0]!.sha256).toBe('a'.repeat(64));
  });
});

describe('applyParsedMetadata', () => {
  it('sets area, times and metadata, and adds tags without repeating them', async () => {
    const row = await registerOne(seen('/parsed/a.tif'));
    const metadata = {
      geometry: { type: 'Point' as const, coordinates: [125.6, 10.1] },
      bbox: { west: 125.6, south: 10.1, east: 125.6, north: 10.1 },
      dataStarted: '2019-10-14T00:00:00.000001Z',
      dataEnded: '2019-10-14T00:01:00Z',
      dataTypes: ['one', 'two'],
      metaData: { cloud: 0.1 },
    };
    await applyParsedMetadata(db, row.id, metadata);
    await applyParsedMetadata(db, row.id, { ...metadata, dataTypes: ['two', 'three'] });
    expect((await filesById(db, [row.id]))[0]).toMatchObject({
      geometry: metadata.geometry,
      center_point: { x: 125.6, y: 10.1 },
      data_started: '2019-10-14T00:00:00.000001Z',
      data_ended: '2019-10-14T00:01:00.000000Z',
      source_started: '2019-10-14T00:00:00.000001Z',
      data_type_tags: ['one', 'two', 'three'],
      meta_data: { cloud: 0.1 },
    });
  });

  it('leaves area and times alone where the sidecar says nothing of them', async () => {
    const row = await registerOne(seen('/parsed/b.tif'));
    const geometry = { type: 'Point' as const, coordinates: [1, 2] };
    const bbox = { west: 1, south: 2, east: 1, north: 2 };
    await applyParsedMetadata(db, row.id, {
      geometry,
      bbox,
      dataStarted: '2020-01-01T00:00:00Z',
      metaData: {},
    });
    await applyParsedMetadata(db, row.id, { geometry: null, metaData: { later: true } });
    expect((await filesById(db, [row.id]))[0]).toMatchObject({
      geometry,
      data_started: '2020-01-01T00:00:00.000000Z',
      data_ended: '2020-01-01T00:00:00.000000Z',
      meta_data: { later: true },
    });
  });
});

describe('contextDocument', () => {
  it('has every member of the sample in the source document, geometry as WKT', async () => {
    const row = await registerOne(seen('/context/sample_image.png'));
    await applyParsedMetadata(db, row.id, {
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [4, 0],
            [4, 2],
            [0, 2],
            [0, 0],
          ],
        ],
      },
      bbox: { west: 0, south: 0, east: 4, north: 2 },
      metaData: {},
    });
    const [file] = await filesById(db, [row.id]);
    const document = await contextDocument(new Map([['INPUT_IMAGE', [file!]]]), new Map([['N', 5]]));
    const job = document.JOB as { INPUT_IMAGE: Record<string, unknown>[]; N: number };
    expect(job.N).toBe(5);
    expect(Object.keys(job.INPUT_IMAGE[0]!)).toEqual([
      'id',
      'file_name',
      'workspace',
      'data_type_tags',
      'media_type',
      'file_type',
      'file_size',
      'file_path',
      'is_deleted',
      'url',
      'created',
      'deleted',
      'data_started',
      'data_ended',
      'source_started',
      'source_ended',
      'source_sensor_class',
      'source_sensor',
      'source_collection',
      'source_task',
      'last_modified',
      'geometry',
      'center_point',
      'countries',
      'job_type',
      'job',
      'job_exe',
      'job_output',
      'recipe_type',
      'recipe',
      'recipe_node',
      'batch',
      'is_superseded',
      'superseded',
      'meta_data',
    ]);
    expect(job.INPUT_IMAGE[0]).toMatchObject({
      geometry: 'POLYGON ((0 0, 4 0, 4 2, 0 2, 0 0))',
      center_point: 'POINT (2 1)',
      countries: [],
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    });
  });

  it('has no JOB member for a job without files, as on Scale', async () => {
    expect(await contextDocument(new Map(), new Map([['N', 1]]))).toEqual({});
  });

  it('takes names that objects have of their own', async () => {
    const row = await registerOne(seen('/context/x'));
    const document = await contextDocument(new Map([['__proto__', [row]]]), new Map([['constructor', 1]]));
    expect(JSON.stringify(document)).toContain('"__proto__":[{');
    expect(JSON.stringify(document)).toContain('"constructor":1');
  });
});

describe('searchFiles', () => {
  beforeAll(async () => {
    await db.query('truncate scale_file cascade');
    const put = async (name: string, west: number, east: number, day: string, tag: string) => {
      const row = await registerOne(seen(`/search/${name}`));
      await applyParsedMetadata(db, row.id, {
        geometry: {
          type: 'MultiPoint',
          coordinates: [
            [west, 0],
            [east, 1],
          ],
        },
        bbox: { west, south: 0, east, north: 1 },
        dataStarted: `${day}T00:00:00Z`,
        dataEnded: `${day}T12:00:00Z`,
        dataTypes: [tag],
        metaData: {},
      });
    };
    await put('greenwich.tif', 0, 1, '2020-01-01', 'optical');
    await put('fiji_100%.tif', 179, 181, '2020-01-02', 'radar');
    await put('samoa.tif', -173, -171, '2020-01-03', 'radar');
    await registerOne(seen('/search/unknown.txt'));
  });

  const box = (west: number, south: number, east: number, north: number) => ({
    areas: [areaOfBox({ west, south, east, north })],
  });
  const names = async (filter: Parameters<typeof searchFiles>[1], limit = 10) =>
    (await searchFiles(db, filter, limit)).files.map((file) => file.file_name);

  it.each([
    ['everything, newest first', {}, ['unknown.txt', 'samoa.tif', 'fiji_100%.tif', 'greenwich.tif']],
    ['part of a name, whatever its case', { name: 'GREEN' }, ['greenwich.tif']],
    ['a pattern', { name: '*.t?f' }, ['samoa.tif', 'fiji_100%.tif', 'greenwich.tif']],
    ['a name with signs that SQL reads', { name: '100%' }, ['fiji_100%.tif']],
    ['an underscore as itself', { name: 'i_1' }, ['fiji_100%.tif']],
    ['a tag', { dataTypes: ['radar'] }, ['samoa.tif', 'fiji_100%.tif']],
    ['a span that touches at its end', { dataTo: '2020-01-01T00:00:00Z' }, ['greenwich.tif']],
    ['a span with an offset', { dataFrom: '2020-01-03T13:00:00+01:00' }, ['samoa.tif']],
    ['both ends', { dataFrom: '2020-01-01T12:00:01Z', dataTo: '2020-01-02T23:00:00Z' }, ['fiji_100%.tif']],
    ['a box', box(-1, -1, 2, 2), ['greenwich.tif']],
    ['a box west of the antimeridian', box(-180, 0, -179.5, 1), ['fiji_100%.tif']],
    ['a box across the antimeridian', box(178, 0, -172, 1), ['samoa.tif', 'fiji_100%.tif']],
    ['all that is asked for', { dataTypes: ['radar'], name: 'samoa', dataFrom: '2021-01-01T00:00:00Z' }, []],
  ])('finds by %s', async (_, filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  it('pages through all files, each once, and counts them all', async () => {
    const found: string[] = [];
    let before: number | null = null;
    do {
      const page = await searchFiles(db, {}, 3, before ?? undefined);
      expect(page.count).toBe(4);
      found.push(...page.files.map((file) => file.file_name));
      before = page.next;
    } while (before !== null);
    expect(found).toEqual(['unknown.txt', 'samoa.tif', 'fiji_100%.tif', 'greenwich.tif']);
  });

  it('searches area and time through the index', async () => {
    await db.query(`insert into scale_file (workspace_id, file_type, uuid, version_id, file_path, file_name, media_type,
        file_size, bbox, data_started, data_ended)
      select ${workspace.id}, 'SOURCE', n::text, gen_random_uuid(), 'many/' || n, n::text, 'x/y', 1,
        box(point(n % 180, n % 80), point(n % 180 + 1, n % 80 + 1)), now() - n * interval '1 hour', now() - n * interval '1 hour'
      from generate_series(1, 20000) n`);
    await db.query('analyze scale_file');
    const plan = await db.query<{ 'QUERY PLAN': string }>(`explain select id from scale_file f
      where f.bbox && '((2,2),(1,1))'::box and f.span * '(,)'::tstzrange && tstzrange(now() - interval '2 days', now(), '[]')
        and span_quarters(f.span) && span_quarters(tstzrange(now() - interval '2 days', now(), '[]'))`);
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('scale_file_area_time');
  });
});
