import type { Position } from 'geojson';
import { cellsOf, columnOf, columns, isIn, rowOf, type World } from './world.ts';

/** Finds the countries that parts of one geometry touch. */
export class Touched {
  readonly #world: World;
  /** Numbers of countries. */
  readonly found = new Set<number>();

  constructor(world: World) {
    this.#world = world;
  }

  point([x, y]: Position): void {
    const [longitude, latitude] = onMap(x!, y!);
    const { cells, whole } = this.#world.rowAt(rowOf(latitude));
    const column = columnOf(longitude);
    for (const country of whole.get(column) ?? []) this.found.add(country);
    let last = -1;
    for (let at = cells.starts[column]!; at < cells.starts[column + 1]!; at++) {
      const country = this.#world.owners[cells.items[at]!]!;
      if (country === last || this.found.has(country)) continue;
      last = country;
      if (isIn(this.#world, country, longitude, latitude)) this.found.add(country);
    }
  }

  /** Its first place, and whatever its edges cross: what holds the one and is not crossed holds it all. */
  line(positions: readonly Position[]): void {
    if (positions.length === 0) return;
    this.point(positions[0]!);
    for (const shift of shiftsOf(positions))
      for (let at = 1; at < positions.length; at++) this.#edge(positions[at - 1]!, positions[at]!, shift);
  }

  /** As its rings, and the countries that lie within it whole. @param rings the outer one first; even-odd */
  polygon(rings: readonly (readonly Position[])[]): void {
    for (const ring of rings) this.line(ring);
    const outer = rings[0] ?? [];
    if (outer.length === 0) return;
    let [south, north] = [90, -90];
    let [west, east] = [Infinity, -Infinity];
    for (const [x, y] of outer) {
      [south, north] = [Math.min(south, y!), Math.max(north, y!)];
      [west, east] = [Math.min(west, x!), Math.max(east, x!)];
    }
    for (const shift of shiftsOf(outer)) this.#within(rings, [west, south, east, north], shift);
  }

  #edge([x1, y1]: Position, [x2, y2]: Position, shift: number): void {
    const { edges, owners } = this.#world;
    const [ax, bx] = [x1! + shift, x2! + shift];
    const [ay, by] = [y1!, y2!];
    cellsOf(ax, ay, bx, by, (cell) => {
      const { cells, whole } = this.#world.rowAt(Math.floor(cell / columns));
      const column = cell % columns;
      for (const country of whole.get(column) ?? []) this.found.add(country);
      for (let at = cells.starts[column]!; at < cells.starts[column + 1]!; at++) {
        const edge = cells.items[at]!;
        if (this.found.has(owners[edge]!)) continue;
        if (crosses(ax, ay, bx, by, edges, edge * 4)) this.found.add(owners[edge]!);
      }
    });
  }

  #within(
    rings: readonly (readonly Position[])[],
    [west, south, east, north]: readonly [number, number, number, number],
    shift: number,
  ): void {
    const { corners, cellCorners } = this.#world;
    const [first, last] = [columnOf(west + shift), columnOf(east + shift)];
    for (let row = rowOf(south); row <= rowOf(north); row++) {
      const [from, to] = [
        cellCorners.starts[row * columns + first]!,
        cellCorners.starts[row * columns + last + 1]!,
      ];
      for (let at = from; at < to; at++) {
        const corner = cellCorners.items[at]! * 3;
        const country = corners[corner + 2]!;
        if (this.found.has(country)) continue;
        if (isWithin(rings, corners[corner]! - shift, corners[corner + 1]!)) this.found.add(country);
      }
    }
  }
}

/** Longitudes of a geometry may go beyond ±180: by how many degrees it is moved to lie on the map, each time in part. */
function shiftsOf(positions: readonly Position[]): number[] {
  let [west, east] = [Infinity, -Infinity];
  for (const [x] of positions) [west, east] = [Math.min(west, x!), Math.max(east, x!)];
  return [-720, -360, 0, 360, 720].filter((shift) => east + shift >= -180 && west + shift <= 180);
}

/** Off the seam and the pole, where the map is cut. */
function onMap(x: number, y: number): [number, number] {
  const longitude = x >= -180 && x <= 180 ? x : x - 360 * Math.round(x / 360);
  return [Math.max(-179.9999, Math.min(179.9999, longitude)), Math.max(-89.99, Math.min(89.99, y))];
}

function crosses(ax: number, ay: number, bx: number, by: number, edges: Float64Array, at: number): boolean {
  const [cx, cy, dx, dy] = [edges[at]!, edges[at + 1]!, edges[at + 2]!, edges[at + 3]!];
  const c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  const d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax);
  if ((c > 0 && d > 0) || (c < 0 && d < 0)) return false;
  const a = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx);
  const b = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx);
  if ((a > 0 && b > 0) || (a < 0 && b < 0)) return false;
  if (c !== 0 || d !== 0) return true;
  // On one line.
  return (
    Math.max(ax, bx) >= Math.min(cx, dx) &&
    Math.max(cx, dx) >= Math.min(ax, bx) &&
    Math.max(ay, by) >= Math.min(cy, dy) &&
    Math.max(cy, dy) >= Math.min(ay, by)
  );
}

function isWithin(rings: readonly (readonly Position[])[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at++) {
      const [x1, y1] = ring[at - 1] as [number, number];
      const [x2, y2] = ring[at] as [number, number];
      if (y1 > y !== y2 > y && x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) > x) inside = !inside;
    }
  }
  return inside;
}
