import type { Finding } from './finding.ts';
import { dataTimes } from './finding.ts';
import { type Affine, areaOf, outline } from './outline.ts';
import { hull } from './hull.ts';
import { type Projection, projectionOf } from './projection.ts';
import type { FileReader } from './reader.ts';
import { openTiff } from './tiff-source.ts';
import { between, type Span, spanOf } from './times.ts';

/** What a raster says of itself, and what others need to place it. */
export interface Raster {
  readonly finding: Finding;
  readonly width: number;
  readonly height: number;
  /** Its own reference system, if it names one. */
  readonly epsg: number | undefined;
}

type Tags = Awaited<ReturnType<typeof open>>['fileDirectory'];
type GeoKeys = Readonly<Record<string, unknown>>;

/** GDAL's names (in any case, without marks) for when something was taken. */
const starts =
  /^(acquisition(date|time|datetime|start|starttime)|dateacquired|acquired|datetime|sensingtime|sensingstart|starttime|timestart|idatim|nitfidatim|nitfstdidcacquisitiondate|productstarttime|datatake1datatakesensingstart)$/;
const ends = /^(acquisition(end|endtime)|sensingend|sensingstop|endtime|timeend|productstoptime)$/;

/** The area and time of a GeoTIFF's first image, by its tags; no pixel is read. @throws for what is no TIFF */
export async function readGeotiff(file: FileReader): Promise<Raster> {
  const image = await open(file);
  const tags = image.fileDirectory;
  const [width, height] = [image.getWidth(), image.getHeight()];
  const keys: GeoKeys = (image.getGeoKeys() as GeoKeys | null) ?? {};
  const epsg = epsgOf(keys);
  const projection = epsg === undefined ? undefined : projectionOf(epsg);
  const placed = await place(tags, keys, projection, width, height);
  const items = await gdalItems(image);
  const span = await timeOf(tags, items, placed.isPlaced);
  return {
    width,
    height,
    epsg,
    finding: {
      from: 'geotiff',
      geometry: placed.geometry,
      ...dataTimes(span),
      metaData: {
        width,
        height,
        bands: image.getSamplesPerPixel(),
        ...(placed.isPlaced && { crs: nameOf(keys, epsg) }),
        ...(placed.isPlaced && !placed.geometry && { footprintProblem: problemOf(projection) }),
        ...(span?.assumed && { timeZone: 'none given, UTC assumed' }),
        ...(!span && (await localTime(tags))),
      },
    },
  };
}

async function open(file: FileReader) {
  return (await openTiff(file.size, (start, length) => file.read(start, length))).getImage(0);
}

/** 32767 is "user defined". */
function epsgOf(keys: GeoKeys): number | undefined {
  const projected = keys.ProjectedCSTypeGeoKey;
  const code =
    keys.GTModelTypeGeoKey === 2 || projected === undefined ? keys.GeographicTypeGeoKey : projected;
  return typeof code === 'number' && code > 0 && code !== 32767 ? code : undefined;
}

function nameOf(keys: GeoKeys, epsg: number | undefined): string {
  const citation = keys.GTCitationGeoKey ?? keys.PCSCitationGeoKey ?? keys.GeogCitationGeoKey;
  return epsg === undefined ? String(citation ?? 'unknown').slice(0, 500) : `EPSG:${epsg}`;
}

function problemOf(projection: Projection | undefined): string {
  return projection
    ? 'its corners are no places on the globe'
    : 'its reference system is not known here; describe it in a sidecar';
}

async function place(
  tags: Tags,
  keys: GeoKeys,
  projection: Projection | undefined,
  width: number,
  height: number,
): Promise<{ geometry?: Finding['geometry']; isPlaced: boolean }> {
  const ties = numbers(await load(tags, 33922, 60_000));
  const scale = numbers(await load(tags, 33550, 3));
  const matrix = numbers(await load(tags, 34264, 16));
  const affine = affineOf(ties, scale, matrix);
  if (affine) {
    const shift = keys.GTRasterTypeGeoKey === 2 ? -0.5 : 0;
    const geometry = projection && outline(shifted(affine, shift), width, height, projection);
    return { geometry, isPlaced: true };
  }
  if (ties.length < 18) return { isPlaced: false };
  if (!projection) return { isPlaced: true };
  const points = Array.from({ length: Math.floor(ties.length / 6) }, (_, index) =>
    projection.inverse(ties[index * 6 + 3]!, ties[index * 6 + 4]!),
  );
  return { geometry: areaOf(hull(points)), isPlaced: true };
}

function affineOf(ties: number[], scale: number[], matrix: number[]): Affine | undefined {
  if (matrix.length >= 8) return [matrix[3]!, matrix[0]!, matrix[1]!, matrix[7]!, matrix[4]!, matrix[5]!];
  const [sx, sy] = scale;
  if (ties.length < 6 || !sx || !sy) return undefined;
  const [column, row, , x, y] = ties as [number, number, number, number, number];
  return [x - column * sx, sx, 0, y + row * sy, 0, -sy];
}

/** Where the ties are of the middles of pixels, corners lie half a pixel further. */
function shifted([x, xc, xr, y, yc, yr]: Affine, by: number): Affine {
  return [x + by * (xc + xr), xc, xr, y + by * (yc + yr), yc, yr];
}

async function load(tags: Tags, tag: number, most: number): Promise<unknown> {
  if (!tags.hasTag(tag)) return undefined;
  const value: unknown = await tags.loadValue(tag);
  return ((value as ArrayLike<unknown> | undefined)?.length ?? 0) > most ? undefined : value;
}

function numbers(value: unknown): number[] {
  const list = typeof value === 'object' && value !== null ? Array.from(value as ArrayLike<number>) : [];
  return list.every(Number.isFinite) ? list : [];
}

async function gdalItems(image: Awaited<ReturnType<typeof open>>): Promise<[string, string][]> {
  try {
    const items = (await image.getGDALMetadata(null)) ?? {};
    return Object.entries(items).filter((item): item is [string, string] => typeof item[1] === 'string');
  } catch {
    return [];
  }
}

/** An image without a place is a photograph: its clock showed whatever its owner set, so nothing is assumed of it. */
async function timeOf(tags: Tags, items: [string, string][], isPlaced: boolean): Promise<Span | undefined> {
  const named = (pattern: RegExp) =>
    items
      .filter(([name]) => pattern.test(name.toLowerCase().replace(/[^a-z0-9]/g, '')))
      .map(([, value]) => spanOf(value))
      .find((span) => span !== undefined);
  const span = between(named(starts), named(ends)) ?? spanOf(await text(tags, 306));
  return span?.assumed && !isPlaced ? undefined : span;
}

async function localTime(tags: Tags): Promise<{ localTime?: string }> {
  const tag = await text(tags, 306);
  return tag ? { localTime: tag } : {};
}

async function text(tags: Tags, tag: number): Promise<string | undefined> {
  const value = await load(tags, tag, 100);
  return typeof value === 'string' ? value.replace(/\0[^]*$/, '').trim() || undefined : undefined;
}
