import { geojsonToWKT, wktToGeoJSON } from '@terraformer/wkt';
import type { Geometry } from 'geojson';

/** Well-known text as Scale writes it (GEOS): `POINT (125.6 10.1)`. */
export function wellKnownText(geometry: Geometry): string {
  return geojsonToWKT(geometry as Parameters<typeof geojsonToWKT>[0]);
}

/** What well-known text says, in capitals and plain numbers; not judged. @throws an error of the library's */
export function parseWellKnownText(text: string): unknown {
  return wktToGeoJSON(text);
}
