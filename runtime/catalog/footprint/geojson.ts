import type { Geometry } from 'geojson';
import { isObject } from '../../../seed-schema/json/types.ts';
import type { FileMetadata } from '../metadata.ts';
import { interpretSidecar, jsonbSafe, parseBoundedJson, partsOf } from '../sidecar/index.ts';
import type { Finding } from './finding.ts';
import { areaOf } from './outline.ts';
import type { FileReader } from './reader.ts';

/** Bytes of a document that is read for where it lies. */
const largest = 16 * 2 ** 20;
/** Positions that a footprint may have; of more, the box alone is kept. */
const mostPositions = 1000;

const types =
  /^(Feature|FeatureCollection|Point|MultiPoint|LineString|MultiLineString|Polygon|MultiPolygon|GeometryCollection)$/;

/** @throws for what is no JSON, or too much of it */
export async function readJson(file: FileReader, most = largest): Promise<unknown> {
  return jsonbSafe(parseBoundedJson(await file.whole(most), { maxDepth: 64 }));
}

/**
 * Where a GeoJSON file lies as a whole. What its features say is its content and not its metadata, except for a single
 * feature, which is read like a sidecar.
 * @returns undefined for other JSON
 */
export async function readGeojson(file: FileReader): Promise<Finding | undefined> {
  const document = await readJson(file);
  if (!isObject(document) || typeof document.type !== 'string' || !types.test(document.type))
    return undefined;
  const features = Array.isArray(document.features) ? document.features : undefined;
  const single = features ? (features.length === 1 ? 1 : 0) : 1;
  const read = single ? full(document) : placeOnly(document);
  return { ...small(read), from: 'geojson' };
}

function full(document: Readonly<Record<string, unknown>>): FileMetadata {
  try {
    return interpretSidecar(document);
  } catch {
    return placeOnly(document);
  }
}

/** The same document without what its features say. */
function placeOnly(document: Readonly<Record<string, unknown>>): FileMetadata {
  const bare = (feature: unknown) => (isObject(feature) ? { ...feature, properties: {} } : feature);
  const features = Array.isArray(document.features) ? document.features.map(bare) : undefined;
  const read = interpretSidecar(features ? { ...document, features } : bare(document));
  return { ...read, metaData: features ? { features: features.length } : {} };
}

function small(read: FileMetadata): FileMetadata {
  const { geometry, bbox } = read;
  const positions = geometry ? countPositions(geometry) : 0;
  if (positions <= mostPositions || !bbox) return read;
  const { west, south, east, north } = bbox;
  const box = areaOf([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]);
  return { ...read, geometry: box ?? null, metaData: { ...read.metaData, positions, footprint: 'box' } };
}

function countPositions(geometry: Geometry): number {
  return partsOf(geometry).reduce((sum, part) => sum + part.length, 0);
}
