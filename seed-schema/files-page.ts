import { fileReferences, fileSchema, type FileDocument } from './file.ts';
import { makeValidator } from './validator.ts';

/** What `seed files --format json` prints. */
export const filesPageSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:files-page',
  title: 'Page of files',
  description: 'Files of the catalogue, newest first.',
  type: 'object',
  additionalProperties: false,
  required: ['count', 'next', 'results'],
  properties: {
    count: { type: 'integer', minimum: 0, description: 'Files that match, on all pages.' },
    next: { type: ['string', 'null'], description: 'What leads to the next page; null on the last one.' },
    results: { type: 'array', items: fileSchema, description: 'The files of this page.' },
  },
} as const;

/** See `filesPageSchema` for each member. */
export interface FilesPageDocument {
  count: number;
  next: string | null;
  results: FileDocument[];
}

export const filesPageValidator = makeValidator<FilesPageDocument>(
  filesPageSchema,
  'the page',
  fileReferences,
);
