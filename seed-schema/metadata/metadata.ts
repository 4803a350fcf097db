import { makeValidator } from '../validator.ts';
import { branches, geojsonDefinitions, geojsonTypes, type GeoJson } from './geojson.ts';

const time = {
  type: 'string',
  format: 'date-time',
  'x-allowed': 'a time with its offset from UTC, such as 2019-10-14T00:00:00Z (RFC 3339)',
} as const;
const text = { type: 'string' } as const;

/** The members of a Feature's `properties` that have a meaning; all others are the author's own. */
export const metadataProperties = {
  dataStarted: { description: 'When the data begins.', ...time },
  dataEnded: { description: 'When the data ends.', ...time },
  sourceStarted: { description: 'When the source data begins.', ...time },
  sourceEnded: { description: 'When the source data ends.', ...time },
  sourceSensorClass: { description: 'Class of the sensor, such as `Radar`.', ...text },
  sourceSensor: { description: 'The sensor, such as `X-Band`.', ...text },
  sourceCollection: { description: 'The collection that the source belongs to.', ...text },
  sourceTask: { description: 'The task that the source was collected for.', ...text },
  dataTypes: {
    description: 'Tags for the kind of data.',
    type: 'array',
    items: text,
    'x-allowed': 'an array of strings',
  },
} as const;

/** What Seedbed takes from a Feature's `properties`. */
export interface MetadataProperties {
  readonly dataStarted?: string;
  readonly dataEnded?: string;
  readonly sourceStarted?: string;
  readonly sourceEnded?: string;
  readonly sourceSensorClass?: string;
  readonly sourceSensor?: string;
  readonly sourceCollection?: string;
  readonly sourceTask?: string;
  readonly dataTypes?: readonly string[];
}

/**
 * The metadata sidecar, `<file>.metadata.json`: any GeoJSON object (RFC 7946), with times and source in a Feature's
 * `properties`. Where the schema published with the standard is narrower than the RFC that it cites (no `bbox` or foreign
 * members in a geometry, no collection inside a Feature), the RFC decides.
 */
export const metadataSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:metadata',
  title: 'Metadata sidecar',
  description: 'Where and when the data of a file is from, as GeoJSON.',
  ...branches(geojsonTypes),
  definitions: geojsonDefinitions({ type: ['object', 'null'], properties: metadataProperties }),
} as const;

/** The JSON Schema's rules alone: `judgeMetadata` adds those that no schema can say. */
export const metadataValidator = makeValidator<GeoJson>(metadataSchema, 'the sidecar');
