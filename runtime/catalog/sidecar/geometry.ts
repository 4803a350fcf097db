import type { Geometry, Position } from 'geojson';
import { JsonProblem } from './json-text.ts';

type Simple = Exclude<Geometry['type'], 'GeometryCollection'>;

/** How deep the positions lie in `coordinates`. */
const levels: ReadonlyMap<unknown, number> = new Map<Simple, number>([
  ['Point', 0],
  ['MultiPoint', 1],
  ['LineString', 1],
  ['MultiLineString', 2],
  ['Polygon', 2],
  ['MultiPolygon', 3],
]);

/**
 * A geometry of RFC 7946 without members of others. Longitudes beyond ±180 are taken (some tools write footprints across
 * the antimeridian so), up to twice around. An empty one is null (section 3.1).
 * @throws JsonProblem
 */
export function readGeometry(value: unknown, where = 'geometry'): Geometry | null {
  if (value === null) return null;
  const { type, coordinates, geometries } = value as Record<string, unknown>;
  if (type === 'GeometryCollection') {
    if (!Array.isArray(geometries)) throw new JsonProblem(`${where}.geometries must be an array`);
    return collect(geometries.map((inner, index) => readGeometry(inner, `${where}.geometries[${index}]`)));
  }
  const level = levels.get(type);
  if (level === undefined) throw new JsonProblem(`${where}.type must be a GeoJSON geometry type`);
  checkCoordinates(coordinates, level, where);
  const rings =
    type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? (coordinates as Position[][][]) : [];
  for (const ring of rings.flat() as Position[][]) checkRing(ring, where);
  const geometry = { type, coordinates } as Geometry;
  return partsOf(geometry).length === 0 ? null : geometry;
}

/** Geometries as one: none is null, one is itself, several are a GeometryCollection without collections inside. */
export function collect(geometries: readonly (Geometry | null)[]): Geometry | null {
  const flat = geometries.flatMap((geometry) =>
    geometry?.type === 'GeometryCollection' ? geometry.geometries : (geometry ?? []),
  );
  return flat.length > 1 ? { type: 'GeometryCollection', geometries: flat } : (flat[0] ?? null);
}

/** The positions of each point, line and polygon, which RFC 7946 cuts at the antimeridian (section 3.1.9). */
export function partsOf(geometry: Geometry): Position[][] {
  return simpleParts(geometry).filter((part) => part.length > 0);
}

function simpleParts(geometry: Geometry): Position[][] {
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]];
    case 'MultiPoint':
      return geometry.coordinates.map((position) => [position]);
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiLineString':
      return geometry.coordinates;
    case 'Polygon':
      return [geometry.coordinates.flat()];
    case 'MultiPolygon':
      return geometry.coordinates.map((rings) => rings.flat());
    case 'GeometryCollection':
      return geometry.geometries.flatMap(simpleParts);
  }
}

function checkCoordinates(coordinates: unknown, level: number, where: string): void {
  if (!Array.isArray(coordinates))
    throw new JsonProblem(`${where} has coordinates that are not nested as its type asks`);
  if (level > 0) {
    for (const inner of coordinates) checkCoordinates(inner, level - 1, where);
    return;
  }
  const [longitude, latitude] = coordinates as unknown[];
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude))
    throw new JsonProblem(`${where} has a position that is not [longitude, latitude]`);
  if (Math.abs(latitude as number) > 90)
    throw new JsonProblem(
      `${where} has the latitude ${String(latitude)}, beyond 90 degrees; positions are [longitude, latitude]`,
    );
  if (Math.abs(longitude as number) > 360)
    throw new JsonProblem(`${where} has the longitude ${String(longitude)}, beyond 360 degrees`);
}

function checkRing(ring: Position[], where: string): void {
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length >= 4 && first![0] === last![0] && first![1] === last![1]) return;
  throw new JsonProblem(
    `${where} has a ring that is not closed: at least 4 positions, the last like the first`,
  );
}
