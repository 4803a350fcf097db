import {
  defaultMaxTries,
  type JobTypeDetails,
  type JobTypeRow,
  type JobTypeStatus,
  type RevisionRow,
} from '../../jobs/index.ts';
import type { DefinedRecipeType } from '../../recipes/index.ts';
import type { UnmetResources } from '../unmet-resources.ts';
import { masked, withDefaults } from './job.ts';
import { definedRecipeTypeDocument } from './recipe-type.ts';

/** A job type as Scale lists it. */
export function jobTypeDocument(row: JobTypeRow, unmet?: UnmetResources): Record<string, unknown> {
  return { ...row, max_tries: defaultMaxTries, unmet_resources: unmet?.get(row.id) ?? null };
}

/** The jobs of a type by their status, with more of the type than stands in other documents. */
export function jobTypeStatusDocument(
  { job_type: type, job_counts }: JobTypeStatus,
  unmet: UnmetResources,
  secretNames: readonly string[],
): Record<string, unknown> {
  const { manifest, configuration, ...row } = type;
  const isPlain = secretNames.length === 0 && configuration.settings === undefined;
  return {
    job_type: {
      ...jobTypeDocument(row, unmet),
      max_tries: maxTriesOf(configuration),
      manifest,
      // To judge a manifest, for what in it is secret, takes longer than all else.
      configuration: withDefaults(isPlain ? configuration : masked(configuration, manifest, secretNames)),
    },
    job_counts,
  };
}

function maxTriesOf(configuration: JobTypeDetails['configuration']): number {
  const retry = configuration.retry as { max_tries?: number } | undefined;
  return retry?.max_tries ?? defaultMaxTries;
}

/**
 * @param secretNames settings that have a stored value
 * @param recipeTypes that name it
 */
export function jobTypeDetailsDocument(
  { manifest, configuration, revision_id: _revision, ...row }: JobTypeDetails,
  secretNames: readonly string[],
  recipeTypes: readonly DefinedRecipeType[],
): Record<string, unknown> {
  return {
    ...jobTypeDocument(row),
    max_tries: maxTriesOf(configuration),
    manifest,
    configuration: withDefaults(masked(configuration, manifest, secretNames)),
    recipe_types: recipeTypes.map(definedRecipeTypeDocument),
  };
}

/** A job type inside another document. */
export function jobTypeBaseDocument(row: JobTypeRow): Record<string, unknown> {
  const { id, name, version, title, description, icon_code, is_active, is_paused, is_published, is_system } =
    row;
  return {
    id,
    name,
    version,
    title,
    description,
    icon_code,
    is_active,
    is_paused,
    is_published,
    is_system,
    unmet_resources: null,
  };
}

export function revisionDocument(
  type: JobTypeRow,
  row: RevisionRow,
  whole: boolean,
): Record<string, unknown> {
  const { id, revision_num, docker_image, created, manifest } = row;
  return {
    id,
    job_type: jobTypeBaseDocument(type),
    revision_num,
    docker_image,
    created,
    ...(whole ? { manifest } : {}),
  };
}
