import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Polygon } from 'geojson';
import { writeArrayBuffer } from 'geotiff';
import { HostWorkspace } from '../../workspace/index.ts';
import { footprintOf } from './index.ts';

let directory: string;
let workspace: HostWorkspace;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-footprint-'));
  workspace = new HostWorkspace({ id: 1, name: 'host', root: directory });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const write = (name: string, content: string | Buffer) => writeFile(path.join(directory, name), content);
const json = (name: string, document: unknown) => write(name, JSON.stringify(document));
const of = (name: string) => footprintOf(workspace, name);

/** A TIFF of 100 × 50 pixels. */
const tiff = (name: string, tags: object) =>
  write(
    name,
    Buffer.from(
      writeArrayBuffer(new Uint8Array(5000) as never, { width: 100, height: 50, ...tags }) as ArrayBuffer,
    ),
  );
const placed = (x: number, y: number, pixel: number, keys: object) => ({
  ModelPixelScale: [pixel, pixel, 0],
  ModelTiepoint: [0, 0, 0, x, y, 0],
  GTRasterTypeGeoKey: 1,
  ...keys,
});
const degrees = { GTModelTypeGeoKey: 2, GeographicTypeGeoKey: 4326 };
const projected = (code: number) => ({ GTModelTypeGeoKey: 1, ProjectedCSTypeGeoKey: code });

const samples = path.join(import.meta.dirname, '../../../sample-jobs');
const sample = (from: string, name: string) => cp(path.join(samples, from), path.join(directory, name));

const polygon = (...ring: number[][]) => ({ type: 'Polygon', coordinates: [ring] });

describe('the footprint of a GeoTIFF', () => {
  it('is that of a real scene in UTM, as listgeo of libgeotiff has it', async () => {
    await sample('image-tiles/inputs/INPUT_IMAGE/olinda-landsat7.tif', 'olinda.tif');
    expect(await of('olinda.tif')).toEqual({
      geometry: polygon(
        [-34.9161655, -7.9498221],
        [-34.916589, -8.040516],
        [-34.8263692, -8.040927],
        [-34.8259656, -7.9502284],
        [-34.9161655, -7.9498221],
      ),
      bbox: { west: -34.916589, south: -8.040927, east: -34.8259656, north: -7.9498221 },
      metaData: { width: 349, height: 352, bands: 3, crs: 'EPSG:31985', footprintFrom: 'geotiff' },
    });
  });

  it('begins half a pixel earlier where its ties are middles of pixels', async () => {
    await tiff('area.tif', placed(10, 50, 0.01, degrees));
    await tiff('point.tif', { ...placed(10, 50, 0.01, degrees), GTRasterTypeGeoKey: 2 });
    expect((await of('area.tif'))!.bbox).toEqual({ west: 10, south: 49.5, east: 11, north: 50 });
    expect((await of('point.tif'))!.bbox).toEqual({
      west: 9.995,
      south: 49.505,
      east: 10.995,
      north: 50.005,
    });
  });

  it('is cut at the antimeridian', async () => {
    await tiff('fiji.tif', placed(179.5, -17, 0.01, degrees));
    const read = await of('fiji.tif');
    expect(read!.geometry).toEqual({
      type: 'MultiPolygon',
      coordinates: [
        polygon([180, -17.5], [180, -17], [179.5, -17], [179.5, -17.5], [180, -17.5]).coordinates,
        polygon([-180, -17], [-180, -17.5], [-179.5, -17.5], [-179.5, -17], [-180, -17]).coordinates,
      ].map((rings) => rings.map((ring) => expect.arrayContaining(ring))),
    });
    expect(read!.bbox).toEqual({ west: 179.5, south: -17.5, east: 180.5, north: -17 });
  });

  it('reaches up to a pole that it holds', async () => {
    await tiff('pole.tif', placed(-1_000_000, 500_000, 20_000, projected(3031)));
    const read = await of('pole.tif');
    expect(read!.bbox).toMatchObject({ west: -180, south: -90, east: 180 });
    expect(read!.bbox!.north).toBeCloseTo(-79.7, 0);
    await tiff('beside.tif', placed(500_000, 1_000_000, 5_000, projected(3031)));
    const beside = await of('beside.tif');
    expect(beside!.bbox!.south).toBeGreaterThan(-84);
    expect(beside!.bbox!.east - beside!.bbox!.west).toBeLessThan(40);
  });

  it('is the whole globe for a map of it', async () => {
    await tiff('globe.tif', {
      ...placed(-180, 90, 3.6, degrees),
      ModelPixelScale: [3.6, 3.6, 0],
    });
    expect((await of('globe.tif'))!.bbox).toEqual({ west: -180, south: -90, east: 180, north: 90 });
  });

  it('lies around the ground control points where it has no grid', async () => {
    const ties = [
      [0, 0, 179, 10],
      [99, 0, -179, 10],
      [50, 25, 180, 9.9],
      [0, 49, 179, 9],
      [99, 49, -179, 9],
    ].flatMap(([column, row, x, y]) => [column!, row!, 0, x!, y!, 0]);
    await write('gcp.tif', bareTiff({ 33922: ties, 34735: [1, 1, 0, 2, 1024, 0, 1, 2, 2048, 0, 1, 4326] }));
    const read = await of('gcp.tif');
    expect(read!.bbox).toEqual({ west: 179, south: 9, east: 181, north: 10 });
  });

  it('says which reference system it does not know, and guesses nothing', async () => {
    await tiff('lambert.tif', placed(600000, 6000000, 10, projected(2154)));
    expect(await of('lambert.tif')).toMatchObject({
      geometry: null,
      bbox: null,
      metaData: { crs: 'EPSG:2154', footprintProblem: expect.stringContaining('reference system') },
    });
    await tiff('nowhere.tif', placed(10, 500, 0.01, degrees));
    expect((await of('nowhere.tif'))!.metaData.footprintProblem).toMatch(/no places on the globe/);
  });

  it('has the time of its metadata, of its tag, or none', async () => {
    const time = { DateTime: '2019:10:14 10:00:00' };
    await tiff('tag.tif', { ...placed(10, 50, 0.01, degrees), ...time });
    expect(await of('tag.tif')).toMatchObject({
      dataStarted: '2019-10-14T10:00:00.000000Z',
      dataEnded: '2019-10-14T10:00:00.000000Z',
      metaData: { timeZone: 'none given, UTC assumed' },
    });
    await write('unplaced.tif', bareTiff({ 306: time.DateTime }));
    expect(await of('unplaced.tif')).toEqual({
      geometry: null,
      bbox: null,
      metaData: { width: 100, height: 50, bands: 1, localTime: '2019:10:14 10:00:00' },
    });
    const item = (name: string, value: string) => `<Item name="${name}">${value}</Item>`;
    const items = `${item('AREA_OR_POINT', 'Area')}${item('ACQUISITION_START', '2018-01-02T03:04:05Z')}${item('acquisition-end', '2018-01-02T03:04:06Z')}`;
    await write('gdal.tif', bareTiff({ 306: time.DateTime, 42112: `<GDALMetadata>${items}</GDALMetadata>` }));
    expect(await of('gdal.tif')).toMatchObject({
      dataStarted: '2018-01-02T03:04:05.000000Z',
      dataEnded: '2018-01-02T03:04:06.000000Z',
    });
  });

  it('takes a few bytes of a file of many', async () => {
    await tiff('large.tif', placed(10, 50, 0.01, degrees));
    await truncate(path.join(directory, 'large.tif'), 64 * 2 ** 30);
    expect((await of('large.tif'))!.bbox).toEqual({ west: 10, south: 49.5, east: 11, north: 50 });
  });
});

describe('the place and time of a photograph', () => {
  it('are those of its EXIF', async () => {
    await sample('extract-footprint/inputs/INPUT_IMAGE/sunset.jpg', 'sunset.jpg');
    expect(await of('sunset.jpg')).toEqual({
      geometry: { type: 'Point', coordinates: [-4.50846, 36.5974417] },
      bbox: { west: -4.50846, south: 36.5974417, east: -4.50846, north: 36.5974417 },
      dataStarted: '2017-10-27T06:38:52.000000Z',
      dataEnded: '2017-10-27T06:38:52.000000Z',
      sourceSensorClass: 'camera',
      sourceSensor: 'PENTAX K-3 II',
      metaData: {
        width: 900,
        height: 562,
        cameraMake: 'RICOH IMAGING COMPANY, LTD.',
        localTime: '2017:10:27 08:38:52',
        footprintFrom: 'exif',
      },
    });
  });

  it.each([
    ['with an offset', '+02:00', '2020-05-06T05:08:09.000000Z'],
    ['without one, which is a time of nowhere', undefined, undefined],
  ])('are told by the clock of the camera %s', async (_, offset, expected) => {
    await write('clock.jpg', jpegWithExif({ taken: '2020:05:06 07:08:09', offset }));
    const read = await of('clock.jpg');
    expect(read!.dataStarted).toBe(expected);
    expect(read!.metaData.localTime).toBe('2020:05:06 07:08:09');
  });
});

describe('the place of GeoJSON', () => {
  const square = polygon([0, 0], [1, 0], [1, 1], [0, 1], [0, 0]);

  it('is that of all features, whose properties are content', async () => {
    const feature = (geometry: unknown) => ({
      type: 'Feature',
      geometry,
      properties: { dataStarted: 'no time' },
    });
    await json('two.geojson', {
      type: 'FeatureCollection',
      features: [feature(square), feature({ type: 'Point', coordinates: [5, 5] })],
    });
    expect(await of('two.geojson')).toEqual({
      geometry: { type: 'GeometryCollection', geometries: [square, { type: 'Point', coordinates: [5, 5] }] },
      bbox: { west: 0, south: 0, east: 5, north: 5 },
      metaData: { features: 2, footprintFrom: 'geojson' },
    });
  });

  it('and of a single feature, with what it says of itself', async () => {
    await json('one.json', {
      type: 'Feature',
      geometry: square,
      properties: { dataStarted: '2019-10-14T00:00:00Z', name: 'x' },
    });
    expect(await of('one.json')).toMatchObject({
      geometry: square,
      dataStarted: '2019-10-14T00:00:00.000000Z',
      metaData: { name: 'x' },
    });
  });

  it('is a box where there are many positions', async () => {
    const features = Array.from({ length: 1500 }, (_, n) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [n / 1500, 0.5] },
      properties: null,
    }));
    await json('many.geojson', { type: 'FeatureCollection', features: [...features, features[0]] });
    const read = await of('many.geojson');
    expect((read!.geometry as Polygon).coordinates[0]).toHaveLength(5);
    expect(read!.metaData).toMatchObject({ features: 1501, positions: 1501, footprint: 'box' });
  });

  it('is none of other JSON', async () => {
    await json('other.json', { type: 'Circle', coordinates: [1, 2] });
    await write('broken.geojson', '{"type": "Feature", ');
    expect(await of('other.json')).toBeNull();
    expect(await of('broken.geojson')).toBeNull();
  });
});

describe('what lies beside a file', () => {
  const square = polygon([0, 0], [1, 0], [1, 1], [0, 1], [0, 0]);

  it('goes before what the file says, member by member', async () => {
    await sample('extract-footprint/inputs/INPUT_IMAGE/sunset.jpg', 'described.jpg');
    await json('described.jpg.metadata.json', {
      type: 'Feature',
      geometry: square,
      properties: { sourceSensor: 'better known', dataTypes: ['photo'], width: 'overruled' },
    });
    expect(await of('described.jpg')).toMatchObject({
      geometry: square,
      dataStarted: '2017-10-27T06:38:52.000000Z',
      sourceSensor: 'better known',
      sourceSensorClass: 'camera',
      dataTypes: ['photo'],
      metaData: { width: 'overruled', height: 562 },
    });
  });

  it('is not believed when it is no sidecar', async () => {
    await write('odd.bin', 'x');
    await json('odd.bin.metadata.json', {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [1, 95] },
    });
    expect(await of('odd.bin')).toBeNull();
  });

  it('may be a STAC item, if the file is one of its assets', async () => {
    const item = {
      stac_version: '1.0.0',
      type: 'Feature',
      id: 'scene-1',
      collection: 'sentinel-2-l2a',
      geometry: square,
      bbox: [0, 0, 1, 1],
      properties: {
        datetime: null,
        start_datetime: '2021-01-01T00:00:00Z',
        end_datetime: '2021-01-01T00:00:10Z',
        platform: 'sentinel-2a',
        instruments: ['msi'],
        'eo:cloud_cover': 7,
      },
      assets: { data: { href: 'https://example.com/a/scene.bin?x=1' } },
    };
    await write('scene.bin', 'x');
    await write('scene.dat', 'x');
    await json('scene.json', item);
    expect(await of('scene.bin')).toEqual({
      geometry: square,
      bbox: { west: 0, south: 0, east: 1, north: 1 },
      dataStarted: '2021-01-01T00:00:00.000000Z',
      dataEnded: '2021-01-01T00:00:10.000000Z',
      sourceSensor: 'msi',
      sourceSensorClass: 'sentinel-2a',
      sourceCollection: 'sentinel-2-l2a',
      metaData: { 'eo:cloud_cover': 7, stacItem: 'scene-1', footprintFrom: 'stac' },
    });
    expect(await of('scene.dat')).toBeNull();
  });

  it.each(['txt', 'json'])('may be a Landsat MTL (%s)', async (kind) => {
    const scene = `LC08_L1TP_232082_20${kind === 'txt' ? '13' : '14'}0511_20170504_01_T1`;
    const members = {
      LANDSAT_PRODUCT_ID: scene,
      SPACECRAFT_ID: 'LANDSAT_8',
      SENSOR_ID: 'OLI_TIRS',
      DATE_ACQUIRED: '2013-05-11',
      SCENE_CENTER_TIME: '14:30:00.1234560Z',
      CLOUD_COVER: '3.5',
      CORNER_UL_LAT_PRODUCT: '11.0',
      CORNER_UL_LON_PRODUCT: '179.0',
      CORNER_UR_LAT_PRODUCT: '11.0',
      CORNER_UR_LON_PRODUCT: '-179.0',
      CORNER_LL_LAT_PRODUCT: '9.0',
      CORNER_LL_LON_PRODUCT: '179.0',
      CORNER_LR_LAT_PRODUCT: '9.0',
      CORNER_LR_LON_PRODUCT: '-179.0',
    };
    const text = Object.entries(members).map(([name, value]) =>
      /^[\d.-]+$/.test(value) ? `    ${name} = ${value}` : `    ${name} = "${value}"`,
    );
    if (kind === 'txt')
      await write(`${scene}_MTL.txt`, `GROUP = L1\n${text.join('\r\n')}\nEND_GROUP = L1\nEND\n`);
    else await json(`${scene}_MTL.json`, { LANDSAT_METADATA_FILE: { PRODUCT_CONTENTS: members } });
    await write(`${scene}_B4.TIF`, 'no TIFF at all');
    expect(await of(`${scene}_B4.TIF`)).toMatchObject({
      bbox: { west: 179, south: 9, east: 181, north: 11 },
      dataStarted: '2013-05-11T14:30:00.123456Z',
      sourceSensor: 'OLI_TIRS',
      sourceCollection: 'LANDSAT_8',
      metaData: { landsatProduct: scene, cloudCover: 3.5, footprintFrom: 'landsat-mtl' },
    });
  });

  it.each([
    [
      'OGC',
      'PROJCS["WGS 84 / UTM zone 33N",GEOGCS["WGS 84",AUTHORITY["EPSG","4326"]],AUTHORITY["EPSG","32633"]]',
    ],
    ['ESRI', 'PROJCS["WGS_1984_UTM_Zone_33N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]],UNIT["Meter",1.0]]'],
  ])('may be a world file with the system in %s words', async (kind, wkt) => {
    await sample('invert-tile/inputs/TILE/olinda-landsat7_001_003.png', `${kind}.png`);
    await write(`${kind}.pgw`, '10\n0\n0\n-10\n500005\n5499995\n');
    await write(`${kind}.prj`, `${wkt}\n`);
    const read = await of(`${kind}.png`);
    expect(read!.metaData).toMatchObject({ crs: 'EPSG:32633', footprintFrom: 'world-file' });
    expect(read!.bbox!.west).toBeCloseTo(15, 6);
    // cs2cs: 500000 5500000
    expect(read!.bbox!.north).toBeCloseTo(49.6527, 3);
  });

  it('says nothing where a world file has no system', async () => {
    await sample('invert-tile/inputs/TILE/olinda-landsat7_001_003.png', 'alone.png');
    await write('alone.pgw', '10\n0\n0\n-10\n500005\n5499995\n');
    const read = await of('alone.png');
    expect(read!.geometry).toBeNull();
    expect(read!.metaData.footprintProblem).toMatch(/world file/);
  });
});

describe('odd files', () => {
  it('of nothing, of text and missing ones have no footprint', async () => {
    await write('empty.tif', '');
    await write('text.tif', 'II*\0 and then words');
    await write('notes.txt', 'words');
    expect(await of('empty.tif')).toBeNull();
    expect(await of('text.tif')).toBeNull();
    expect(await of('notes.txt')).toBeNull();
    expect(await of('missing.tif')).toBeNull();
  });

  it('cut off or spoiled anywhere never throw', async () => {
    await sample('image-tiles/inputs/INPUT_IMAGE/olinda-landsat7.tif', 'whole.tif');
    await sample('extract-footprint/inputs/INPUT_IMAGE/sunset.jpg', 'whole.jpg');
    let random = 7;
    const next = (below: number) => (random = (random * 48271) % 2147483647) % below;
    for (const whole of ['whole.tif', 'whole.jpg']) {
      const bytes = await readFile(path.join(directory, whole));
      for (let turn = 0; turn < 60; turn++) {
        const spoiled = Buffer.from(bytes.subarray(0, turn % 2 ? next(3000) : bytes.length));
        for (let n = 0; n < 8 && spoiled.length > 0; n++)
          spoiled[next(Math.min(spoiled.length, 600))] = next(256);
        await write(`spoiled${path.extname(whole)}`, spoiled);
        await expect(of(`spoiled${path.extname(whole)}`)).resolves.toBeDefined();
      }
    }
  });

  it('are not the same as a workspace that cannot be read', async () => {
    const gone = new HostWorkspace({ id: 2, name: 'gone', root: path.join(directory, 'notes.txt', 'below') });
    await write('real.tif', 'x');
    const broken = new Proxy(workspace, {
      get: (target, name) =>
        name === 'open'
          ? () => Promise.reject(new Error('connection lost'))
          : Reflect.get(target, name).bind(target),
    });
    await expect(footprintOf(broken, 'real.tif')).rejects.toThrow('connection lost');
    await expect(footprintOf(gone, 'real.tif')).rejects.toMatchObject({ error: 'workspace-unreachable' });
  });
});

/** The tags of a TIFF of 100 × 50 pixels that are not there. @param tags texts, doubles (33922) or shorts */
function bareTiff(tags: Readonly<Record<number, string | number[]>>): Buffer {
  const entries = Object.entries({ 256: [100], 257: [50], 258: [8], 277: [1], ...tags });
  const head = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  head.write('II*\0', 0, 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  const data: Buffer[] = [];
  let end = head.length;
  for (const [index, [tag, value]] of entries.entries()) {
    const [type, array] =
      typeof value === 'string'
        ? [2, Buffer.from(`${value}\0`)]
        : tag === '33922'
          ? [12, Buffer.from(new Float64Array(value).buffer)]
          : [3, Buffer.from(new Uint16Array(value).buffer)];
    const at = 10 + index * 12;
    head.writeUInt16LE(Number(tag), at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(value.length + (type === 2 ? 1 : 0), at + 4);
    if (array.length <= 4) array.copy(head, at + 8);
    else {
      head.writeUInt32LE(end, at + 8);
      data.push(array);
      end += array.length;
    }
  }
  return Buffer.concat([head, ...data]);
}

/** A JPEG of nothing but a block of EXIF with two times. */
function jpegWithExif({ taken, offset }: { taken: string; offset: string | undefined }): Buffer {
  const tags: [number, string][] = [[0x9003, `${taken}\0`]];
  if (offset) tags.push([0x9011, `${offset}\0`]);
  const entries = 26 + 2 + tags.length * 12 + 4;
  const block = Buffer.alloc(entries + 60);
  block.write('II*\0', 0, 'latin1');
  block.writeUInt32LE(8, 4);
  block.writeUInt16LE(1, 8);
  block.writeUInt16LE(0x8769, 10);
  block.writeUInt16LE(4, 12);
  block.writeUInt32LE(1, 14);
  block.writeUInt32LE(26, 18);
  block.writeUInt16LE(tags.length, 26);
  let end = entries;
  tags.forEach(([tag, text], index) => {
    const at = 28 + index * 12;
    block.writeUInt16LE(tag, at);
    block.writeUInt16LE(2, at + 2);
    block.writeUInt32LE(text.length, at + 4);
    block.writeUInt32LE(end, at + 8);
    block.write(text, end, 'latin1');
    end += text.length;
  });
  const length = Buffer.alloc(2);
  length.writeUInt16BE(block.length + 8);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1]);
  return Buffer.concat([head, length, Buffer.from('Exif\0\0'), block, Buffer.from([0xff, 0xd9])]);
}
