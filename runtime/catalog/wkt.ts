import type { Geometry } from 'geojson';

/** Well-known text as Scale writes it (GEOS): `POINT (125.6 10.1)`. The library is loaded only when a file has an area. */
export async function wellKnownText(geometry: Geometry): Promise<string> {
  const { geojsonToWKT } = await import('@terraformer/wkt');
  return geojsonToWKT(geometry as Parameters<typeof geojsonToWKT>[0]);
}
