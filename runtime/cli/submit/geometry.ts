import { wktToGeoJSON } from '@terraformer/wkt';
import type { Geometry } from 'geojson';

/** Well-known text, as the service writes areas, as GeoJSON. */
export function geometryFrom(text: string): Geometry {
  return wktToGeoJSON(text) as Geometry;
}
