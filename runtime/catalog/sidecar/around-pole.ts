import type { Geometry, Position } from 'geojson';

/** Rings around a pole lie closer to it than this latitude; others are taken for what they are in the plane. */
const polar = 60;

/**
 * Polygons around a pole as they are in the plane of longitude and latitude: footprints of satellites are often written as the
 * ring around it alone, which encloses nothing there. RFC 7946 (section 3.1.9) would have them cut at ±180 and led along the
 * pole, as they are afterwards; those that reach ±90 are that already.
 */
export function withPoles(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case 'Polygon':
      return { ...geometry, coordinates: geometry.coordinates.map(overPole) };
    case 'MultiPolygon':
      return { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(overPole)) };
    case 'GeometryCollection':
      return { ...geometry, geometries: geometry.geometries.map(withPoles) };
    default:
      return geometry;
  }
}

function overPole(ring: Position[]): Position[] {
  const latitudes = ring.map(([, latitude]) => latitude!);
  const side = Math.sign(latitudes[0]!);
  if (!latitudes.every((latitude) => latitude * side >= polar && Math.abs(latitude) < 90)) return ring;
  let longitude = ring[0]![0]!;
  const unrolled = ring.map(([x, ...rest]): Position => {
    longitude += shortWay(x! - longitude);
    return [longitude, ...rest];
  });
  const [first, last] = [unrolled[0]![0]!, unrolled.at(-1)![0]!];
  if (Math.round(Math.abs(last - first)) !== 360) return ring;
  return [...unrolled, [last, 90 * side], [first, 90 * side], unrolled[0]!];
}

/** A difference of longitudes, from -180 to 180. */
function shortWay(degrees: number): number {
  return degrees - 360 * Math.round(degrees / 360);
}
