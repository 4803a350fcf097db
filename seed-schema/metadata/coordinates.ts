/** A way down into nested arrays. Paths are made of it only for what is reported: a sidecar may hold a million positions. */
export type Indices = readonly number[];

/** The first ring of a Polygon's or MultiPolygon's coordinates that does not end where it begins. */
export function openRing(type: unknown, coordinates: unknown): Indices | undefined {
  if (!Array.isArray(coordinates)) return undefined;
  if (type === 'Polygon') return firstIndex(coordinates, (ring) => (isOpen(ring) ? [] : undefined));
  if (type !== 'MultiPolygon') return undefined;
  return firstIndex(coordinates, (polygon) => openRing('Polygon', polygon));
}

/** The first position that is not on the Earth, in coordinates of any geometry. */
export function outside(coordinates: unknown, levels = 4): Indices | undefined {
  if (!Array.isArray(coordinates)) return undefined;
  const [longitude, latitude] = coordinates as unknown[];
  if (typeof longitude === 'number' && typeof latitude === 'number')
    return Math.abs(longitude) > 180 || Math.abs(latitude) > 90 ? [] : undefined;
  return levels === 0 ? undefined : firstIndex(coordinates, (item) => outside(item, levels - 1));
}

function isOpen(ring: unknown): boolean {
  if (!Array.isArray(ring) || ring.length < 2) return false;
  const [first, last] = [ring[0], ring.at(-1)] as unknown[];
  if (!Array.isArray(first) || !Array.isArray(last)) return false;
  return first.length !== last.length || first.some((number, index) => number !== last[index]);
}

/** The first item for which `inside` finds something: its index, then what `inside` gave. */
function firstIndex(
  items: readonly unknown[],
  inside: (item: unknown) => Indices | undefined,
): Indices | undefined {
  for (let index = 0; index < items.length; index++) {
    const rest = inside(items[index]);
    if (rest) return [index, ...rest];
  }
  return undefined;
}
