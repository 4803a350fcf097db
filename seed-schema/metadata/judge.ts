import type { Problem } from '../explain.ts';
import { isObject } from '../json/types.ts';
import { alike } from '../nearest.ts';
import { below, type JsonPath } from '../path.ts';
import type { Finding, ValidationDocument } from '../validation.ts';
import { found } from '../words.ts';
import { type Indices, openRing, outside } from './coordinates.ts';
import { geojsonTypes } from './geojson.ts';
import { metadataProperties, metadataValidator } from './metadata.ts';
import type { MetadataErrorName, MetadataWarningName } from './names.ts';
import { geojsonObjects, type Located } from './objects.ts';
import { instant, lacksOffset } from './time.ts';

interface Named<Name extends string> extends Finding {
  readonly name: Name;
}
type Err = Named<MetadataErrorName>;
type Warn = Named<MetadataWarningName>;

/** Messages of one document; a broken writer breaks every feature alike. */
const mostFindings = 100;

/**
 * Judges a parsed metadata sidecar: the schema, and what no schema can say (rings closed, spans not reversed, members of
 * one GeoJSON type not in another). Ask `nestsDeeper` about its text first. Errors and warnings after the first 100 are left out.
 */
export function judgeMetadata(document: unknown): ValidationDocument {
  const errors = metadataValidator.problems(document).map(named);
  const warnings: Finding[] = [];
  for (const object of geojsonObjects(document)) {
    if (errors.length >= mostFindings) break;
    errors.push(...misplaced(object), ...unclosed(object), ...reversed(object));
    if (warnings.length < mostFindings)
      warnings.push(...outOfRange(object), ...otherReference(object), ...misspelt(object));
  }
  return { is_valid: errors.length === 0, errors: errors.slice(0, mostFindings), warnings };
}

function named({ keyword, value, path, description }: Problem): Err {
  if (keyword !== 'format') return { name: 'JSON_VALIDATION_ERROR', description, path };
  if (!lacksOffset(String(value))) return { name: 'INVALID_TIME', description, path };
  const lack = `${path} has no offset from UTC: write ${String(value)}${String(value).includes('T') ? '' : 'T00:00:00'}Z, or +hh:mm for Z`;
  return { name: 'TIME_WITHOUT_OFFSET', description: lack, path };
}

/** RFC 7946, section 7.1: the defining members of one kind of object mean nothing, or something else, in another. */
function* misplaced({ path, value }: Located): Generator<Err> {
  if (!geojsonTypes.some((type) => type === value.type)) return;
  const kind = value.type === 'Feature' || value.type === 'FeatureCollection' ? value.type : 'geometry';
  const barred = {
    Feature: ['coordinates', 'geometries', 'features'],
    FeatureCollection: ['coordinates', 'geometries', 'geometry', 'properties'],
    geometry: ['geometry', 'properties', 'features'],
  }[kind];
  for (const member of barred) {
    if (!Object.hasOwn(value, member)) continue;
    const advice = member === 'properties' && kind === 'geometry' ? '; put the geometry into a Feature' : '';
    yield {
      name: 'MISPLACED_MEMBER',
      path: below(path, member),
      description: `${below(path, member)} does not belong in a ${String(value.type)} (RFC 7946, 7.1)${advice}`,
    };
  }
}

function* unclosed({ path, value }: Located): Generator<Err> {
  const indices = openRing(value.type, value.coordinates);
  if (!indices) return;
  const ring = at(path, indices);
  const description = `${ring} is not closed: a ring's last position must equal its first (RFC 7946, 3.1.6)`;
  yield { name: 'UNCLOSED_RING', path: ring, description };
}

function* reversed({ path, value: { type, properties } }: Located): Generator<Err> {
  if (type !== 'Feature' || !isObject(properties)) return;
  for (const kind of ['data', 'source']) {
    const [started, ended] = [properties[`${kind}Started`], properties[`${kind}Ended`]];
    if (typeof started !== 'string' || typeof ended !== 'string') continue;
    const [from, to] = [instant(started), instant(ended)];
    if (from === undefined || to === undefined || from <= to) continue;
    const where = below(below(path, 'properties'), `${kind}Ended`);
    const description = `${where} (${ended}) is before ${kind}Started (${started})`;
    yield { name: 'REVERSED_SPAN', path: where, description };
  }
}

function* outOfRange({ path, value }: Located): Generator<Warn> {
  const indices = outside(value.coordinates);
  if (!indices) return;
  const position = at(path, indices);
  yield {
    name: 'COORDINATES_OUT_OF_RANGE',
    path: position,
    description: `${position} is not on the Earth: longitude (-180 to 180) comes first, then latitude (-90 to 90), in degrees`,
  };
}

function* otherReference({ path, value }: Located): Generator<Warn> {
  if (!Object.hasOwn(value, 'crs') || value.crs === null) return;
  const where = below(path, 'crs');
  const description = `${where} is ignored: coordinates are longitude and latitude in WGS 84 (RFC 7946, 4)`;
  yield { name: 'CRS_IGNORED', path: where, description };
}

function* misspelt({ path, value: { type, properties } }: Located): Generator<Warn> {
  if (type !== 'Feature' || !isObject(properties)) return;
  const known = Object.keys(metadataProperties);
  for (const key of Object.keys(properties)) {
    if (known.includes(key) || key.length > 64) continue;
    const meant = alike(key, known);
    if (meant === undefined || Object.hasOwn(properties, meant)) continue;
    const where = below(below(path, 'properties'), key);
    const description = `${where} has no meaning of its own; did you mean ${meant}? It is ${found(properties[key])}`;
    yield { name: 'MISSPELLED_PROPERTY', path: where, description };
  }
}

function at(path: JsonPath, indices: Indices): JsonPath {
  return indices.reduce<JsonPath>(below, below(path, 'coordinates'));
}
