import type { FromSchema } from 'json-schema-to-ts';
import { makeValidator } from './validator.ts';

const counts = {
  type: 'object',
  additionalProperties: false,
  required: ['found', 'taken', 'known', 'left'],
  properties: {
    found: { type: 'integer', minimum: 0, description: 'How many there are in that Scale.' },
    taken: { type: 'integer', minimum: 0, description: 'Taken over now.' },
    known: { type: 'integer', minimum: 0, description: 'Taken over before, or here already and the same.' },
    left: { type: 'integer', minimum: 0, description: 'Not taken over; `problems` says why.' },
  },
} as const;

/** What `seed import-scale --format json` prints. */
export const importResultSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:import-result',
  title: 'Import from Scale',
  description: 'What was taken over from a Scale, and what could not be.',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'dry_run', 'workspaces', 'job_types', 'recipe_types', 'files', 'lineage', 'problems'],
  properties: {
    source: { type: 'string', description: 'Which Scale, by the name that the import remembers it by.' },
    dry_run: { type: 'boolean', description: 'Nothing was kept.' },
    workspaces: { ...counts, description: 'Workspaces.' },
    job_types: { ...counts, description: 'Job types, with their revisions.' },
    recipe_types: { ...counts, description: 'Revisions of recipe types.' },
    files: { ...counts, description: 'Files.' },
    lineage: { ...counts, description: 'Which file was made from which.' },
    problems: {
      type: 'array',
      description: 'Why things were not taken over, or not as they were: each reason once for each kind.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'reason', 'count', 'examples'],
        properties: {
          kind: {
            type: 'string',
            description: '`workspace`, `job_type`, `recipe_type`, `file` or `lineage`.',
          },
          reason: { type: 'string', description: 'In words.' },
          count: { type: 'integer', minimum: 1, description: 'Of how many.' },
          examples: { type: 'array', items: { type: 'string' }, description: 'Names of the first five.' },
        },
      },
    },
  },
} as const;

/** See `importResultSchema` for each member. */
export type ImportResultDocument = FromSchema<typeof importResultSchema>;

export const importResultValidator = makeValidator<ImportResultDocument>(importResultSchema, 'the result');
