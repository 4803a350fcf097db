import type { Geometry, Position } from 'geojson';
import type { BoundingBox } from '../metadata.ts';

/** From one position to another, `[x, y, x, y]`; both are the same for a point. */
export type Edge = readonly [number, number, number, number];

/** The edges of a point, line or polygon, holes among them. */
export function edgesOf(geometry: Geometry): Edge[] {
  if (geometry.type === 'Point') return along([geometry.coordinates, geometry.coordinates]);
  if (geometry.type === 'LineString') return along(geometry.coordinates);
  if (geometry.type === 'Polygon') return geometry.coordinates.flatMap(along);
  throw new Error(`${geometry.type} is not flat`);
}

function along(positions: readonly Position[]): Edge[] {
  return positions.slice(1).map(([x, y], nth): Edge => {
    const [fromX, fromY] = positions[nth]!;
    return [fromX!, fromY!, x!, y!];
  });
}

/** Whether an edge has a point in a box or on its border (by the way of Liang and Barsky); perhaps also for one just beside it. */
export function passesThrough([x, y, toX, toY]: Edge, { west, south, east, north }: BoundingBox): boolean {
  const near = 1e-9;
  let [enters, leaves] = [0, 1];
  for (const [step, room] of [
    [x - toX, x - west + near],
    [toX - x, east + near - x],
    [y - toY, y - south + near],
    [toY - y, north + near - y],
  ] as const) {
    if (step === 0) {
      if (room < 0) return false;
      continue;
    }
    if (step < 0) enters = Math.max(enters, room / step);
    else leaves = Math.min(leaves, room / step);
  }
  return enters <= leaves;
}

/** Whether a position on none of the edges of a polygon is inside: a ray from it crosses an odd number of them. */
export function isInside([x, y]: readonly [number, number], edges: readonly Edge[]): boolean {
  let inside = false;
  for (const [fromX, fromY, toX, toY] of edges)
    if (fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX) inside = !inside;
  return inside;
}
