import type { Geometry } from 'geojson';
import { JsonProblem, parseBoundedJson } from '../sidecar/json-text.ts';
import { collect, readGeometry } from '../sidecar/geometry.ts';
import { areaOfGeometry, type SearchArea } from './area.ts';
import { FilterProblem } from './filter.ts';

/**
 * What is looked for in, as GeoJSON (a geometry, a Feature or a FeatureCollection) or well-known text.
 * @throws FilterProblem
 */
export async function readSearchArea(text: string): Promise<SearchArea> {
  try {
    const geometry = text.trimStart().startsWith('{') ? fromGeoJson(text) : await fromWellKnownText(text);
    if (geometry) return areaOfGeometry(geometry);
  } catch (error) {
    if (error instanceof JsonProblem) throw new FilterProblem(`is not valid: ${error.message}`);
    throw error;
  }
  throw new FilterProblem('is empty');
}

function fromGeoJson(text: string): Geometry | null {
  const value = parseBoundedJson(text, { maxDepth: 20 }) as Record<string, unknown>;
  const { type, geometry, features, bbox } = value;
  if (type === 'Feature')
    return withBox(readGeometry(geometry ?? null), bbox ?? (geometry as Geometry | null)?.bbox);
  if (type !== 'FeatureCollection') return withBox(readGeometry(value), bbox);
  if (!Array.isArray(features)) throw new JsonProblem('features must be an array');
  const read = features.map((feature, nth) =>
    readGeometry((feature as { geometry?: unknown } | null)?.geometry ?? null, `features[${nth}].geometry`),
  );
  return withBox(collect(read), bbox);
}

function withBox(geometry: Geometry | null, bbox: unknown): Geometry | null {
  return geometry && bbox !== undefined
    ? { ...geometry, bbox: bbox as [number, number, number, number] }
    : geometry;
}

async function fromWellKnownText(text: string): Promise<Geometry | null> {
  // Through a module of ours: bundled, the library has no names of its own.
  const { parseWellKnownText } = await import('../wkt.ts');
  // In capitals, with plain numbers and without the reference system, which is WGS 84: what the library reads.
  const plain = text
    .trim()
    .toUpperCase()
    .replace(/^SRID=4326;\s*/, '')
    .replace(/-?\d*\.?\d+E[-+]?\d{1,3}/g, (number) => Number(number).toFixed(15));
  let read: unknown;
  try {
    read = parseWellKnownText(plain);
  } catch {
    throw new FilterProblem('takes GeoJSON or well-known text, such as POLYGON ((0 0, 1 0, 1 1, 0 0))');
  }
  return /\bEMPTY\b/.test(plain) ? null : readGeometry(read);
}
