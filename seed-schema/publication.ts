import { makeValidator } from './validator.ts';
import { findingSchema, type Finding } from './validation.ts';

const published = {
  type: 'object',
  additionalProperties: false,
  required: ['image', 'digest', 'already'],
  properties: {
    image: { type: 'string', description: 'Reference of the image, as others pull it.' },
    digest: { type: 'string', description: 'Digest of its manifest, `sha256:...`.' },
    already: { type: 'boolean', description: 'It was there, and the same: nothing was pushed.' },
  },
} as const;

/** What `seed publish --format json` prints. */
export const publishedSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:published',
  title: 'Publication',
  description: 'Where an image is now.',
  ...published,
} as const;

/** See `publishedSchema` for each member. */
export interface PublishedDocument {
  image: string;
  digest: string;
  already: boolean;
}

/** What `seed build --format json` prints. */
export const builtSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:built',
  title: 'Build',
  description: 'The image that was built.',
  type: 'object',
  additionalProperties: false,
  required: ['image', 'id', 'warnings', 'published'],
  properties: {
    image: { type: 'string', description: 'Its name by the standard.' },
    id: { type: 'string', description: 'Digest of its configuration, `sha256:...`.' },
    warnings: { type: 'array', items: findingSchema, description: 'What the manifest deserves.' },
    published: {
      ...published,
      type: ['object', 'null'],
      description: 'With `--publish`, where it is now, perhaps in another version; else null.',
    },
  },
} as const;

/** See `builtSchema` for each member. */
export interface BuiltDocument {
  image: string;
  id: string;
  warnings: Finding[];
  published: PublishedDocument | null;
}

export const publishedValidator = makeValidator<PublishedDocument>(publishedSchema, 'the publication');
export const builtValidator = makeValidator<BuiltDocument>(builtSchema, 'the build');
