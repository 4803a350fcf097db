import type { Geometry, Position } from 'geojson';

/** The points, lines and polygons of a geometry, each by itself. */
export function flatten(geometry: Geometry): Geometry[] {
  switch (geometry.type) {
    case 'MultiPoint':
      return geometry.coordinates.map((coordinates) => ({ type: 'Point', coordinates }));
    case 'MultiLineString':
      return geometry.coordinates.map((coordinates) => ({ type: 'LineString', coordinates }));
    case 'MultiPolygon':
      return geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }));
    case 'GeometryCollection':
      return geometry.geometries.flatMap(flatten);
    default:
      return [geometry];
  }
}

/** The same geometry with other positions. */
export function mapPositions(geometry: Geometry, change: (position: Position) => Position): Geometry {
  if (geometry.type === 'GeometryCollection')
    return { type: geometry.type, geometries: geometry.geometries.map((one) => mapPositions(one, change)) };
  const through = (value: unknown): unknown =>
    Array.isArray(value) && typeof value[0] === 'number'
      ? change(value as Position)
      : (value as unknown[]).map(through);
  return { type: geometry.type, coordinates: through(geometry.coordinates) } as Geometry;
}
