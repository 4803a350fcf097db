import { makeValidator } from './validator.ts';

const text = { type: ['string', 'null'] } as const;

/** One Seed image, as `seed list`, `seed search` and `seed inspect` show it. */
export const imageSchema = {
  $id: 'urn:seedbed:image',
  title: 'Seed image',
  type: 'object',
  additionalProperties: false,
  required: [
    'image',
    'name',
    'job_version',
    'package_version',
    'title',
    'description',
    'tags',
    'size',
    'created',
    'id',
    'digests',
    'manifest',
    'problem',
  ],
  properties: {
    image: { type: 'string', description: 'Reference of the image, as commands take it.' },
    name: {
      ...text,
      description: "The job's name; null without a manifest that can be read, as the next ones.",
    },
    job_version: { ...text, description: 'Version of the job.' },
    package_version: { ...text, description: 'Version of its packaging.' },
    title: { ...text, description: "The manifest's title." },
    description: { ...text, description: "The manifest's description." },
    tags: { type: 'array', items: { type: 'string' }, description: "The manifest's tags." },
    size: { type: ['integer', 'null'], minimum: 0, description: 'Bytes; in a registry, compressed.' },
    created: { ...text, description: 'When it was built, ISO 8601.' },
    id: { ...text, description: "Digest of the image's configuration, by which engines know it." },
    digests: {
      type: 'array',
      items: { type: 'string' },
      description: 'Digests by which registries know it.',
    },
    manifest: { description: "The manifest as its author wrote it; null where it can't be read." },
    problem: { ...text, description: 'What is wrong with the image or its manifest; null: nothing.' },
  },
} as const;

/** See `imageSchema` for each member. */
export interface ImageDocument {
  image: string;
  name: string | null;
  job_version: string | null;
  package_version: string | null;
  title: string | null;
  description: string | null;
  tags: string[];
  size: number | null;
  created: string | null;
  id: string | null;
  digests: string[];
  manifest: unknown;
  problem: string | null;
}

/** What `seed list --format json` and `seed search --format json` print. */
export const imagesSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:images',
  title: 'Seed images',
  description: 'The Seed images of an engine or a registry.',
  type: 'object',
  additionalProperties: false,
  required: ['images', 'problems'],
  properties: {
    images: {
      type: 'array',
      items: { $ref: 'urn:seedbed:image' },
      description: 'One for each name of an image.',
    },
    problems: {
      type: 'array',
      items: { type: 'string' },
      description: 'What could not be looked at, and why.',
    },
  },
} as const;

/** See `imagesSchema` for each member. */
export interface ImagesDocument {
  images: ImageDocument[];
  problems: string[];
}

export const imagesValidator = makeValidator<ImagesDocument>(imagesSchema, 'the list', [imageSchema]);
export const imageValidator = makeValidator<ImageDocument>(imageSchema, 'the image');
