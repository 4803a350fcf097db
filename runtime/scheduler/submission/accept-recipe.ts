import { type Configuration, fileIdsOf, type Finding } from '../../../seed-schema/index.ts';
import { filesById } from '../../catalog/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { judgeConfiguration, splitSecrets, type Surroundings } from '../../jobs/index.ts';
import type { Manifest } from '../../manifest/index.ts';
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
    const configured = await (await recipeConfigurationJudge(tx, context, plan))(configuration);
    if (!given.input || configured.errors.length > 0)
      throw new Refusal([...given.errors, ...configured.errors], 'invalid-recipe');
    const id = await submitRecipe(tx, recipes, {
      revisionId: plan.revisionId,
      input: { version: '7', files: given.input.files, json: given.input.json },
      configuration: configuration as Record<string, unknown>,
      ...{ actor, queue, dedupeKey, traceContext },
    });
    return { id, warnings: [...given.warnings, ...configured.warnings] };
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

/** A job type that a recipe has nodes of, with what configurations of its jobs are judged against. */
interface ConfiguredType {
  readonly manifest: Manifest;
  readonly surroundings: Surroundings;
}

/** How configurations of recipes of one type are judged; read once, it judges any number. */
export async function recipeConfigurationJudge(
  tx: Queries,
  context: SubmissionContext,
  plan: Plan,
): Promise<(configuration: unknown) => Promise<ConfigurationFindings>> {
  const around = await surroundingsOf(tx, context);
  const types: ConfiguredType[] = [];
  for (const [revisionId, { jobTypeId, manifest }] of jobsIn(plan)) {
    const [type] = await tx.query<{ configuration: Configuration }>(
      `select t.configuration from job_type t join job_type_revision r on r.job_type_id = t.id where r.id = $1`,
      [revisionId],
    );
    const names = await secretNames(tx, { kind: 'job_type', id: jobTypeId });
    types.push({
      manifest,
      surroundings: { ...around, inherited: type!.configuration, secretNames: names },
    });
  }
  return (configuration) => judgeForAll(types, configuration);
}

export interface ConfigurationFindings {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** What is wrong with a configuration for any of the jobs that it is for, and what of it none of them knows. */
async function judgeForAll(
  types: readonly ConfiguredType[],
  configuration: unknown,
): Promise<ConfigurationFindings> {
  const found = new Map<string, Finding>();
  const unknown = new Map<string, Finding[]>();
  for (const { manifest, surroundings } of types) {
    const { errors, warnings } = await judgeConfiguration(configuration, manifest, surroundings);
    const judged = errors.length > 0 ? errors : secretsIn(configuration as Configuration, manifest);
    for (const error of judged) found.set(error.description, error);
    for (const warning of warnings)
      if (warning.name.startsWith('UNKNOWN_'))
        unknown.set(warning.path, [...(unknown.get(warning.path) ?? []), warning]);
  }
  const warnings = [...unknown.values()].flatMap((all) => (all.length === types.length ? [all[0]!] : []));
  return { errors: [...found.values()], warnings };
}

/** A configuration that is for jobs of several types, or is kept before there is a job, is stored as it is: it may hold no secret. */
export function secretsIn(configuration: Configuration, manifest: Manifest): Finding[] {
  const { name: type, jobVersion } = manifest.job;
  return [...splitSecrets(configuration, manifest).secrets.keys()].map((name) => ({
    name: 'INVALID_CONFIGURATION',
    path: `configuration.settings.${name}`,
    description: `The setting ${name} of ${type} ${jobVersion} is secret: give it to the job type, whose secrets are stored encrypted`,
  }));
}

/** By `job_type_revision.id`, those of sub-recipes too. */
function jobsIn({ jobs, recipes }: Plan): Map<number, JobPlan> {
  const own = [...jobs.values()].map((job) => [job.revisionId, job] as const);
  return new Map([...own, ...[...recipes.values()].flatMap((sub) => [...jobsIn(sub)])]);
}
