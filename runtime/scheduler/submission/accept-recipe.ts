import type { Configuration, Finding } from '../../../seed-schema/index.ts';
import { filesById } from '../../catalog/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { fileIdsOf, judgeConfiguration } from '../../jobs/index.ts';
import { judgeRecipeInput } from '../../recipe/index.ts';
import { type JobPlan, type Plan, recipeContext, submitRecipe } from '../../recipes/index.ts';
import { secretNames } from '../../secrets/index.ts';
import { Refusal } from './refusal.ts';
import { type SubmissionContext, surroundingsOf } from './surroundings.ts';

/** A recipe that somebody wants to be run. */
export interface RecipeRequest {
  /** `recipe_type.id`. */
  readonly typeId: number;
  /** Default: the newest. */
  readonly revisionNum?: number | undefined;
  /** Scale's shape `{version, files, json}`, not judged yet. */
  readonly input: unknown;
  /** Of all its jobs, over that of their types, not judged yet. */
  readonly configuration?: unknown;
  /** Who may take its jobs; default: every service. */
  readonly queue?: string | undefined;
  /** The same key twice is the same recipe. */
  readonly dedupeKey?: string | undefined;
  /** W3C traceparent of the submission. */
  readonly traceContext?: string | undefined;
}

export interface AcceptedRecipe {
  readonly id: number;
  readonly warnings: readonly Finding[];
}

/**
 * Judges what a recipe is to be given, and begins with it.
 * @throws Refusal with every problem; target-not-found for a type or revision that is not there; invalid-request for a type
 *   that is no longer active
 */
export async function acceptRecipe(
  db: Database,
  context: SubmissionContext,
  request: RecipeRequest,
  actor: string,
): Promise<AcceptedRecipe> {
  const { input, configuration = {}, queue, dedupeKey, traceContext } = request;
  const recipes = recipeContext(db, context.config);
  return db.transaction(async (tx) => {
    const plan = await recipes.plans.of(tx, await revisionOf(tx, request));
    const files = new Map((await filesById(tx, fileIdsOf(input))).map((file) => [file.id, file]));
    const given = judgeRecipeInput(input, plan.definition.input, files);
    const problems = await judgeForAll(tx, context, plan, configuration);
    if (!given.input || problems.length > 0)
      throw new Refusal([...given.errors, ...problems], 'invalid-recipe');
    const id = await submitRecipe(tx, recipes, {
      revisionId: plan.revisionId,
      input: { version: '7', files: given.input.files, json: given.input.json },
      configuration: configuration as Record<string, unknown>,
      ...{ actor, queue, dedupeKey, traceContext },
    });
    return { id, warnings: given.warnings };
  });
}

async function revisionOf(tx: Queries, { typeId, revisionNum }: RecipeRequest): Promise<number> {
  const [row] = await tx.query<{ name: string; active: boolean; revision: number | null }>(
    `select t.name, t.is_active as active, r.id as revision from recipe_type t
     left join recipe_type_revision r on r.recipe_type_id = t.id and r.revision_num = coalesce($2, t.revision_num)
     where t.id = $1`,
    [typeId, revisionNum ?? null],
  );
  if (row?.revision == null)
    throw new SeedbedError('invalid-request', {
      problem: row
        ? `The recipe type ${row.name} has no revision ${revisionNum}`
        : `There is no recipe type ${typeId}`,
    });
  if (!row.active)
    throw new SeedbedError('invalid-request', { problem: `The recipe type ${row.name} is not active` });
  return row.revision;
}

/** What is wrong with a configuration for any of the jobs that it is for. */
async function judgeForAll(
  tx: Queries,
  context: SubmissionContext,
  plan: Plan,
  configuration: unknown,
): Promise<Finding[]> {
  const surroundings = await surroundingsOf(tx, context);
  const found = new Map<string, Finding>();
  for (const [revisionId, { jobTypeId, manifest }] of jobsIn(plan)) {
    const [type] = await tx.query<{ configuration: Configuration }>(
      `select t.configuration from job_type t join job_type_revision r on r.job_type_id = t.id where r.id = $1`,
      [revisionId],
    );
    const { errors } = await judgeConfiguration(configuration, manifest, {
      ...surroundings,
      inherited: type!.configuration,
      secretNames: await secretNames(tx, { kind: 'job_type', id: jobTypeId }),
    });
    for (const error of errors) found.set(error.description, error);
  }
  return [...found.values()];
}

/** By `job_type_revision.id`, those of sub-recipes too. */
function jobsIn({ jobs, recipes }: Plan): Map<number, JobPlan> {
  const own = [...jobs.values()].map((job) => [job.revisionId, job] as const);
  return new Map([...own, ...[...recipes.values()].flatMap((sub) => [...jobsIn(sub)])]);
}
