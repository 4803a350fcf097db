import type { Readable } from 'node:stream';
import type { Metadata } from 'sharp';
import { openTiff } from '../../catalog/footprint/tiff-source.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { type Pixels, stretched } from './pixels.ts';
import { TooLarge, tiffPixels } from './tiff-pixels.ts';

/** Bytes of a file that is decoded as a whole. */
const mostBytes = 64 * 2 ** 20;
/** Pixels of one that is decoded by rows, and of one that must be held in memory as a whole. */
const mostPixels = 2 ** 28;
const mostPixelsAtOnce = 2 ** 26;
const mostSeconds = 20;

export interface Picture {
  /** `scale_file.id`, for messages. */
  readonly id: number;
  /** Bytes. */
  readonly size: number;
  /** Both ends included. */
  readonly read: (start: number, end: number) => Promise<Readable>;
}

type Sharp = typeof import('sharp').default;
type Kind = 'tiff' | 'png' | 'jpeg' | 'webp' | 'gif';

/**
 * A small PNG of a picture.
 * @param side its longest side at most, pixels; small pictures stay as they are
 * @throws no-picture, picture-too-large, no-thumbnails
 */
export async function makeThumbnail(picture: Picture, side: number): Promise<Buffer> {
  const deadline = Date.now() + mostSeconds * 1000;
  const kind = kindOf(await bytesOf(picture, 0, 12));
  if (!kind) throw new SeedbedError('no-picture', { file: picture.id, reason: 'its content is none' });
  const sharp = await loadSharp();
  try {
    return kind === 'tiff'
      ? await ofTiff(sharp, picture, side, deadline)
      : await ofOther(sharp, await whole(picture), kind, side);
  } catch (thrown) {
    const reason = reasonOf(thrown).split('\n', 1)[0]!.slice(0, 200);
    if (thrown instanceof TooLarge || /pixel limit|timeout/i.test(reason))
      throw new SeedbedError('picture-too-large', { file: picture.id, reason }, { cause: thrown });
    throw new SeedbedError('no-picture', { file: picture.id, reason }, { cause: thrown });
  }
}

/** By the first bytes: what the catalogue says of a file may be wrong, and other formats are never given to a decoder. */
function kindOf(head: Buffer): Kind | undefined {
  const text = head.toString('latin1');
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return 'tiff';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (/^RIFF[^]{4}WEBP/.test(text)) return 'webp';
  return /^GIF8[79]a/.test(text) ? 'gif' : undefined;
}

/** sharp is an optional package: there are machines without a build of it. */
async function loadSharp(): Promise<Sharp> {
  try {
    const { default: sharp } = await import('sharp');
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  } catch (thrown) {
    throw new SeedbedError(
      'no-thumbnails',
      { reason: 'the package sharp is not installed' },
      { cause: thrown },
    );
  }
}

async function ofOther(sharp: Sharp, bytes: Buffer, kind: Kind, side: number): Promise<Buffer> {
  const input = { limitInputPixels: mostPixels, failOn: 'error' as const };
  const metadata = await sharp(bytes, input).metadata();
  if (metadata.format !== kind) throw new Error(`it is no ${kind}`);
  refuseLarge(metadata, kind);
  const small = sharp(bytes, input)
    .rotate()
    .timeout({ seconds: mostSeconds })
    .resize(side, side, { fit: 'inside', withoutEnlargement: true });
  if (metadata.depth !== 'ushort') return small.png().toBuffer();
  const channels = metadata.channels >= 3 ? 3 : 1;
  const { data, info } = await small
    .toColourspace(channels === 3 ? 'rgb16' : 'grey16')
    .removeAlpha()
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const values = Float32Array.from(new Uint16Array(data.buffer, data.byteOffset, data.length / 2));
  return encode(sharp, { width: info.width, height: info.height, bands: info.channels, values }, true);
}

/** WebP and GIF are held as a whole, and 28 bytes of WebP may be 16383 x 16383 pixels: 1 GiB. */
function refuseLarge({ width, height, isProgressive = false }: Metadata, kind: Kind): void {
  const isWhole = isProgressive || kind === 'webp' || kind === 'gif';
  const most = isWhole ? mostPixelsAtOnce : mostPixels;
  if (width * height > most) throw new TooLarge(`it has ${width} x ${height} pixels`);
}

async function ofTiff(sharp: Sharp, picture: Picture, side: number, deadline: number): Promise<Buffer> {
  const tiff = await openTiff(picture.size, inBlocks(picture));
  const image = await tiff.getImage(0);
  const pixels = await tiffPixels(tiff, side, () => {
    if (Date.now() > deadline) throw new TooLarge(`it took longer than ${mostSeconds} s`);
  });
  const isPlain = image.getBitsPerSample(0) === 8 && image.getSampleFormat(0) === 1;
  return encode(sharp, pixels, !isPlain);
}

function encode(sharp: Sharp, pixels: Pixels, isStretched: boolean): Promise<Buffer> {
  const { width, height, bands, values } = pixels;
  const bytes = isStretched ? stretched(pixels) : Buffer.from(values);
  return sharp(bytes, { raw: { width, height, channels: bands as 1 | 3 } })
    .png()
    .toBuffer();
}

async function whole(picture: Picture): Promise<Buffer> {
  if (picture.size > mostBytes) throw new TooLarge(`it has ${picture.size} bytes`);
  return bytesOf(picture, 0, picture.size);
}

/** Bytes that are read ahead: strips of one row of pixels are many and small. */
const blockBytes = 2 ** 20;

/** Reads one after the other, and not twice what the last read had. */
function inBlocks(picture: Picture): (start: number, length: number) => Promise<Buffer> {
  let first = 0;
  let block: Buffer = Buffer.alloc(0);
  let before: Promise<unknown> = Promise.resolve();
  const read = async (start: number, length: number) => {
    const wanted = Math.max(0, Math.min(length, picture.size - start));
    if (start < first || start + wanted > first + block.length) {
      block = await bytesOf(picture, start, Math.max(wanted, blockBytes));
      first = start;
    }
    return block.subarray(start - first, start - first + wanted);
  };
  return (start, length) => {
    const next = before.then(() => read(start, length));
    before = next.catch(() => undefined);
    return next;
  };
}

/** Fewer at the end of the file. @throws TooLarge */
async function bytesOf({ size, read }: Picture, start: number, length: number): Promise<Buffer> {
  const end = Math.min(size, start + length);
  if (!(end - start <= mostBytes)) throw new TooLarge(`${length} bytes of it are one piece`);
  if (end <= start) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  for await (const chunk of await read(start, end - 1)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
