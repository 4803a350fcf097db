import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { writeArrayBuffer } from 'geotiff';
import sharp from 'sharp';
import { type TestApi, withApi } from '../../test/support/api.ts';

let api: TestApi;
withApi((started) => (api = started));

const samples = path.join(import.meta.dirname, '../../sample-jobs');
let uploads = 0;

async function add(bytes: Buffer): Promise<number> {
  const { json } = await api.send('POST', `files/?name=picture-${uploads++}`, bytes, {
    'Content-Type': 'application/octet-stream',
  });
  return json.id as number;
}
const sample = async (file: string) => add(await readFile(path.join(samples, file)));
const thumbnail = (id: number, query = '', headers = {}) =>
  api.send('GET', `files/${id}/thumbnail/${query}`, undefined, headers);

/** What a thumbnail shows: its sides, and its pixels as three bytes each. */
async function shown(id: number, query = '') {
  const answer = await thumbnail(id, query);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/png']);
  const { data, info } = await sharp(answer.body)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
  ];
  return { width: info.width, height: info.height, at };
}

type Numbers = typeof Uint8Array | typeof Uint16Array | typeof Int16Array | typeof Float32Array;

/** A TIFF of 400 × 200 pixels, whose bands rise from west to east. */
function rising(Kind: Numbers, bands: number, from: number, to: number): Buffer {
  const values = new Kind(400 * 200 * bands);
  for (let at = 0; at < values.length; at++)
    values[at] = from + ((Math.floor(at / bands) % 400) / 399) * (to - from) * ((at % bands) + 1);
  const bits = Kind.BYTES_PER_ELEMENT * 8;
  const format = Kind === Float32Array ? 3 : Kind === Int16Array ? 2 : 1;
  const metadata = {
    width: 400,
    height: 200,
    SamplesPerPixel: bands,
    BitsPerSample: Array(bands).fill(bits),
    SampleFormat: Array(bands).fill(format),
    PhotometricInterpretation: 1,
    ...(bands > 1 && { ExtraSamples: Array(bands - 1).fill(0) }),
  };
  // The writer knows no signed numbers; their bits are the same.
  const bitsOf = values instanceof Int16Array ? new Uint16Array(values.buffer) : values;
  return Buffer.from(writeArrayBuffer(bitsOf as never, metadata as never) as ArrayBuffer);
}

describe('the thumbnail of a picture', () => {
  it.each([
    ['a JPEG', 'extract-footprint/inputs/INPUT_IMAGE/sunset.jpg', 256, 160],
    ['a TIFF of three bands', 'image-tiles/inputs/INPUT_IMAGE/olinda-landsat7.tif', 254, 256],
    [
      'a PNG that is small enough',
      'invert-tile/inputs/TILE/olinda-landsat7_001_003.png',
      undefined,
      undefined,
    ],
  ])('is that of %s', async (_, file, width, height) => {
    const small = await shown(await sample(file));
    const { width: w, height: h } = await sharp(path.join(samples, file)).metadata();
    expect([small.width, small.height]).toEqual([width ?? w, height ?? h]);
  });

  it('looks like it', async () => {
    const file = 'image-tiles/inputs/INPUT_IMAGE/olinda-landsat7.tif';
    const small = await shown(await sample(file), '?size=32');
    const { data } = await sharp(path.join(samples, file))
      .removeAlpha()
      .resize(32, 32, { fit: 'fill' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    let off = 0;
    for (let y = 0; y < 32; y++)
      for (let x = 0; x < 32; x++)
        small
          .at(Math.min(x, small.width - 1), y)
          .forEach((value, band) => (off += Math.abs(value - data[(y * 32 + x) * 3 + band]!)));
    expect(off / (32 * 32 * 3)).toBeLessThan(25);
  });

  it.each<[string, Numbers, number, number, number]>([
    ['one band of 16 bits', Uint16Array, 1, 300, 1200],
    ['one band with a sign', Int16Array, 1, -500, 900],
    ['one band of fractions', Float32Array, 1, 0.1, 0.4],
    ['four bands of 16 bits', Uint16Array, 4, 100, 3000],
    ['seven bands of fractions', Float32Array, 7, 0.1, 0.4],
    ['seven bands of bytes', Uint8Array, 7, 0, 30],
  ])('of %s can be seen', async (_, Kind, bands, from, to) => {
    const small = await shown(await add(rising(Kind, bands, from, to)));
    expect([small.width, small.height]).toEqual([256, 128]);
    const [west, middle, east] = [small.at(2, 64), small.at(128, 64), small.at(253, 64)];
    const isStretched = Kind !== Uint8Array;
    for (let band = 0; band < 3; band++) {
      expect(west[band]).toBeLessThan(isStretched ? 15 : 3);
      expect(middle[band]).toBeGreaterThan(west[band]!);
      expect(east[band]).toBeGreaterThan(isStretched ? 240 : middle[band]!);
    }
  });

  it('of a PNG of 16 bits can be seen', async () => {
    const raw = Uint16Array.from({ length: 400 * 100 }, (_, at) => 1000 + (at % 400));
    const png = await sharp(raw, { raw: { width: 400, height: 100, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    const small = await shown(await add(png));
    expect(small.at(2, 30)[0]).toBeLessThan(15);
    expect(small.at(253, 30)[0]).toBeGreaterThan(240);
  });

  it('is made once for a content and size', async () => {
    const id = await sample('extract-footprint/inputs/INPUT_IMAGE/sunset.jpg');
    await rm(path.join(api.home, 'thumbnails'), { recursive: true, force: true });
    const all = await Promise.all([1, 2, 3, 4].map(() => thumbnail(id, '?size=64')));
    expect(new Set(all.map((answer) => answer.body.toString('base64'))).size).toBe(1);
    const again = await sample('extract-footprint/inputs/INPUT_IMAGE/sunset.jpg');
    expect((await thumbnail(again, '?size=64')).body).toEqual(all[0]!.body);
    expect(await readdir(path.join(api.home, 'thumbnails'))).toHaveLength(1);
    const { etag } = all[0]!.headers;
    expect((await thumbnail(id, '?size=64', { 'If-None-Match': etag as string })).status).toBe(304);
    expect((await thumbnail(id, '?size=65', { 'If-None-Match': etag as string })).status).toBe(200);
  });

  it('is refused where there is no picture, by name', async () => {
    const text = await thumbnail(await add(Buffer.from('words')));
    expect(text).toMatchObject({ status: 415, json: { code: 'SB1260' } });
    const svg = await thumbnail(await add(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')));
    expect(svg.status).toBe(415);
    const broken = await readFile(path.join(samples, 'image-tiles/inputs/INPUT_IMAGE/olinda-landsat7.tif'));
    expect((await thumbnail(await add(broken.subarray(0, 2000)))).status).toBe(415);
    expect((await thumbnail(await add(Buffer.from('II*\0')))).status).toBe(415);
    expect((await thumbnail(999_999)).status).toBe(404);
    expect((await thumbnail(await add(Buffer.from('words')), '?size=100000')).status).toBe(400);
  });

  it('is refused for a bomb, before it is decoded', async () => {
    const bomb = await thumbnail(await add(pngOf(60_000, 60_000)));
    expect(bomb).toMatchObject({ status: 413, json: { code: 'SB1261' } });
    const wide = await thumbnail(await add(tiffOf(1_000_000, 1_000_000)));
    expect(wide).toMatchObject({ status: 413, json: { code: 'SB1261' } });
    const webp = await thumbnail(await add(webpOf(16_383, 16_383)));
    expect(webp).toMatchObject({ status: 413, json: { code: 'SB1261' } });
    expect(await shown(await add(webpOf(300, 150)))).toMatchObject({ width: 256, height: 128 });
  });
});

/** The beginning of a PNG of so many pixels, all of them nothing. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

/** A whole WebP of one colour, without loss: five codes of one symbol each, and no bit for any pixel. */
function webpOf(width: number, height: number): Buffer {
  const code = [1, 0, 0, 0];
  const fields: [value: number, bits: number][] = [
    [0x2f, 8],
    [width - 1, 14],
    [height - 1, 14],
    ...[0, 0, 0, 0, 0, 0, 0, ...code, ...code, ...code, ...code, ...code].map((bit): [number, number] => [
      bit,
      1,
    ]),
  ];
  const bits = fields.flatMap(([value, count]) =>
    Array.from({ length: count }, (_, at) => (value >> at) & 1),
  );
  const data = Buffer.alloc(Math.ceil(bits.length / 16) * 2);
  bits.forEach((bit, at) => (data[at >> 3]! |= bit << (at & 7)));
  const head = Buffer.from('RIFF....WEBPVP8L....', 'latin1');
  head.writeUInt32LE(12 + data.length, 4);
  head.writeUInt32LE(data.length, 16);
  return Buffer.concat([head, data]);
}

/** A TIFF of grey bytes that says that it has so many pixels, in one strip of nothing. */
function tiffOf(width: number, height: number): Buffer {
  const tags = [
    [256, width],
    [257, height],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 0],
    [277, 1],
    [278, height],
    [279, 100],
  ];
  const bytes = Buffer.alloc(10 + tags.length * 12 + 4);
  bytes.write('II*\0', 0, 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(tags.length, 8);
  tags.forEach(([tag, value], index) => {
    bytes.writeUInt16LE(tag!, 10 + index * 12);
    bytes.writeUInt16LE(4, 12 + index * 12);
    bytes.writeUInt32LE(1, 14 + index * 12);
    bytes.writeUInt32LE(value!, 18 + index * 12);
  });
  return bytes;
}
