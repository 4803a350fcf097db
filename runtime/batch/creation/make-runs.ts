import { fileIdsOf } from '../../../seed-schema/index.ts';
import { filesById } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { jobTypeDetails, supersedeJobs } from '../../jobs/index.ts';
import { judgeRecipeInput } from '../../recipe/index.ts';
import {
  lockRecipes,
  type RecipeContext,
  reprocessRecipe,
  type ReprocessRequest,
  submitRecipes,
} from '../../recipes/index.ts';
import { acceptJobs, type SubmissionContext } from '../../scheduler/index.ts';
import { type BatchRow, forcedNodes, supersedes } from './batch-row.ts';
import type { PlannedRun, RunOutcome } from './source.ts';

/** What runs are made with. */
export interface MakingContext {
  readonly submission: SubmissionContext;
  readonly recipes: RecipeContext;
}

/** Makes recipes or jobs of a batch, in its transaction. @returns what became of each, in their order */
export async function makeRuns(
  tx: Queries,
  context: MakingContext,
  batch: BatchRow,
  runs: readonly PlannedRun[],
): Promise<RunOutcome[]> {
  if (batch.recipeTypeRevisionId === null) return makeJobs(tx, context, batch, runs);
  const repeated = runs.filter(({ reprocesses }) => reprocesses !== undefined);
  const fresh = runs.filter(({ reprocesses }) => reprocesses === undefined);
  const outcomes = [
    ...(await makeRecipes(tx, context, batch, batch.recipeTypeRevisionId, fresh)),
    ...(await reprocess(tx, context, batch, repeated)),
  ];
  return outcomes.sort((a, b) => a.position - b.position);
}

async function makeJobs(
  tx: Queries,
  { submission }: MakingContext,
  { id: batchId, jobTypeId, jobTypeRevisionId, definition, configuration, actor }: BatchRow,
  runs: readonly PlannedRun[],
): Promise<RunOutcome[]> {
  const type = await jobTypeDetails(tx, jobTypeId!);
  const [revision] = await tx.query<{ manifest: Record<string, unknown> }>(
    'select manifest from job_type_revision where id = $1',
    [jobTypeRevisionId],
  );
  const jobs = runs.map((run) => ({
    input: run.input,
    configuration: { ...reuseOf(configuration), ...run.configuration },
    priority: run.priority ?? configuration.priority,
    previousJobId: run.repeats,
  }));
  const outcomes = await acceptJobs(
    tx,
    submission,
    { ...type!, manifest: revision!.manifest, revision_id: jobTypeRevisionId! },
    jobs,
    { actor, batchId },
  );
  const replaced = runs.flatMap(({ repeats = [] }, at) => ('id' in outcomes[at]! ? repeats : []));
  if (supersedes(definition)) await supersedeJobs(tx, replaced, actor);
  return runs.map(({ position }, at) => {
    const outcome = outcomes[at]!;
    if ('id' in outcome) return { position, recipeId: null, jobId: outcome.id, errors: [] };
    return { position, recipeId: null, jobId: null, errors: outcome.errors };
  });
}

async function makeRecipes(
  tx: Queries,
  { recipes }: MakingContext,
  { id: batchId, configuration, actor }: BatchRow,
  revisionId: number,
  runs: readonly PlannedRun[],
): Promise<RunOutcome[]> {
  const { definition } = await recipes.plans.of(tx, revisionId);
  const ids = [...new Set(runs.flatMap(({ input }) => fileIdsOf(input)))];
  const files = new Map((await filesById(tx, ids)).map((file) => [file.id, file]));
  const judged = runs.map((run) => ({ run, ...judgeRecipeInput(run.input, definition.input, files) }));
  const accepted = judged.flatMap(({ run, input }) => (input ? [{ run, input }] : []));
  const made = await submitRecipes(
    tx,
    recipes,
    accepted.map(({ run, input }) => {
      const priority = run.priority ?? configuration.priority;
      const own = {
        ...reuseOf(configuration),
        ...run.configuration,
        ...(priority !== undefined && { priority }),
      };
      return { revisionId, input, configuration: own, actor, batchId, previousRecipeId: run.repeats };
    }),
  );
  const recipeOf = new Map(accepted.map(({ run }, at) => [run, made[at]!]));
  return judged.map(({ run, errors }) => ({
    position: run.position,
    recipeId: recipeOf.get(run) ?? null,
    jobId: null,
    errors,
  }));
}

/** Each by itself, as one by one is decided what of it runs again; what cannot be is refused before anything is changed. */
async function reprocess(
  tx: Queries,
  { recipes }: MakingContext,
  batch: BatchRow,
  runs: readonly PlannedRun[],
): Promise<RunOutcome[]> {
  const ids = runs.map(({ reprocesses }) => reprocesses!);
  await lockRecipes(tx, ids);
  const outcomes: RunOutcome[] = [];
  for (const run of runs) {
    const { position } = run;
    try {
      const { id } = await reprocessRecipe(tx, recipes, reprocessRequest(batch, run));
      outcomes.push({ position, recipeId: id, jobId: null, errors: [] });
    } catch (thrown) {
      if (!(thrown instanceof SeedbedError) || !refusals.has(thrown.error)) throw thrown;
      outcomes.push({ position, recipeId: null, jobId: null, errors: [errorOfRefusal(thrown)] });
    }
  }
  return outcomes;
}

/** How a recipe is re-processed in a batch. Pure. */
export function reprocessRequest(
  { id: batchId, definition, configuration, revisionNum, actor }: BatchRow,
  { reprocesses, priority = configuration.priority }: PlannedRun,
): ReprocessRequest {
  const forced = forcedNodes(definition);
  const again = { recipeId: reprocesses!, forced, revisionNum: revisionNum! };
  return { ...again, actor, batchId, priority, reuse: configuration.reuse };
}

/** As it is said of a run of a batch. Pure. */
export function errorOfRefusal({ error, message }: SeedbedError): RunOutcome['errors'][number] {
  return { name: error.toUpperCase().replaceAll('-', '_'), description: message };
}

/** What a run says goes first. */
function reuseOf({ reuse }: BatchRow['configuration']): { readonly reuse?: boolean } {
  return reuse === undefined ? {} : { reuse };
}

const refusals: ReadonlySet<string> = new Set([
  'not-found',
  'recipe-is-part',
  'recipe-superseded',
  'recipe-not-reprocessable',
  'nothing-to-reprocess',
  'invalid-request',
]);
