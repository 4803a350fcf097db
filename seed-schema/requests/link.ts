import { makeValidator } from '../validator.ts';

/** Body of `POST files/{id}/link/`. */
export const linkPostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:link-post',
  title: 'Link to a file',
  description: 'How long a link to a file is good for.',
  type: 'object',
  additionalProperties: false,
  properties: {
    seconds: {
      type: 'integer',
      minimum: 1,
      maximum: 604_800,
      'x-allowed': 'a whole number from 1 to 604800 (7 days)',
      description: 'Seconds until it expires; default 3600, at most 7 days.',
    },
  },
} as const;

export interface LinkPost {
  readonly seconds?: number;
}

export const linkPostValidator = makeValidator<LinkPost>(linkPostSchema, 'the request');
