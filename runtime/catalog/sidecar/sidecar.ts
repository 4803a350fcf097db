import { isObject } from '../../../seed-schema/json/types.ts';
import { kindOf } from '../../../seed-schema/words.ts';
import type { FileMetadata } from '../metadata.ts';
import { boundingBox } from './bounding-box.ts';
import { collect, readGeometry } from './geometry.ts';
import { JsonProblem, jsonbSafe } from './json-text.ts';
import { merge, readProperties } from './sidecar-properties.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What a metadata sidecar says of its file, in the terms of the catalogue (the standard, "Metadata"; RFC 7946): a bare
 * geometry, a Feature, or a collection of either. Times are UTC text with microseconds.
 * @param document parsed with a bounded depth, and judged by `judgeMetadata`; what the catalogue relies on is checked again
 * @throws JsonProblem
 */
export function interpretSidecar(document: unknown): FileMetadata {
  const top = objectOf(jsonbSafe(document), 'the document');
  const features = featuresOf(top);
  const geometries = features.map(({ feature, where }) =>
    readGeometry(feature.geometry ?? null, `${where}geometry`),
  );
  const geometry = collect(geometries);
  const described = features.map(({ feature, where }) =>
    readProperties(objectOf(feature.properties ?? {}, `${where}properties`), `${where}properties`),
  );
  return { geometry, bbox: boundingBox(geometry, boxOf(top, features)), ...merge(described) };
}

interface Located {
  readonly feature: JsonObject;
  /** Path of the feature with what joins it to a member's name. */
  readonly where: string;
}

/** A bare geometry counts as a feature without properties. */
function featuresOf(top: JsonObject): Located[] {
  if (top.type === 'Feature') return [{ feature: top, where: '' }];
  if (top.type !== 'FeatureCollection') return [{ feature: { geometry: top }, where: '' }];
  if (!Array.isArray(top.features)) throw new JsonProblem('features must be an array');
  return top.features.map((feature: unknown, index) => ({
    feature: objectOf(feature, `features[${index}]`),
    where: `features[${index}].`,
  }));
}

/** The document's own box, or the one of its only feature or that one's geometry. */
function boxOf(top: JsonObject, features: readonly Located[]): unknown {
  const [only, other] = features;
  if (top.bbox !== undefined || !only || other) return top.bbox;
  return only.feature.bbox ?? (only.feature.geometry as JsonObject | null | undefined)?.bbox;
}

function objectOf(value: unknown, what: string): JsonObject {
  if (!isObject(value)) throw new JsonProblem(`${what} must be an object, and is ${kindOf(value)}`);
  return value;
}
