import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { IngestWorld } from './ingest-engine-world.ts';

const scene = 'LC08_L1TP_232082_20130511_20170504_01_T1';
const square = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ],
  ],
};
const corners = Object.entries({ UL: [11, 20], UR: [11, 22], LL: [9, 20], LR: [9, 22] }).flatMap(
  ([corner, [lat, lon]]) => [
    `CORNER_${corner}_LAT_PRODUCT = ${lat}`,
    `CORNER_${corner}_LON_PRODUCT = ${lon}`,
  ],
);
const texts = {
  'scene.bin': 'x',
  'scene.json': JSON.stringify({
    ...{ stac_version: '1.0.0', type: 'Feature', id: 'scene-1', geometry: square, bbox: [0, 0, 1, 1] },
    ...{ properties: { datetime: '2021-01-01T00:00:00Z' }, assets: { data: { href: './scene.bin' } } },
  }),
  [`${scene}_B4.TIF`]: 'no TIFF at all',
  [`${scene}_MTL.txt`]: `GROUP = L1\nSPACECRAFT_ID = "LANDSAT_8"\nLANDSAT_PRODUCT_ID = "${scene}"\n${corners.join('\n')}\nEND_GROUP = L1\nEND\n`,
  'tile.pgw': '10\n0\n0\n-10\n500005\n5499995\n',
  'tile.prj': 'PROJCS["WGS 84 / UTM zone 33N",GEOGCS["WGS 84"],AUTHORITY["EPSG","32633"]]\n',
  'own.dat': 'y',
  'own.dat.metadata.json': JSON.stringify({ type: 'Feature', geometry: square, properties: {} }),
};
const tile = path.join(
  import.meta.dirname,
  '../../sample-jobs/invert-tile/inputs/TILE/olinda-landsat7_001_003.png',
);

/** Which of the files are described by others, for rules that leave those behind. */
export const described = '.*\\.(bin|TIF|png|dat)$';

/** Files that say nothing of themselves, and beside each what describes it. @returns by what each is described */
export async function writeDescribed(directory: string): Promise<Record<string, string | null>> {
  // Those that describe come first, as a careful sender has it.
  for (const [name, text] of Object.entries(texts).reverse())
    await writeFile(path.join(directory, name), text);
  await copyFile(tile, path.join(directory, 'tile.png'));
  return {
    'scene.bin': 'stac',
    [`${scene}_B4.TIF`]: 'landsat-mtl',
    'tile.png': 'world-file',
    'own.dat': null,
  };
}

/** By what the catalogued files of a world are described; null: by themselves, or a sidecar of Seed's. */
export async function describedBy(world: IngestWorld): Promise<Record<string, string | null>> {
  const rows = await world.db.query<{ file_name: string; by: string | null }>(
    `select file_name, meta_data ->> 'footprintFrom' as by from scale_file where geometry is not null`,
  );
  return Object.fromEntries(rows.map(({ file_name, by }) => [file_name, by]));
}
