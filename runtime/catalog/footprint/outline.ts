import type { Geometry, Position } from 'geojson';
import type { Projection } from './projection.ts';

/** From column and row of a raster to its reference system: `x = m[0] + m[1] c + m[2] r`, `y = m[3] + m[4] c + m[5] r` (GDAL's order). */
export type Affine = readonly [number, number, number, number, number, number];

/** An edge is divided until its middle is off by less than this part of its length. */
const straight = 1e-3;
const mostDivisions = 5;

/**
 * The outline of a raster on the globe: its corners, and more positions where edges are curved. Cut at the antimeridian
 * (RFC 7946, section 3.1.9); one that holds a pole reaches up to it.
 * @returns undefined when its coordinates are none of the globe
 */
export function outline(
  affine: Affine,
  width: number,
  height: number,
  projection: Projection,
): Geometry | undefined {
  const at = (column: number, row: number) =>
    [
      affine[0] + affine[1] * column + affine[2] * row,
      affine[3] + affine[4] * column + affine[5] * row,
    ] as const;
  const corners = [at(0, 0), at(0, height), at(width, height), at(width, 0)];
  const ring = corners.flatMap((from, index) => edge(from, corners[(index + 1) % 4]!, projection));
  return areaOf(ring, projection.pole);
}

type Point = readonly [number, number];

/** The positions of an edge, without its end. */
function edge(from: Point, to: Point, projection: Projection, divisions = 0): [number, number][] {
  const start = projection.inverse(...from);
  if (projection.isGeographic || divisions === mostDivisions) return [start];
  const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const end = near(projection.inverse(...to), start);
  const [x, y] = near(projection.inverse(...middle), start);
  const off = Math.hypot(x - (start[0] + end[0]) / 2, y - (start[1] + end[1]) / 2);
  const isStraight = off <= straight * Math.hypot(end[0] - start[0], end[1] - start[1]);
  if (isStraight && !(projection.pole && divisions === 0)) return [start];
  return [...edge(from, middle, projection, divisions + 1), ...edge(middle, to, projection, divisions + 1)];
}

/** The same place at most half a turn away from another one. */
function near([x, y]: Point, [from]: Point): [number, number] {
  return [x - 360 * Math.round((x - from) / 360), y];
}

/**
 * An open ring as an area of GeoJSON.
 * @param pole longitudes of the ring jump, and it may go around this pole
 */
export function areaOf(ring: readonly Point[], pole?: 1 | -1): Geometry | undefined {
  const sane = ring.every(([x, y]) => Math.abs(x) <= 540 && Math.abs(y) <= 90.5);
  if (!sane || ring.length < 3) return undefined;
  let unrolled = ring.map(([x, y]) => [x, Math.max(-90, Math.min(90, y))] as Point);
  if (pole) unrolled = aroundPole(unrolled, pole);
  const west = Math.min(...unrolled.map(([x]) => x));
  const east = Math.max(...unrolled.map(([x]) => x));
  if (east - west > 360 + 1e-9) return areaOf(band(unrolled));
  const first = Math.floor((west + 180) / 360);
  const parts: Position[][][] = [];
  for (let turn = first; turn * 360 - 180 < east; turn++) {
    const shift = turn * 360;
    const part = clip(clip(unrolled, shift - 180, 1), shift + 180, -1).map(
      ([x, y]) => [round(x - shift), round(y)] as Position,
    );
    if (part.length >= 3) parts.push([closed(part)]);
  }
  if (parts.length === 0) return undefined;
  return parts.length === 1
    ? { type: 'Polygon', coordinates: parts[0]! }
    : { type: 'MultiPolygon', coordinates: parts };
}

/** Goes on without jumps; a ring that is a turn further at its end encloses the pole. */
function aroundPole(ring: readonly Point[], pole: 1 | -1): Point[] {
  const unrolled: Point[] = [];
  for (const point of [...ring, ring[0]!]) unrolled.push(near(point, unrolled.at(-1) ?? point));
  const [first, last] = [unrolled[0]!, unrolled.at(-1)!];
  if (Math.abs(last[0] - first[0]) < 180) return unrolled.slice(0, -1);
  return [...unrolled, [last[0], 90 * pole], [first[0], 90 * pole]];
}

function band(ring: readonly Point[]): Point[] {
  const [south, north] = [Math.min(...ring.map(([, y]) => y)), Math.max(...ring.map(([, y]) => y))];
  return [
    [-180, south],
    [180, south],
    [180, north],
    [-180, north],
  ];
}

/** What of a ring lies east (`side` 1) or west (-1) of a meridian (Sutherland and Hodgman). */
function clip(ring: readonly Point[], meridian: number, side: 1 | -1): Point[] {
  const inside = ([x]: Point) => (x - meridian) * side >= 0;
  return ring.flatMap((point, index) => {
    const before = ring[(index + ring.length - 1) % ring.length]!;
    const kept = inside(point) ? [point] : [];
    if (inside(before) === inside(point)) return kept;
    const part = (meridian - before[0]) / (point[0] - before[0]);
    return [[meridian, before[1] + part * (point[1] - before[1])] as const, ...kept];
  });
}

/** Counter-clockwise and closed (RFC 7946, section 3.1.6). */
function closed(ring: Position[]): Position[] {
  const twice = ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!;
    return sum + x! * nextY! - nextX! * y!;
  }, 0);
  const ordered = twice < 0 ? ring.toReversed() : ring;
  return [...ordered, ordered[0]!];
}

/** A centimetre. */
function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7 + 0;
}
