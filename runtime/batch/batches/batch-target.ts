import type { BatchPost, DataInterface, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { jobTypeDetails, type RecipeTypeBase, recipeTypeBase } from '../../jobs/index.ts';
import { loadManifest } from '../../manifest/index.ts';
import { jobInterface } from '../../recipe/index.ts';

/** What is run. */
export interface BatchTarget {
  readonly kind: 'recipe' | 'job';
  /** `recipe_type.id` or `job_type.id`. */
  readonly typeId: number;
  /** Of the newest revision. */
  readonly revisionId: number;
  readonly name: string;
  readonly input: DataInterface;
  readonly definition?: RecipeDefinition | undefined;
  readonly recipeType?: RecipeTypeBase | undefined;
}

/** Takes what is wrong, with Scale's name of it. */
export type Report = (name: string, path: string, description: string) => void;

/** Finds what a batch names. @returns undefined when it is not there */
export async function targetOf(
  db: Queries,
  { recipe_type_id: recipe, job_type_id: job }: BatchPost,
  error: Report,
): Promise<BatchTarget | undefined> {
  if ((recipe === undefined) === (job === undefined)) {
    error('INVALID_TYPE', 'recipe_type_id', 'Give either recipe_type_id or job_type_id');
    return undefined;
  }
  if (recipe !== undefined) return recipeTarget(db, recipe, error);
  const type = await jobTypeDetails(db, job!);
  if (!type) {
    error('JOB_TYPE_NOT_FOUND', 'job_type_id', `There is no job type ${job}`);
    return undefined;
  }
  if (!type.is_active)
    error('INACTIVE_TYPE', 'job_type_id', `The job type ${type.name} ${type.version} is not active`);
  const { manifest } = loadManifest(JSON.stringify(type.manifest), `${type.name} ${type.version}`);
  const { input } = jobInterface(manifest.job.interface);
  return { kind: 'job', typeId: type.id, revisionId: type.revision_id, name: type.name, input };
}

async function recipeTarget(db: Queries, id: number, error: Report): Promise<BatchTarget | undefined> {
  const [row] = await db.query<{
    base: RecipeTypeBase;
    active: boolean;
    revision: number;
    definition: RecipeDefinition;
  }>(
    `select ${recipeTypeBase('t')} as base, t.is_active as active, r.id as revision, r.definition from recipe_type t
     join recipe_type_revision r on r.recipe_type_id = t.id and r.revision_num = t.revision_num where t.id = $1::bigint`,
    [id],
  );
  if (!row) {
    error('RECIPE_TYPE_NOT_FOUND', 'recipe_type_id', `There is no recipe type ${id}`);
    return undefined;
  }
  if (!row.active) error('INACTIVE_TYPE', 'recipe_type_id', `The recipe type ${row.base.name} is not active`);
  const { revision: revisionId, definition, base: recipeType } = row;
  const { name } = recipeType;
  return { kind: 'recipe', typeId: id, revisionId, name, input: definition.input, definition, recipeType };
}
