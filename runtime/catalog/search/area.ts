import type { Geometry, Position } from 'geojson';
import type { BoundingBox } from '../metadata.ts';
import { withPoles } from '../sidecar/around-pole.ts';
import { boundingBox } from '../sidecar/bounding-box.ts';
import { FilterProblem } from './filter.ts';
import { flatten, mapPositions } from './geometry-parts.ts';

/** Where to look. */
export interface SearchArea {
  /** Boxes that hold all of it. West lies from -180 to 180; one that crosses the antimeridian has east + 360. */
  readonly boxes: readonly BoundingBox[];
  /** What files must touch, in one piece: east of the antimeridian longitudes go on beyond 180. Absent: the boxes. */
  readonly geometry?: Geometry;
}

/** A shape with many parts is looked for by its one box. */
const mostBoxes = 16;

/** A box in degrees; with west > east it crosses the antimeridian. */
export function areaOfBox({ west, south, east, north }: BoundingBox): SearchArea {
  if (west <= east && east - west >= 360) return { boxes: [{ west: -180, south, east: 180, north }] };
  const width = east < west ? east + 360 - west : east - west;
  const turned = ((((west + 180) % 360) + 360) % 360) - 180;
  const from = west >= -180 && west <= 180 ? west : turned;
  return { boxes: [{ west: from, south, east: from + width, north }] };
}

/** A box as text, `WEST,SOUTH,EAST,NORTH`. @throws FilterProblem */
export function readBox(text: string): SearchArea {
  const [west, south, east, north, ...more] = text
    .split(',')
    .map((part) => (part.trim() === '' ? NaN : Number(part)));
  const isRight = (number: number | undefined, most: number) => Math.abs(number ?? NaN) <= most;
  const areRight = [west, east].every((x) => isRight(x, 360)) && [south, north].every((y) => isRight(y, 90));
  if (more.length > 0 || !areRight || south! > north!)
    throw new FilterProblem(
      `takes WEST,SOUTH,EAST,NORTH in degrees with south below north, not ${JSON.stringify(text.slice(0, 100))}`,
    );
  return areaOfBox({ west: west!, south: south!, east: east!, north: north! });
}

/** A geometry, in any of the ways in which the antimeridian can be crossed: see `boundingBox`. */
export function areaOfGeometry(geometry: Geometry): SearchArea {
  const box = boundingBox(geometry, geometry.bbox)!;
  const whole = inOnePiece(geometry, box);
  const parts = flatten(whole).map((part) => boundingBox(part)!);
  // A part that begins beyond 180 is found a turn further west.
  return { boxes: parts.length > mostBoxes ? [box] : parts, geometry: whole };
}

/** Degrees by which sums of longitudes may be off. */
const tolerance = 1e-9;

/** A geometry with its longitudes as its box has them: parts beyond the antimeridian are beyond 180. */
export function inOnePiece(geometry: Geometry, { west, east }: BoundingBox): Geometry {
  const whole = withPoles(geometry);
  if (east - west >= 360) return whole;
  return mapPositions(whole, ([longitude, ...rest]): Position => {
    let x = longitude!;
    while (x < west - tolerance && x + 360 <= east + tolerance) x += 360;
    while (x > east + tolerance && x - 360 >= west - tolerance) x -= 360;
    return [x, ...rest];
  });
}
