import { batchCounterNames, batchStates } from '../../batch/index.ts';
import { RecipeTypeBaseDocument } from './defined-recipe-type.ts';
import { Finding } from './finding.ts';
import { RecipeTypeDiffDocument } from './recipe-type.ts';
import { anyObject, boolean, count, id, mapOf, nullable, oneOf, string, time, Type } from './schema.ts';

const base = { id, title: nullable(string), description: nullable(string), created: time };

/** A batch inside another document. */
export const BatchBaseDocument = Type.Object(base, { $id: 'BatchBase' });

const counters = Object.fromEntries(batchCounterNames.map((name) => [name, count]));
const jobCounters = Object.fromEntries(
  batchCounterNames.filter((name) => name.startsWith('jobs_')).map((name) => [name, count]),
);
const revision = Type.Integer({ minimum: 1 });
const revisionReference = Type.Object({ id, recipe_type: Type.Object({ id }), revision_num: revision });

const listed = {
  ...base,
  name: nullable(Type.String({ description: 'By which tasks and commands name it.' })),
  state: Type.Unsafe({
    ...oneOf(batchStates),
    description:
      'STAGING: it takes tasks, and none is begun; CREATING: its recipes or jobs are being made; CREATED: all are made; CANCELED: no more will be.',
  }),
  recipe_type: nullable(RecipeTypeBaseDocument),
  job_type: nullable(Type.Object({ id, name: string, version: string })),
  event: Type.Object({
    type: oneOf(['USER']),
    rule: Type.Null(),
    occurred: time,
    description: Type.Object({ user: nullable(string) }),
  }),
  is_superseded: boolean,
  root_batch: nullable(BatchBaseDocument),
  superseded_batch: nullable(BatchBaseDocument),
  is_creation_done: boolean,
  ...counters,
  recipes_estimated: Type.Unsafe({ ...count, description: 'Recipes at the top that will be made.' }),
  runs_estimated: Type.Unsafe({ ...count, description: 'Recipes at the top, or jobs, that will be made.' }),
  runs_created: Type.Unsafe({ ...count, description: 'Those that have been made.' }),
  runs_refused: Type.Unsafe({ ...count, description: 'Those that could not be made, see `problem`.' }),
  problem: nullable(Type.String({ description: 'Why the first one was refused.' })),
  finalized: nullable(time),
  creation_ended: nullable(time),
  superseded: nullable(time),
  last_modified: time,
  definition: anyObject,
  configuration: anyObject,
};

/** Many recipes or jobs at once. */
export const BatchDocument = Type.Object(
  {
    ...listed,
    recipe_type_rev: nullable(revisionReference),
  },
  { $id: 'Batch' },
);

const duration = nullable(Type.String({ pattern: '^PT', description: 'ISO 8601.' }));
const durations = Object.fromEntries(
  ['min', 'avg', 'max'].flatMap((what) => [
    [`${what}_seed_duration`, duration],
    [`${what}_job_duration`, duration],
  ]),
);

/** A batch with all that is known of it. */
export const BatchDetailsDocument = Type.Object(
  {
    ...listed,
    recipe_type_rev: nullable(
      Type.Object({
        id,
        recipe_type: RecipeTypeBaseDocument,
        revision_num: revision,
        definition: anyObject,
        created: time,
      }),
    ),
    job_metrics: Type.Unsafe({
      ...mapOf(Type.Object({ ...jobCounters, ...durations })),
      description:
        'By node at the top of the recipe, or by job type: where its jobs stand, and what completed ones took in the container (seed) and altogether (job).',
    }),
    refusals: Type.Array(Type.Object({ position: id, errors: Type.Array(Finding) }), {
      description:
        'The first ones: `position` is the id of the member, of the task, or of the recipe or job that was to be re-processed.',
    }),
    tasks: Type.Object({ staged: count, created: count, refused: count, canceled: count }),
  },
  { $id: 'BatchDetails' },
);

/** How a batch was judged. */
export const BatchJudgementDocument = Type.Object(
  {
    is_valid: boolean,
    errors: Type.Array(Finding),
    warnings: Type.Array(Finding),
    recipes_estimated: count,
    recipe_type: Type.Optional(RecipeTypeBaseDocument),
    prev_batch: Type.Optional(
      Type.Object({
        recipe_type_rev: Type.Unsafe({
          ...nullable(revisionReference),
          description: 'null: it is one of jobs.',
        }),
        diff: nullable(RecipeTypeDiffDocument),
      }),
    ),
  },
  { $id: 'BatchJudgement' },
);

const counts = Type.Array(count);
const times = Type.Optional(Type.Array(duration));
const countsOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, counts]));

/** Batches of one chain beside each other. */
export const BatchComparisonDocument = Type.Object(
  {
    batches: Type.Array(BatchBaseDocument, { description: 'The first one first.' }),
    metrics: Type.Object(
      {
        ...countsOf([...batchCounterNames, 'recipes_estimated']),
        job_metrics: mapOf(
          Type.Object({
            ...countsOf(Object.keys(jobCounters)),
            ...Object.fromEntries(Object.keys(durations).map((name) => [name, times])),
          }),
        ),
      },
      { description: 'Each an array, with one value for each of `batches`.' },
    ),
  },
  { $id: 'BatchComparison' },
);
