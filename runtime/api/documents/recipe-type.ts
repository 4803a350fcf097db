import {
  definition,
  DefinedRecipeTypeDocument,
  knownRecipeType,
  RecipeTypeBaseDocument,
} from './defined-recipe-type.ts';
import { Finding } from './finding.ts';
import { JobTypeDetailsDocument } from './job-type.ts';
import { anyObject, boolean, id, mapOf, oneOf, string, time, Type } from './schema.ts';

/** What can be run in which order, as lists show it. */
export const RecipeTypeDocument = Type.Object(
  {
    ...knownRecipeType,
    job_types: Type.Array(Type.Object({ name: string, version: string }), {
      description: 'That its definition names.',
    }),
    sub_recipe_types: Type.Array(string, { description: 'Names of recipe types that its definition names.' }),
  },
  { $id: 'RecipeType' },
);

const detailed = {
  ...knownRecipeType,
  definition,
  job_types: Type.Array(JobTypeDetailsDocument),
  sub_recipe_types: Type.Array(DefinedRecipeTypeDocument),
  super_recipe_types: Type.Array(DefinedRecipeTypeDocument, { description: 'Those that contain it.' }),
};

/** What can be run in which order, with all that belongs to it. */
export const RecipeTypeDetailsDocument = Type.Object(detailed, { $id: 'RecipeTypeDetails' });

/** A recipe type that was made or changed. */
export const SavedRecipeTypeDocument = Type.Object(
  { ...detailed, warnings: Type.Array(Finding) },
  { $id: 'SavedRecipeType' },
);

const revision = {
  id,
  recipe_type: RecipeTypeBaseDocument,
  revision_num: Type.Integer({ minimum: 1 }),
  created: time,
};

/** A definition that a recipe type has or had. */
export const RecipeTypeRevisionDocument = Type.Object(revision, { $id: 'RecipeTypeRevision' });

export const RecipeTypeRevisionDetailsDocument = Type.Object(
  { ...revision, recipe_type: DefinedRecipeTypeDocument, definition },
  { $id: 'RecipeTypeRevisionDetails' },
);

const change = Type.Object({ name: string, description: string });

/** What became of a node between two definitions. */
const NodeDiff = Type.Object(
  {
    status: oneOf(['NEW', 'CHANGED', 'UNCHANGED', 'DELETED']),
    changes: Type.Array(change),
    reprocess_new_node: Type.Boolean({ description: 'Whether it runs again when a recipe is reprocessed.' }),
    force_reprocess: boolean,
    dependencies: Type.Array(anyObject),
    node_type: anyObject,
    prev_node_type: Type.Optional(Type.String({ description: 'The kind that it was of.' })),
  },
  { $id: 'RecipeNodeDiff' },
);

/** What a definition changes; `{}` where there is none to compare it with. */
export const RecipeTypeDiffDocument = Type.Object(
  {
    can_be_reprocessed: Type.Optional(boolean),
    reasons: Type.Optional(Type.Array(change)),
    nodes: Type.Optional(mapOf(NodeDiff)),
  },
  { $id: 'RecipeTypeDiff' },
);

/** How a recipe type was judged. */
export const RecipeTypeJudgementDocument = Type.Object(
  {
    is_valid: boolean,
    errors: Type.Array(Finding),
    warnings: Type.Array(Finding),
    diff: RecipeTypeDiffDocument,
  },
  { $id: 'RecipeTypeJudgement' },
);
