import type { Geometry } from 'geojson';
import type { BoundingBox } from '../metadata.ts';
import { withPoles } from './around-pole.ts';
import { partsOf } from './geometry.ts';
import { JsonProblem } from './json-text.ts';

/**
 * The box of a geometry; across the antimeridian its east is beyond 180. It crosses there when the document's own `bbox`
 * says so (its west is greater than its east, RFC 7946, section 5.2), when parts are cut at ±180 (section 3.1.9), or when
 * longitudes go beyond ±180.
 * A ring around a pole (see `withPoles`) has all longitudes and that pole.
 * @param geometry null: the document's box alone
 * @param bbox of the document: 4 or 6 numbers
 * @returns null when there is neither
 * @throws JsonProblem for a bbox that is none
 */
export function boundingBox(geometry: Geometry | null, bbox?: unknown): BoundingBox | null {
  const stated = bbox === undefined || bbox === null ? undefined : readBox(bbox);
  const crossing = stated !== undefined && stated.west > stated.east;
  if (!geometry) return stated ? normalise({ ...stated, east: stated.east + (crossing ? 360 : 0) }) : null;
  const whole = withPoles(geometry);
  const parts = partsOf(whole).map(extentOf);
  const seam = crossing ? (stated.west + stated.east) / 2 : seamOf(parts);
  if (seam === undefined) return normalise(parts.reduce(union));
  return normalise(
    partsOf(whole)
      .map((part) => extentOf(part.map(([x, y]) => [x! < seam ? x! + 360 : x!, y!])))
      .reduce(union),
  );
}

function readBox(bbox: unknown): BoundingBox {
  const numbers = Array.isArray(bbox) ? (bbox as unknown[]) : [];
  const half = numbers.length / 2;
  const [west, south, east, north] = [numbers[0], numbers[1], numbers[half], numbers[half + 1]] as number[];
  const valid = (half === 2 || half === 3) && numbers.every((number) => Number.isFinite(number));
  if (!valid || south! > north! || Math.abs(south!) > 90 || Math.abs(north!) > 90)
    throw new JsonProblem('bbox must be west, south, east and north in degrees');
  return { west: west!, south: south!, east: east!, north: north! };
}

function extentOf(positions: readonly (readonly number[])[]): BoundingBox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const position of positions) {
    const [x, y] = position as [number, number];
    west = Math.min(west, x);
    south = Math.min(south, y);
    east = Math.max(east, x);
    north = Math.max(north, y);
  }
  return { west, south, east, north };
}

function union(a: BoundingBox, b: BoundingBox): BoundingBox {
  return {
    west: Math.min(a.west, b.west),
    south: Math.min(a.south, b.south),
    east: Math.max(a.east, b.east),
    north: Math.max(a.north, b.north),
  };
}

/**
 * Where parts that are cut at ±180 leave the widest gap: what lies west of it belongs behind 180.
 * @returns undefined when none are cut, or when they go all around
 */
function seamOf(parts: readonly BoundingBox[]): number | undefined {
  if (!parts.some(({ east }) => east === 180) || !parts.some(({ west }) => west === -180)) return undefined;
  let covered = -180;
  let widest = { width: 0, seam: undefined as number | undefined };
  for (const { west, east } of parts.toSorted((a, b) => a.west - b.west)) {
    if (west - covered > widest.width) widest = { width: west - covered, seam: (west + covered) / 2 };
    covered = Math.max(covered, east);
  }
  return widest.seam;
}

/** West from -180 to 180; all around is -180 to 180. */
function normalise({ west, south, east, north }: BoundingBox): BoundingBox {
  if (east - west >= 360) return { west: -180, south, east: 180, north };
  const shift = west < -180 ? 360 : west > 180 ? -360 : 0;
  return { west: west + shift, south, east: east + shift, north };
}
