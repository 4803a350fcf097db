import type { Geometry } from 'geojson';
import type { FromSchema } from 'json-schema-to-ts';
import { geometrySchema } from './metadata/geojson.ts';

/** A time as these documents write it: ISO 8601 in UTC. */
export const timeSchema = { type: 'string', format: 'date-time' } as const;
const timeOrNull = { type: ['string', 'null'], format: 'date-time' } as const;

/** A file of the catalogue (a row of `scale_file`), as the commands print it. */
export const fileSchema = {
  title: 'File',
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'file_name',
    'path',
    'file_size',
    'sha256',
    'media_type',
    'geometry',
    'data_started',
    'data_ended',
    'meta_data',
  ],
  properties: {
    id: { type: ['integer', 'null'], description: 'Row of `scale_file`; null when none was written.' },
    file_name: { type: 'string', description: 'Name without directories.' },
    path: {
      type: 'string',
      description:
        'Absolute path on this machine; of a file that is with a service, its address there; of one in a workspace that is no directory, its public address or `WORKSPACE:PATH`.',
    },
    file_size: { type: 'integer', minimum: 0, description: 'Bytes.' },
    sha256: {
      type: ['string', 'null'],
      pattern: '^[0-9a-f]{64}$',
      'x-allowed': '64 hexadecimal digits, or null',
      description: 'SHA-256 of the content, hexadecimal; null when it was not taken.',
    },
    media_type: { type: 'string', description: 'IANA media type.' },
    geometry: {
      if: { type: 'null' },
      else: { $ref: geometrySchema.$id },
      'x-allowed': 'a GeoJSON geometry, or null',
      description: 'Area of the data (GeoJSON, WGS 84); null when unknown.',
    },
    data_started: { ...timeOrNull, description: 'When the data begins; null when unknown.' },
    data_ended: { ...timeOrNull, description: 'When the data ends; null when unknown.' },
    meta_data: { type: 'object', description: 'Properties of the metadata sidecar; {} when there was none.' },
  },
} as const;

/** Schemas that `fileSchema` refers to. */
export const fileReferences = [geometrySchema];

/** A file of the catalogue as the commands print it: see `fileSchema` for each member. */
export type FileDocument = Omit<FromSchema<typeof fileSchema>, 'geometry' | 'meta_data'> & {
  geometry: Geometry | null;
  meta_data: Record<string, unknown>;
};
