import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

/** A country's number is its place in `codes`. */
export interface World {
  /** ISO 3166-1, three letters, sorted. */
  readonly codes: readonly string[];
  /** Ends of edge `e`: `[x1, y1, x2, y2]` from `4e` on, degrees. */
  readonly edges: Float64Array;
  /** Country of each edge. */
  readonly owners: Uint16Array;
  /** A row of cells of a degree, from the south; indexed when it is first asked for. */
  rowAt(row: number): Row;
  /** First vertices of rings, by cell: `[x, y, country]` from 3 times the item on. */
  readonly corners: Float64Array;
  readonly cellCorners: Index;
}

/** What crosses a row of cells of a degree. */
export interface Row {
  /** Edges, those of a country together. */
  readonly edges: Uint32Array;
  /** Of each country that has some: where its own begin and end in `edges`. */
  readonly countries: ReadonlyMap<number, readonly [number, number]>;
  /** Of each cell, from the west: which edges cross it. */
  readonly cells: Index;
  /** Of each cell that countries cover whole: which ones. */
  readonly whole: ReadonlyMap<number, readonly number[]>;
}

/** Lists of numbers in one array: those of `key` are `items[starts[key]] ... items[starts[key + 1]]`, without the last. */
export interface Index {
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
}

interface Borders {
  readonly transform: { readonly scale: [number, number]; readonly translate: [number, number] };
  /** Rings of arcs by code; `~index` is an arc backwards. */
  readonly countries: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly arcs: readonly (readonly [number, number][])[];
}

export const columns = 360;
const rowsOfWorld = 180;

export function columnOf(x: number): number {
  return Math.max(0, Math.min(columns - 1, Math.floor(x + 180)));
}

export function rowOf(y: number): number {
  return Math.max(0, Math.min(rowsOfWorld - 1, Math.floor(y + 90)));
}

let world: Promise<World> | undefined;

/** The borders of the world; the first call reads them. A process that has one file to place indexes the rows around it alone. */
export function loadWorld(): Promise<World> {
  world ??= read();
  return world;
}

async function read(): Promise<World> {
  const { borders } = await import('./borders.ts');
  const bytes = await promisify(brotliDecompress)(Buffer.from(borders, 'base64'));
  return build(JSON.parse(bytes.toString()) as Borders);
}

function build(borders: Borders): World {
  const codes = Object.keys(borders.countries);
  const arcs = borders.arcs.map((arc) => decode(arc, borders.transform));
  const drawn = new Edges();
  const corners: number[] = [];
  codes.forEach((code, country) => {
    for (const ring of borders.countries[code]!) {
      const first = arcs[ring[0]! < 0 ? ~ring[0]! : ring[0]!]!;
      corners.push(first[0]!, first[1]!, country);
      drawn.ring(arcs, ring, country);
    }
  });
  const shape = { codes, ...drawn.taken() };
  const byRow = indexOf(rowsOfWorld, (add) => visitRows(shape.edges, add));
  const rows: (Row | undefined)[] = [];
  return {
    ...shape,
    rowAt: (row) => (rows[row] ??= readRow(shape, byRow, row)),
    corners: Float64Array.from(corners),
    cellCorners: indexOf(columns * rowsOfWorld, (add) => {
      for (let at = 0; at < corners.length; at += 3)
        add(rowOf(corners[at + 1]!) * columns + columnOf(corners[at]!), at / 3);
    }),
  };
}

/** Longitudes and latitudes by turns. */
function decode(arc: Borders['arcs'][number], { scale, translate }: Borders['transform']): Float64Array {
  const positions = new Float64Array(arc.length * 2);
  let [x, y] = [0, 0];
  for (let at = 0; at < arc.length; at++) {
    x += arc[at]![0];
    y += arc[at]![1];
    positions[at * 2] = x * scale[0] + translate[0];
    positions[at * 2 + 1] = y * scale[1] + translate[1];
  }
  return positions;
}

/** Edges of rings. Rings go on across the antimeridian; here they are cut there. */
class Edges {
  #edges = new Float64Array(4 * 2 ** 17);
  #owners = new Uint16Array(2 ** 17);
  #count = 0;

  taken(): { edges: Float64Array; owners: Uint16Array } {
    return { edges: this.#edges.slice(0, this.#count * 4), owners: this.#owners.slice(0, this.#count) };
  }

  ring(arcs: readonly Float64Array[], ring: readonly number[], country: number): void {
    /** Latitudes at which it crosses. */
    const seam: number[] = [];
    for (const index of ring) {
      const arc = arcs[index < 0 ? ~index : index]!;
      for (let at = 2; at < arc.length; at += 2)
        this.#add(arc[at - 2]!, arc[at - 1]!, arc[at]!, arc[at + 1]!, country, seam);
    }
    seam.sort((a, b) => a - b);
    // An odd number: around the south pole.
    if (seam.length % 2 === 1) seam.unshift(-90);
    for (let at = 0; at < seam.length; at += 2)
      for (const x of [-180, 180]) this.#push(x, seam[at]!, x, seam[at + 1]!, country);
  }

  #add(x1: number, y1: number, x2: number, y2: number, country: number, seam: number[]): void {
    if (Math.abs(x2 - x1) <= 180) return this.#push(x1, y1, x2, y2, country);
    const side = x1 > 0 ? 180 : -180;
    const y = y1 + ((side - x1) / (x2 + 2 * side - x1)) * (y2 - y1);
    seam.push(y);
    this.#push(x1, y1, side, y, country);
    this.#push(-side, y, x2, y2, country);
  }

  #push(x1: number, y1: number, x2: number, y2: number, country: number): void {
    if (x1 === x2 && y1 === y2) return;
    if (this.#count === this.#owners.length) throw new RangeError('more edges than there is room for');
    const at = this.#count * 4;
    this.#edges[at] = x1;
    this.#edges[at + 1] = y1;
    this.#edges[at + 2] = x2;
    this.#edges[at + 3] = y2;
    this.#owners[this.#count++] = country;
  }
}

type Shape = Pick<World, 'edges' | 'owners'>;

/** @param visit tells all pairs of key and item, twice in the same order */
function indexOf(keys: number, visit: (add: (key: number, item: number) => void) => void): Index {
  const starts = new Uint32Array(keys + 1);
  visit((key) => starts[key + 1]!++);
  for (let key = 0; key < keys; key++) starts[key + 1]! += starts[key]!;
  const items = new Uint32Array(starts[keys]!);
  const next = starts.slice();
  visit((key, item) => (items[next[key]!++] = item));
  return { starts, items };
}

function visitRows(edges: Float64Array, add: (row: number, edge: number) => void): void {
  for (let at = 0; at < edges.length; at += 4) {
    const [from, to] = [rowOf(edges[at + 1]!), rowOf(edges[at + 3]!)];
    for (let row = Math.min(from, to); row <= Math.max(from, to); row++) add(row, at / 4);
  }
}

function readRow({ edges, owners }: Shape, { starts, items }: Index, row: number): Row {
  const own = items.subarray(starts[row]!, starts[row + 1]!);
  const countries = new Map<number, [number, number]>();
  for (let at = 0; at < own.length; at++) {
    const country = owners[own[at]!]!;
    const range = countries.get(country);
    if (range) range[1] = at + 1;
    else countries.set(country, [at, at + 1]);
  }
  const cells = indexOf(columns, (add) => {
    for (const edge of own) {
      const at = edge * 4;
      cellsOf(edges[at]!, edges[at + 1]!, edges[at + 2]!, edges[at + 3]!, (cell) => {
        if (Math.floor(cell / columns) === row) add(cell % columns, edge);
      });
    }
  });
  const crossed = { edges: own, countries, cells };
  return { ...crossed, whole: wholeCells({ edges, owners }, crossed, row) };
}

/** Visits the cells that an edge touches, row by row, and the columns that it passes in each. */
export function cellsOf(x1: number, y1: number, x2: number, y2: number, visit: (cell: number) => void): void {
  const [column1, row1] = [Math.floor(x1 + 180), Math.floor(y1 + 90)];
  if (column1 === Math.floor(x2 + 180) && row1 === Math.floor(y2 + 90)) {
    if (column1 >= 0 && column1 < columns && row1 >= 0 && row1 < rowsOfWorld) visit(row1 * columns + column1);
    return;
  }
  const [low, high] = y1 <= y2 ? [y1, y2] : [y2, y1];
  const slope = y2 === y1 ? 0 : (x2 - x1) / (y2 - y1);
  const last = rowOf(high);
  for (let row = rowOf(low); row <= last; row++) {
    const [bottom, top] = [Math.max(low, row - 90), Math.min(high, row - 89)];
    const a = y2 === y1 ? x1 : x1 + (bottom - y1) * slope;
    const b = y2 === y1 ? x2 : x1 + (top - y1) * slope;
    // What lies beyond the map is none of its cells; a hair more, as divisions are not exact.
    const [west, east] = [Math.min(a, b) - 1e-9, Math.max(a, b) + 1e-9];
    if (east < -180 || west > 180) continue;
    for (let column = columnOf(west); column <= columnOf(east); column++) visit(row * columns + column);
  }
}

/** A cell that no edge of a country crosses lies in it whole or not at all: its middle tells, from west to east. */
function wholeCells(
  { edges, owners }: Shape,
  { edges: own, countries, cells }: Omit<Row, 'whole'>,
  row: number,
): ReadonlyMap<number, number[]> {
  const whole = new Map<number, number[]>();
  for (const [country, [from, to]] of countries) {
    const crossings: number[] = [];
    for (let at = from; at < to; at++) {
      const x = crossingOf(edges, own[at]!, row - 89.5);
      if (x !== undefined) crossings.push(x);
    }
    crossings.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const first = Math.ceil(crossings[pair]! + 180 - 0.5);
      const last = Math.floor(crossings[pair + 1]! + 180 - 0.5);
      for (let column = Math.max(0, first); column <= Math.min(columns - 1, last); column++) {
        if (isCrossed(cells, owners, column, country)) continue;
        const there = whole.get(column);
        if (there) there.push(country);
        else whole.set(column, [country]);
      }
    }
  }
  return whole;
}

function isCrossed({ starts, items }: Index, owners: Uint16Array, cell: number, country: number): boolean {
  for (let at = starts[cell]!; at < starts[cell + 1]!; at++) if (owners[items[at]!] === country) return true;
  return false;
}

/** Where an edge crosses a parallel; the lower end counts, the upper one does not. */
function crossingOf(edges: Float64Array, edge: number, y: number): number | undefined {
  const at = edge * 4;
  const [x1, y1, x2, y2] = [edges[at]!, edges[at + 1]!, edges[at + 2]!, edges[at + 3]!];
  if (y1 > y === y2 > y) return undefined;
  return x1 + ((y - y1) / (y2 - y1)) * (x2 - x1);
}

/** Whether a place lies in a country: by how many of its edges lie east of it. */
export function isIn({ edges, rowAt }: World, country: number, x: number, y: number): boolean {
  const row = rowAt(rowOf(y));
  const [from, to] = row.countries.get(country) ?? [0, 0];
  let inside = false;
  for (let at = from; at < to; at++) {
    const crossing = crossingOf(edges, row.edges[at]!, y);
    if (crossing !== undefined && crossing > x) inside = !inside;
  }
  return inside;
}
