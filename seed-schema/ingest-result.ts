import type { FromSchema } from 'json-schema-to-ts';
import { makeValidator } from './validator.ts';

const count = (description: string) => ({ type: 'integer', minimum: 0, description }) as const;

const problems = (description: string) =>
  ({
    type: 'array',
    description,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['path', 'reason'],
      properties: {
        path: { type: 'string', description: 'Absolute path on the machine of the command.' },
        reason: { type: 'string', description: 'Why, in words.' },
      },
    },
  }) as const;

/** What `seed ingest --format json` prints. */
export const ingestResultSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:ingest-result',
  title: 'Files taken in',
  description: 'What became of the files that a command was given.',
  type: 'object',
  additionalProperties: false,
  required: [
    ...(['status', 'workspace', 'dry_run', 'new', 'changed', 'known', 'skipped', 'failed'] as const),
    ...(['bytes_read', 'recipes', 'failures', 'left_out', 'seconds'] as const),
  ],
  properties: {
    status: {
      type: 'string',
      enum: ['completed', 'incomplete', 'interrupted'],
      description:
        '`incomplete`: some files failed. `interrupted`: a signal ended it; given again, it goes on.',
    },
    workspace: { type: 'string', description: 'Name of the workspace that the files are in.' },
    dry_run: {
      type: 'boolean',
      description: 'Nothing was done; what files would become is judged without reading them.',
    },
    new: count('Files that the catalogue did not know.'),
    changed: count('Files that it knew with another content: each is a new version.'),
    known: count('Files that it knew as they are.'),
    skipped: count('Links, devices and the like, which are left out.'),
    failed: count('Files and directories that could not be taken in.'),
    bytes_read: count('Bytes that were read for checksums or copied.'),
    recipes: count('Recipes that were started.'),
    failures: problems('The first 1,000 that failed.'),
    left_out: problems('The first 1,000 that were skipped.'),
    seconds: { type: 'number', minimum: 0, description: 'How long it took.' },
  },
} as const;

/** See `ingestResultSchema` for each member. */
export type IngestResultDocument = FromSchema<typeof ingestResultSchema>;

export const ingestResultValidator = makeValidator<IngestResultDocument>(ingestResultSchema, 'the result');
