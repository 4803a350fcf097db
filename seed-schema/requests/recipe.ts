import { makeValidator } from '../validator.ts';

const id = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, 'x-allowed': 'an id' } as const;

/** Body of `POST recipes/`. The type is given by its id or by its name. */
export const recipePostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:recipe-post',
  title: 'New recipe',
  description: 'Which recipe type is to be run, and on what.',
  type: 'object',
  additionalProperties: false,
  required: ['input'],
  properties: {
    recipe_type_id: { ...id, description: 'The recipe type by its id.' },
    recipe_type_name: {
      type: 'string',
      maxLength: 1000,
      description: 'The recipe type by its name, instead.',
    },
    revision_num: {
      type: 'integer',
      minimum: 1,
      maximum: 2_147_483_647,
      'x-allowed': 'the number of a revision',
      description: 'Which revision of it; left out, the newest.',
    },
    input: {
      type: 'object',
      'x-allowed': 'an object with files and json',
      description: 'Files and values by input: `{"files": {"SCENE": [17]}, "json": {}}`.',
    },
    reuse: {
      type: 'boolean',
      description: 'Whether what an earlier execution made may be taken; the same as in the configuration.',
    },
    configuration: {
      type: 'object',
      'x-allowed': 'a configuration',
      description: 'Of all its jobs, over that of their types.',
    },
  },
} as const;

export interface RecipePost {
  readonly recipe_type_id?: number;
  readonly recipe_type_name?: string;
  readonly revision_num?: number;
  readonly input: Readonly<Record<string, unknown>>;
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly reuse?: boolean;
}

export const recipePostValidator = makeValidator<RecipePost>(recipePostSchema, 'the recipe');
