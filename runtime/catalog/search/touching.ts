import { booleanIntersects } from '@turf/boolean-intersects';
import type { Geometry, Position } from 'geojson';
import type { BoundingBox } from '../metadata.ts';
import { inOnePiece } from './area.ts';
import { flatten, mapPositions } from './geometry-parts.ts';

/** Where a file is: its geometry, and its box as the catalogue has it. */
export interface Place {
  readonly geometry: Geometry | null;
  readonly bbox: BoundingBox;
}

interface Part {
  readonly geometry: Geometry;
  readonly extent: BoundingBox;
}

/**
 * Whether files touch a geometry that is in one piece. Both lie in a plane of longitude and latitude that repeats every 360
 * degrees, and each pole is one point whatever its longitude.
 */
export function touching(wanted: Geometry): (place: Place) => boolean {
  const targets = flatten(wanted).map(partOf);
  return ({ geometry, bbox }) => {
    const parts = flatten(geometry ? inOnePiece(geometry, bbox) : rectangle(bbox)).map(partOf);
    return parts.some((part) => targets.some((target) => touch(part, target)));
  };
}

function touch(part: Part, target: Part): boolean {
  const [a, b] = [part.extent, target.extent];
  if ((a.north === 90 && b.north === 90) || (a.south === -90 && b.south === -90)) return true;
  if (a.south > b.north || b.south > a.north) return false;
  const last = Math.floor((a.east - b.west) / 360);
  for (let turn = Math.ceil((a.west - b.east) / 360); turn <= last; turn++) {
    const shifted =
      turn === 0
        ? target.geometry
        : mapPositions(target.geometry, ([x, ...rest]): Position => [x! + 360 * turn, ...rest]);
    if (booleanIntersects(part.geometry, shifted)) return true;
  }
  return false;
}

function partOf(geometry: Geometry): Part {
  const extent = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  mapPositions(geometry, (position) => {
    const [x, y] = position as [number, number];
    extent.west = Math.min(extent.west, x);
    extent.south = Math.min(extent.south, y);
    extent.east = Math.max(extent.east, x);
    extent.north = Math.max(extent.north, y);
    return position;
  });
  return { geometry, extent };
}

function rectangle({ west, south, east, north }: BoundingBox): Geometry {
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}
