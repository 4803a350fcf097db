import { findUnstorable } from '../../../seed-schema/json/storable.ts';
import { joinSignals } from '../../signals/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { FileMetadata } from '../metadata.ts';
import { type CompanionPlace, Companions } from './companions.ts';
import { readExif } from './exif.ts';
import { combine, type Finding } from './finding.ts';
import { readGeojson } from './geojson.ts';
import { readGeotiff } from './geotiff.ts';
import { imageSize } from './image-size.ts';
import { readMtl } from './landsat.ts';
import { FileReader, RangeReader } from './reader.ts';

/** Milliseconds for one file; what is known by then is taken. */
const longest = 20_000;

/** Where the companions of a file were left. */
export interface LeftBehind {
  readonly workspace: Workspace;
  /** Each with a slash at its end; '' is the root. */
  readonly directories: readonly string[];
}

/**
 * Where and when a file's data are from, by what it and the files beside it say: `<file>.metadata.json`, a STAC item,
 * Landsat's MTL, the tags of a GeoTIFF, EXIF, GeoJSON, a world file. No pixels are read, at most 32 MiB of anything, and
 * for at most 20 s. Odd content is as if it were not there.
 * @param left where files beside it were left when it was moved
 * @returns null when nothing is known
 * @throws what the workspace throws when it cannot be read
 */
export async function footprintOf(
  workspace: Workspace,
  path: string,
  left?: LeftBehind,
): Promise<FileMetadata | null> {
  const { signal, release } = joinSignals([], longest);
  const reader = new RangeReader(workspace, signal);
  try {
    const beside = left && new RangeReader(left.workspace, signal);
    const others = beside ? left.directories.map((directory) => ({ reader: beside, directory })) : [];
    const found = await findings(reader, path, others);
    const failure = reader.failure ?? beside?.failure;
    if (failure) throw failure;
    return combine(found);
  } finally {
    release();
  }
}

async function findings(
  reader: RangeReader,
  path: string,
  others: readonly CompanionPlace[],
): Promise<Finding[]> {
  const size = await reader.size(path);
  if (size === undefined || size === 0) return [];
  const file = new FileReader(reader, path, size);
  const beside = new Companions(reader, path, others);
  const described = [
    await quietly(() => beside.seed()),
    await quietly(() => beside.stac()),
    await quietly(() => beside.landsat()),
  ];
  const own = await ofItself(file, beside);
  return [...described, ...own].filter(
    (finding) => finding !== undefined && !findUnstorable(finding),
  ) as Finding[];
}

async function ofItself(file: FileReader, beside: Companions): Promise<(Finding | undefined)[]> {
  const name = file.path.toLowerCase();
  if (/\.(geo)?json$/.test(name)) return [await quietly(() => readGeojson(file))];
  if (name.endsWith('_mtl.txt'))
    return [await quietly(async () => readMtl(String(await file.whole(2 ** 22))))];
  const head = (await quietly(() => file.head())) ?? Buffer.alloc(0);
  const kind = kindOf(head);
  if (kind === undefined) return [];
  const raster = kind === 'tiff' ? await quietly(() => readGeotiff(file)) : undefined;
  const exif = await quietly(() => readExif(file));
  const pixels = raster ?? imageSize(head);
  const isPlaced = raster?.finding.geometry;
  const world = pixels && !isPlaced ? await quietly(() => beside.worldFile(pixels, raster?.epsg)) : undefined;
  const size: Finding | undefined =
    pixels && !raster ? { from: kind, metaData: { width: pixels.width, height: pixels.height } } : undefined;
  return [raster?.finding, exif, world, size].filter((one) => one !== undefined);
}

/** By its first bytes; names lie. */
function kindOf(head: Buffer): 'tiff' | 'image' | undefined {
  const start = head.toString('latin1', 0, 12);
  if (/^(II[*+]\0|MM\0[*+])/.test(start)) return 'tiff';
  return /^(\xff\xd8\xff|\x89PNG)|^....ftyp(heic|heix|mif1|avif|msf1)/s.test(start) ? 'image' : undefined;
}

/** Odd content says nothing; that the workspace could not be read is kept in the reader. */
async function quietly<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}
