/** Longitude and latitude, degrees. */
export type Position = readonly [number, number];

/** A part of a geometry: a ring that is filled, a line, or points. */
export interface Shape {
  readonly kind: 'area' | 'line' | 'points';
  /** Longitudes go on beyond 180 where it crosses the antimeridian. */
  readonly positions: readonly Position[];
}

/**
 * What a sketch needs of a geometry in well-known text: its rings, lines and points, each without a leap at the antimeridian.
 * Nothing of a text that is none. Pure.
 */
export function shapesOf(wkt: string): Shape[] {
  const shapes: Shape[] = [];
  let kind: Shape['kind'] = 'points';
  for (const [, word, list] of wkt.toUpperCase().matchAll(/([A-Z]{2,})|\(([^()]*)\)/g)) {
    if (word !== undefined) {
      if (/POLYGON/.test(word)) kind = 'area';
      else if (/LINESTRING/.test(word)) kind = 'line';
      else if (/POINT/.test(word)) kind = 'points';
      continue;
    }
    const positions = (list ?? '').split(',').flatMap((text): Position[] => {
      const [x, y] = text.trim().split(/\s+/).map(Number);
      return Number.isFinite(x) && Number.isFinite(y) ? [[x!, y!]] : [];
    });
    if (positions.length > 0)
      shapes.push({ kind, positions: kind === 'points' ? positions : unwrapped(positions, kind) });
  }
  return shapes;
}

/** Neighbours are never more than half the world apart. A ring around a pole is closed over it. */
function unwrapped(positions: readonly Position[], kind: Shape['kind']): Position[] {
  const way: Position[] = [];
  for (const [x, y] of positions) {
    const before = way.at(-1)?.[0] ?? x;
    way.push([x - 360 * Math.round((x - before) / 360), y]);
  }
  const [first, last] = [way[0]!, way.at(-1)!];
  if (kind !== 'area' || Math.abs(last[0] - first[0]) < 180) return way;
  const pole = way.reduce((sum, [, y]) => sum + y, 0) < 0 ? -90 : 90;
  return [...way, [last[0], pole], [first[0], pole]];
}

/** The west and east end of some longitudes. */
export interface Span {
  readonly west: number;
  readonly east: number;
}

/** The shortest span of the globe in which all of these lie: from the end of the widest gap between them. Pure. */
export function windowOf(spans: readonly Span[]): Span {
  const whole = { west: -180, east: 180 };
  const sorted = spans
    .map(({ west, east }) => ({ west: normal(west), width: east - west }))
    .sort((a, b) => a.west - b.west);
  if (sorted.length === 0 || sorted.some(({ width }) => width >= 360)) return whole;
  let widest = { gap: -1, west: sorted[0]!.west };
  let end = Math.max(...sorted.map(({ west, width }) => west + width)) - 360;
  for (const { west, width } of sorted) {
    if (west - end > widest.gap) widest = { gap: west - end, west };
    end = Math.max(end, west + width);
  }
  return widest.gap <= 0 ? whole : { west: widest.west, east: widest.west + 360 - widest.gap };
}

/** The same longitude in [-180, 180). */
export function normal(longitude: number): number {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}
