import type { GeoTIFF, GeoTIFFImage } from 'geotiff';
import type { Pixels } from './pixels.ts';

/** A picture that takes too much to be made small. */
export class TooLarge extends Error {}

/** Pixels of the image that is read: what is larger needs overviews. */
const mostPixels = 2 ** 25;
/** Numbers that are decoded at once: a row of tiles, of the bands that are shown. */
const mostAtOnce = 2 ** 25;
const mostOverviews = 16;
const mostBands = 4096;

/**
 * A TIFF of any kind of number and bands, made small by taking some of its pixels: those of the smallest overview that is
 * large enough, row by row of its tiles. The first three bands are red, green and blue; with fewer, the first one is grey.
 * @param size longest side, pixels
 * @param check throws when it has taken too long
 * @throws TooLarge
 */
export async function tiffPixels(tiff: GeoTIFF, size: number, check: () => void): Promise<Pixels> {
  const full = await tiff.getImage(0);
  const image = await smallest(tiff, full, size);
  const [from, down] = [image.getWidth(), image.getHeight()];
  if (!(from >= 1 && down >= 1)) throw new Error('it has no pixels');
  if (from * down > mostPixels) throw new TooLarge(`it has ${from} x ${down} pixels and no overview`);
  const count = image.getSamplesPerPixel();
  if (count > mostBands) throw new TooLarge(`it has ${count} bands`);
  const bands = count >= 3 ? 3 : 1;
  // Where bands stand side by side, all of them are decoded.
  if (from * image.getBlockHeight(0) * count > mostAtOnce) throw new TooLarge('its tiles are too large');
  const scale = Math.min(1, size / Math.max(from, down));
  const [width, height] = [Math.max(1, Math.round(from * scale)), Math.max(1, Math.round(down * scale))];
  const values = new Float32Array(width * height * bands);
  const rows = Array.from({ length: height }, (_, row) => Math.floor(((row + 0.5) * down) / height));
  const block = image.getTileHeight();
  for (let row = 0; row < height;) {
    check();
    const end = rows.findIndex(
      (one, at) => at > row && Math.floor(one / block) > Math.floor(rows[row]! / block),
    );
    const last = (end < 0 ? height : end) - 1;
    const window = [0, rows[row]!, from, rows[last]! + 1];
    const samples = Array.from({ length: bands }, (_, band) => band);
    const read = (await image.readRasters({ window, samples })) as unknown as ArrayLike<number>[];
    for (let y = row; y <= last; y++)
      for (let x = 0; x < width; x++) {
        const source = (rows[y]! - rows[row]!) * from + Math.floor(((x + 0.5) * from) / width);
        for (let band = 0; band < bands; band++)
          values[(y * width + x) * bands + band] = read[band]![source]!;
      }
    row = last + 1;
  }
  const nothing = full.getGDALNoData();
  return { width, height, bands, values, nothing: nothing ?? undefined };
}

/** The smallest of a file's images that is the first one at another scale, and not below `size`. */
async function smallest(tiff: GeoTIFF, full: GeoTIFFImage, size: number): Promise<GeoTIFFImage> {
  let best = full;
  for (let index = 1; index <= mostOverviews; index++) {
    const image = await tiff.getImage(index).catch(() => undefined);
    if (!image) break;
    const isMask = image.getSamplesPerPixel() !== full.getSamplesPerPixel();
    const ratio = (image.getWidth() / image.getHeight()) * (full.getHeight() / full.getWidth());
    const side = Math.max(image.getWidth(), image.getHeight());
    const isOverview = !isMask && Math.abs(ratio - 1) < 0.05;
    if (isOverview && side >= size && side < Math.max(best.getWidth(), best.getHeight())) best = image;
  }
  return best;
}
