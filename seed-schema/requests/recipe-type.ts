import { makeValidator } from '../validator.ts';
import { shown } from './shown.ts';

const title = { ...shown.title, description: 'For people; of a new one, what its name is made of.' } as const;

const told = {
  ...shown,
  title,
  definition: {
    type: 'object',
    'x-allowed': 'a recipe definition',
    description: 'What runs, in which order; one that differs from the last one is a new revision.',
  },
} as const;

const changed = {
  ...told,
  is_active: { type: 'boolean', description: 'false: no new recipe of it is made.' },
  auto_update: {
    type: 'boolean',
    description:
      'Whether recipe types that contain it get its new revision, or go out of use with it; default true.',
  },
} as const;

const name = {
  type: ['string', 'null'],
  maxLength: 250,
  'x-allowed': 'a text of at most 250 characters',
  description:
    'What it is called in addresses and definitions. Given: that recipe type is made or changed. Left out: a new one is made, whose name comes from the title.',
} as const;

/** Body of `POST recipe-types/`. */
export const recipeTypePostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:recipe-type-post',
  title: 'New recipe type',
  description: 'What makes a recipe type, or changes the one of that name.',
  type: 'object',
  additionalProperties: false,
  required: ['definition'],
  properties: { name, ...told },
} as const;

/** Body of `PATCH recipe-types/{name}/`. */
export const recipeTypePatchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:recipe-type-patch',
  title: 'Change of a recipe type',
  description: 'What changes a recipe type; members that are left out stay as they are.',
  type: 'object',
  additionalProperties: false,
  properties: changed,
} as const;

/** Body of `POST recipe-types/validation/`. Scale's clients send what they would post or change. */
export const recipeTypeValidationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:recipe-type-validation-post',
  title: 'Recipe type to be judged',
  description: 'What would be saved; only the definition is judged.',
  type: 'object',
  additionalProperties: false,
  required: ['definition'],
  properties: {
    ...changed,
    name: { ...name, description: 'Of one that is there: what would change about it is told too.' },
  },
} as const;

export interface RecipeTypePatch {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly definition?: Readonly<Record<string, unknown>>;
  readonly is_active?: boolean;
  readonly auto_update?: boolean;
}

export interface RecipeTypePost {
  readonly name?: string | null;
  readonly title?: string | null;
  readonly description?: string | null;
  readonly definition: Readonly<Record<string, unknown>>;
}

export const recipeTypePostValidator = makeValidator<RecipeTypePost>(recipeTypePostSchema, 'the recipe type');
export const recipeTypePatchValidator = makeValidator<RecipeTypePatch>(recipeTypePatchSchema, 'the change');
export const recipeTypeToJudgeValidator = makeValidator<RecipeTypePost>(
  recipeTypeValidationSchema,
  'the recipe type',
);
