import type { Product } from '../data.ts';
import { normal, type Position, type Shape, shapesOf, windowOf } from './footprint.ts';
import { markup, type Markup } from './markup.ts';

/** Pixels. */
const size = { width: 720, least: 160, most: 480, left: 44, bottom: 20, top: 8, right: 8 };
/** Degrees that are shown at least, so that a point lies somewhere. */
const leastDegrees = 0.02;

/** The footprints of products on a grid of longitude and latitude; nothing where there are none. Pure. */
export function mapSketch(products: readonly Product[]): Markup | undefined {
  const placed = products
    .map((product) => ({ product, shapes: shapesOf(product.geometry ?? '') }))
    .filter(({ shapes }) => shapes.length > 0);
  if (placed.length === 0) return undefined;
  const spans = placed.flatMap(({ shapes }) => shapes.map((shape) => range(xs(shape))));
  const { west, east } = windowOf(spans.map(([least, most]) => ({ west: least, east: most })));
  const latitudes = range(
    placed.flatMap(({ shapes }) => shapes.flatMap(({ positions }) => positions.map(([, y]) => y))),
  );
  const [x0, x1] = widened(west, east);
  const [y0, y1] = widened(...latitudes).map((y) => Math.max(-90, Math.min(90, y))) as [number, number];
  const inner = size.width - size.left - size.right;
  const narrow = Math.max(0.2, Math.cos((((y0 + y1) / 2) * Math.PI) / 180));
  const wanted = ((y1 - y0) / ((x1 - x0) * narrow)) * inner;
  const tall = Math.round(Math.max(size.least, Math.min(size.most, wanted)));
  const x = (lon: number) => round(size.left + ((lon - x0) / (x1 - x0)) * inner);
  const y = (lat: number) => round(size.top + ((y1 - lat) / (y1 - y0)) * tall);
  // Each part by itself: what is cut at the antimeridian has parts on both ends of the world.
  const shifted = (shape: Shape) => {
    const shift = 360 * Math.ceil((x0 - 1e-9 - range(xs(shape))[0]) / 360);
    return drawnShape(shape, (lon) => x(lon + shift), y);
  };
  const drawn = placed.map(
    ({ product, shapes }) =>
      markup`<g><title>${`${product.name}\n${product.node}`}</title>${shapes.map(shifted)}</g> `,
  );
  const height = size.top + tall + size.bottom;
  return markup`<div class="scroll">
    <svg
      class="map"
      role="img"
      aria-label="Footprints of products"
      width="${size.width}"
      height="${height}"
      viewBox="0 0 ${size.width} ${height}"
    >
      <rect class="sea" x="${size.left}" y="${size.top}" width="${inner}" height="${tall}" />
      ${lines(x0, x1).map((lon) => markup`<line class="grid" x1="${x(lon)}" x2="${x(lon)}" y1="${size.top}" y2="${size.top + tall}" /><text class="tick" x="${x(lon)}" y="${height - 6}">${degrees(normal(lon), 'E', 'W')}</text>`)}
      ${lines(y0, y1).map((lat) => markup`<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${y(lat)}" y2="${y(lat)}" /><text class="row tick" x="${size.left - 4}" y="${y(lat) + 4}">${degrees(lat, 'N', 'S')}</text>`)}
      ${drawn}
    </svg>
  </div>`;
}

function drawnShape(
  { kind, positions }: Shape,
  x: (lon: number) => number,
  y: (lat: number) => number,
): Markup[] {
  if (kind === 'points')
    return positions.map(
      ([lon, lat]) => markup`<circle class="footprint" cx="${x(lon)}" cy="${y(lat)}" r="4" />`,
    );
  const path = positions.map(([lon, lat], at) => `${at === 0 ? 'M' : 'L'}${x(lon)} ${y(lat)}`).join('');
  return [markup`<path class="footprint ${kind}" d="${path}${kind === 'area' ? 'Z' : ''}" />`];
}

function xs({ positions }: Shape): number[] {
  return positions.map(([lon]: Position) => lon);
}

function range(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
}

/** A little more on both sides. */
function widened(from: number, to: number): [number, number] {
  const more = Math.max((to - from) * 0.08, (leastDegrees - (to - from)) / 2, 0.001);
  return [from - more, to + more];
}

/** Round values between two ends, not more than eight. */
function lines(from: number, to: number): number[] {
  const steps = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 45, 90];
  const step = steps.find((one) => (to - from) / one <= 8) ?? 90;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, at) => (first + at) * step);
}

function degrees(value: number, positive: string, negative: string): string {
  const rounded = Math.round(Math.abs(value) * 1000) / 1000;
  return `${rounded}°${rounded === 0 || rounded === 180 ? '' : value > 0 ? positive : negative}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
