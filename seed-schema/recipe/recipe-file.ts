import { makeValidator } from '../validator.ts';

const place = { type: 'string', minLength: 1, maxLength: 4096, pattern: '\\S' } as const;
const words = { type: 'string', maxLength: 10_000 } as const;

/** Of a recipe type, as the service takes it. */
const name = {
  type: 'string',
  maxLength: 250,
  pattern: '^[a-zA-Z0-9][a-zA-Z0-9._-]*$',
  'x-allowed': 'a name of letters, digits, `.`, `_` and `-`, with a letter or digit first',
} as const;

/** What `seed-run --recipe` and `seed submit-recipe` read, as YAML or JSON; a bare definition is read, too. */
export const recipeFileSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:recipe-file',
  title: 'Recipe file',
  description: 'A recipe type, and where the jobs and recipes are that it is made of.',
  type: 'object',
  additionalProperties: false,
  required: ['definition'],
  properties: {
    name: { ...name, description: "Of the recipe type; default: the file's name without its extension." },
    title: { ...words, description: 'In a few words.' },
    description: { ...words, description: 'What it is for.' },
    definition: {
      type: 'object',
      'x-allowed': 'a recipe definition',
      description:
        'Version "6" or "7". Revisions of job types and recipe types may be left out: then it is the newest one.',
    },
    jobs: {
      type: 'array',
      maxItems: 10_000,
      items: { ...place, 'x-allowed': 'a job directory, or an image' },
      'x-allowed': 'an array of job directories and images',
      description:
        'Where the job types are that nodes name: job directories, relative to this file, and images. Others must be known already.',
    },
    recipes: {
      type: 'array',
      maxItems: 10_000,
      items: { ...place, 'x-allowed': 'the path of a recipe file' },
      'x-allowed': 'an array of recipe files',
      description:
        'Recipe files, relative to this one, of the recipe types that nodes name. Others must be known already.',
    },
  },
} as const;

/** See `recipeFileSchema` for each member. */
export interface RecipeFileDocument {
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly jobs?: readonly string[];
  readonly recipes?: readonly string[];
}

export const recipeFileValidator = makeValidator<RecipeFileDocument>(recipeFileSchema, 'the recipe file');
