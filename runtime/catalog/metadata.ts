import type { Geometry } from 'geojson';
import { countriesOf } from './countries/index.ts';

/** West, south, east, north in degrees; one that crosses the antimeridian has east + 360. */
export interface BoundingBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** What a sidecar says of a file, in the terms of the catalogue. Times are UTC text. */
export interface FileMetadata {
  readonly geometry: Geometry | null;
  readonly bbox?: BoundingBox | null | undefined;
  readonly dataStarted?: string | undefined;
  readonly dataEnded?: string | undefined;
  readonly sourceStarted?: string | undefined;
  readonly sourceEnded?: string | undefined;
  readonly sourceSensorClass?: string | undefined;
  readonly sourceSensor?: string | undefined;
  readonly sourceCollection?: string | undefined;
  readonly sourceTask?: string | undefined;
  readonly dataTypes?: readonly string[] | undefined;
  /** Of an input: where in its workspace its job wants it. */
  readonly newWorkspacePath?: string | undefined;
  readonly metaData: Record<string, unknown>;
}

/** `((east,north),(west,south))`, the text of Postgres's type `box`. */
export function boxText({ west, south, east, north }: BoundingBox): string {
  return `((${east},${north}),(${west},${south}))`;
}

/** The columns of `scale_file` that say where a file is, from its metadata; nulls and no countries where they do not say. */
export async function placeColumns(metadata: Pick<FileMetadata, 'geometry' | 'bbox'> | null) {
  const { geometry = null, bbox = null } = metadata ?? {};
  const place = geometry ?? (bbox && boxGeometry(bbox));
  return {
    geometry,
    bbox: bbox ? boxText(bbox) : null,
    center_point: geometry ? await centerPointText(geometry) : null,
    countries: place ? await countriesOf(place, bbox) : [],
  };
}

/** A box as an area; its longitudes go on beyond 180. */
function boxGeometry({ west, south, east, north }: BoundingBox): Geometry {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

/** The centroid of an area, `(lon,lat)` as text of Postgres's type `point`. turf is loaded only when a file has an area. */
export async function centerPointText(geometry: Geometry): Promise<string | null> {
  const { centerOfMass } = await import('@turf/center-of-mass');
  const [longitude, latitude] = centerOfMass(geometry).geometry.coordinates;
  return Number.isFinite(longitude) && Number.isFinite(latitude) ? `(${longitude},${latitude})` : null;
}
