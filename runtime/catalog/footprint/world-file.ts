import type { Finding } from './finding.ts';
import { type Affine, outline } from './outline.ts';
import { projectionOf } from './projection.ts';

/** The six lines of a world file; they place the middle of the first pixel. @returns undefined for other text */
export function readWorldFile(text: string): Affine | undefined {
  const lines = text.trim().split(/\s+/).map(Number);
  if (lines.length !== 6 || !lines.every(Number.isFinite)) return undefined;
  const [xc, yc, xr, yr, x, y] = lines as [number, number, number, number, number, number];
  return [x - (xc + xr) / 2, xc, xr, y - (yc + yr) / 2, yc, yr];
}

/** The code of EPSG that well-known text of a reference system names, in OGC's words or ESRI's. */
export function codeOfWkt(wkt: string): number | undefined {
  const text = wkt.trim();
  const outermost = /(?:AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(\d{4,6})"?\s*\]\s*\]\s*$/i.exec(text);
  if (outermost) return Number(outermost[1]);
  const name = /^(PROJCS|PROJCRS|GEOGCS|GEOGCRS|GEODCRS)\s*\[\s*"([^"]*)"/i
    .exec(text)?.[2]
    ?.replace(/[\s/]+/g, '_');
  if (name === undefined) return undefined;
  const zone = /^(WGS_?(?:19)?84|ETRS_?(?:19)?89|NAD_?(?:19)?83)_UTM_zone_(\d{1,2})_?([NS])$/i.exec(name);
  if (zone) return utmCode(zone[1]!, Number(zone[2]), /s/i.test(zone[3]!));
  if (/^WGS_1984_Web_Mercator/i.test(name) || /^WGS_84_Pseudo-Mercator$/i.test(name)) return 3857;
  if (/^(GCS_WGS_1984|WGS_?84)$/i.test(name)) return 4326;
  return undefined;
}

function utmCode(datum: string, zone: number, south: boolean): number | undefined {
  if (zone < 1 || zone > 60) return undefined;
  if (/^wgs/i.test(datum)) return (south ? 32700 : 32600) + zone;
  return south ? undefined : (/^etrs/i.test(datum) ? 25800 : 26900) + zone;
}

/** Where an image lies by its world file. @param epsg undefined: nothing names its reference system */
export function placeByWorldFile(
  affine: Affine,
  { width, height }: { readonly width: number; readonly height: number },
  epsg: number | undefined,
): Finding {
  const projection = epsg === undefined ? undefined : projectionOf(epsg);
  const geometry = projection && outline(affine, width, height, projection);
  return {
    from: 'world-file',
    geometry,
    metaData: geometry
      ? { crs: `EPSG:${epsg}` }
      : {
          footprintProblem: 'a world file places it, and nothing names a reference system that is known here',
        },
  };
}
