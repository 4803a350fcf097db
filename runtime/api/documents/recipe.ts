import { graphStates, recipeCounterNames, recipeGraphSchema } from '../../../seed-schema/index.ts';
import { RecipeTypeBaseDocument } from './defined-recipe-type.ts';
import { Finding } from './finding.ts';
import { JobTypeBaseDocument } from './job-type.ts';
import { anyObject, boolean, count, id, mapOf, nullable, oneOf, string, time, Type } from './schema.ts';

const revision = Type.Integer({ minimum: 1 });
const none = Type.Null({ description: 'There is none yet.' });
const reference = nullable(Type.Object({ id }));

/** A recipe inside another document. */
export const RecipeBaseDocument = Type.Object(
  { id, recipe_type: RecipeTypeBaseDocument, recipe_type_rev: Type.Object({ id }), event: none },
  { $id: 'RecipeBase' },
);

const counters = Object.fromEntries(recipeCounterNames.map((name) => [name, count]));

const listed = {
  id,
  recipe_type: RecipeTypeBaseDocument,
  recipe_type_rev: Type.Object({ id, recipe_type: Type.Object({ id }), revision_num: revision }),
  event: none,
  ingest_event: none,
  recipe: nullable(RecipeBaseDocument),
  batch: reference,
  is_superseded: boolean,
  superseded_recipe: reference,
  input_file_size: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    minimum: 0,
    description: 'MiB of all input files.',
  }),
  source_started: nullable(time),
  source_ended: nullable(time),
  source_sensor_class: nullable(string),
  source_sensor: nullable(string),
  source_collection: nullable(string),
  source_task: nullable(string),
  ...counters,
  is_completed: boolean,
  created: time,
  completed: nullable(time),
  superseded: nullable(time),
  last_modified: time,
};

/** One run of a recipe type. */
export const RecipeDocument = Type.Object(listed, { $id: 'Recipe' });

const dependencies = Type.Array(Type.Object({ name: string, acceptance: boolean }));
const runs = Type.Optional(
  Type.Object(
    { total: nullable(count), states: mapOf(count), concurrency: nullable(revision) },
    { description: 'Of a node with forEach: how many of its runs stand where.' },
  ),
);

const jobInstance = Type.Object({
  node_type: oneOf(['job']),
  job_type_name: string,
  job_type_version: string,
  job_type_revision: revision,
  job_id: nullable(id),
  status: oneOf(graphStates),
  items: runs,
});
const recipeInstance = Type.Object({
  node_type: oneOf(['recipe']),
  recipe_type_name: string,
  recipe_type_revision: revision,
  recipe_id: nullable(id),
  is_completed: boolean,
  ...counters,
  items: runs,
});
const conditionInstance = Type.Object({
  node_type: oneOf(['condition']),
  condition_id: id,
  is_processed: boolean,
  is_accepted: boolean,
  items: runs,
});

const detailed = {
  ...listed,
  recipe_type_rev: Type.Object({
    id,
    recipe_type: RecipeTypeBaseDocument,
    revision_num: revision,
    definition: anyObject,
    created: time,
  }),
  superseded_recipe: nullable(RecipeBaseDocument),
  superseded_by_recipe: nullable(RecipeBaseDocument),
  input: anyObject,
  output: nullable(anyObject),
  details: Type.Object(
    {
      nodes: mapOf(
        Type.Object({
          dependencies,
          node_type: Type.Union([jobInstance, recipeInstance, conditionInstance]),
        }),
      ),
    },
    { description: 'Its nodes by name; without sub-recipes that have not been started.' },
  ),
  job_types: Type.Array(JobTypeBaseDocument),
  sub_recipe_types: Type.Array(RecipeTypeBaseDocument),
};

/** A recipe with its input and nodes. */
export const RecipeDetailsDocument = Type.Object(detailed, { $id: 'RecipeDetails' });

/** A recipe that was begun, with what is odd about its input. */
export const AcceptedRecipeDocument = Type.Object(
  { ...detailed, warnings: Type.Array(Finding) },
  { $id: 'AcceptedRecipe' },
);

const { $id: _urn, $schema: _draft, title: _title, ...graph } = recipeGraphSchema;

/** See `recipeGraphSchema`. */
export const RecipeGraphDocument = Type.Unsafe({ ...graph, $id: 'RecipeGraph' });
