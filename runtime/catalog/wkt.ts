import { geojsonToWKT } from '@terraformer/wkt';
import type { Geometry } from 'geojson';

/** Well-known text as Scale writes it (GEOS): `POINT (125.6 10.1)`. */
export function wellKnownText(geometry: Geometry): string {
  return geojsonToWKT(geometry as Parameters<typeof geojsonToWKT>[0]);
}
