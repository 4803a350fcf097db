import { setImmediate } from 'node:timers/promises';
import type { Geometry, Position } from 'geojson';
import type { BoundingBox } from '../metadata.ts';
import { Touched } from './touch.ts';
import { loadWorld } from './world.ts';

/** Positions of a line or ring that are looked at: borders are no finer. */
const mostPositions = 5000;
/** Parts of a geometry after which others get a turn. */
const partsInTurn = 2000;

/**
 * ISO 3166-1 codes (three letters, sorted) of the countries that a geometry touches, by the land borders of Natural Earth,
 * which are right within some 500 m; at sea there are none. Longitudes may go beyond ±180.
 * @param bbox of the geometry, where it may say that it crosses the antimeridian although longitudes do not
 */
export async function countriesOf(geometry: Geometry, bbox?: BoundingBox | null): Promise<string[]> {
  const world = await loadWorld();
  const touched = new Touched(world);
  const unroll =
    bbox && bbox.east > 180 ? unrolled(bbox.west) : (positions: readonly Position[]) => positions;
  let parts = 0;
  for (const part of partsOf(geometry)) {
    if (++parts % partsInTurn === 0) await setImmediate();
    if (part.kind === 'point') touched.point(part.position);
    else if (part.kind === 'line') touched.line(unroll(thin(part.positions)));
    else touched.polygon(part.rings.map((ring) => unroll(thin(ring))));
  }
  return [...touched.found].map((country) => world.codes[country]!).sort();
}

type Part =
  | { readonly kind: 'point'; readonly position: Position }
  | { readonly kind: 'line'; readonly positions: readonly Position[] }
  | { readonly kind: 'polygon'; readonly rings: readonly (readonly Position[])[] };

function* partsOf(geometry: Geometry): Generator<Part> {
  switch (geometry.type) {
    case 'Point':
      return yield { kind: 'point', position: geometry.coordinates };
    case 'MultiPoint':
      for (const position of geometry.coordinates) yield { kind: 'point', position };
      return;
    case 'LineString':
      return yield { kind: 'line', positions: geometry.coordinates };
    case 'MultiLineString':
      for (const positions of geometry.coordinates) yield { kind: 'line', positions };
      return;
    case 'Polygon':
      return yield { kind: 'polygon', rings: geometry.coordinates };
    case 'MultiPolygon':
      for (const rings of geometry.coordinates) yield { kind: 'polygon', rings };
      return;
    case 'GeometryCollection':
      for (const inner of geometry.geometries) yield* partsOf(inner);
  }
}

/** Positions west of the box's beginning belong behind 180. */
function unrolled(west: number) {
  return (positions: readonly Position[]) =>
    positions.map(([x, y]) => (x! < west - 1e-6 ? [x! + 360, y!] : [x!, y!]));
}

function thin(positions: readonly Position[]): readonly Position[] {
  if (positions.length <= mostPositions) return positions;
  const step = Math.ceil(positions.length / mostPositions);
  return [...positions.filter((_, index) => index % step === 0), positions.at(-1)!];
}
