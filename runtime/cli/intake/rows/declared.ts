import type { Client, JobTypeDetails } from '../../../client/index.ts';
import type { RecipeDefinition } from '../../../../seed-schema/index.ts';
import { type InputJson, loadManifest } from '../../../manifest/index.ts';
import type { FileInput } from '../../run/input-files.ts';
import { invalid } from './reference.ts';

/** What tasks are to be given, by their recipe type or job type. */
export interface Declared {
  /** `recipe type scenes` */
  readonly words: string;
  readonly type: TaskType;
  readonly files: readonly FileInput[];
  readonly json: readonly InputJson[];
  /** Names of the settings of a job type; undefined for a recipe, whose jobs may have any. */
  readonly settings: readonly string[] | undefined;
}

export type TaskType =
  | { readonly recipe_type: { readonly name: string; readonly revision_num: number } }
  | { readonly job_type: { readonly name: string; readonly version: string } };

/** @param revision default: the newest. @throws not-found */
export async function declaredByRecipe(client: Client, name: string, revision?: number): Promise<Declared> {
  const newest = revision === undefined ? await client.recipeType(name) : undefined;
  const number = newest?.revision_num ?? revision!;
  const definition = newest?.definition ?? (await client.recipeTypeRevision(name, number)).definition;
  return ofRecipe(name, number, definition);
}

/** @throws not-found */
export async function declaredByJob(client: Client, name: string, version: string): Promise<Declared> {
  return ofJob(await client.jobType(name, version));
}

/** Pure. */
export function ofRecipe(
  name: string,
  revision: number,
  { input }: Pick<RecipeDefinition, 'input'>,
): Declared {
  return {
    words: `recipe type ${name}`,
    type: { recipe_type: { name, revision_num: revision } },
    // As a client may have written it, defaults left out.
    files: (input?.files ?? []).map(({ name: file, required, multiple }) => ({
      name: file,
      required: required !== false,
      multiple: multiple === true,
    })),
    json: (input?.json ?? []).map(({ name: value, type, required }) => ({
      name: value,
      type,
      required: required !== false,
    })),
    settings: undefined,
  };
}

/** Pure. */
export function ofJob({
  name,
  version,
  manifest,
}: Pick<JobTypeDetails, 'name' | 'version' | 'manifest'>): Declared {
  const { inputs, settings } = loadManifest(JSON.stringify(manifest), `${name} ${version}`).manifest.job
    .interface;
  return {
    words: `job type ${name} ${version}`,
    type: { job_type: { name, version } },
    ...{ files: inputs.files, json: inputs.json },
    settings: settings.map((setting) => setting.name),
  };
}

/**
 * Which input the files of a directory or bucket are for, one task each: the one that is named, the only required one, or
 * the only one. Pure.
 * @throws intake-value-invalid
 */
export function inputForFiles({ words, files, json }: Declared, wanted: string | undefined): FileInput {
  const names = files.map(({ name }) => name).join(', ') || 'none';
  const required = files.filter((one) => one.required);
  const [only] = required.length === 1 ? required : files.length === 1 ? files : [];
  const input = wanted === undefined ? only : files.find(({ name }) => name === wanted);
  if (!input)
    throw invalid(
      '--input',
      wanted === undefined
        ? `must say which input of the ${words} gets the files; it has ${names}`
        : `names ${wanted}, and the ${words} has no such file input; it has ${names}`,
    );
  const others = [...required, ...json.filter((one) => one.required)].filter(
    (one) => one.name !== input.name,
  );
  if (others.length > 0)
    throw invalid(
      'A task for each file',
      `is not possible: the ${words} requires ${others.map(({ name }) => name).join(', ')} too; write the tasks into a CSV file`,
    );
  return input;
}
