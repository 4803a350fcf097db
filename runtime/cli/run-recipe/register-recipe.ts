import { localWorkspace, registerSources } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import { registerJobType } from '../../jobs/index.ts';
import { saveWithin } from '../../recipes/index.ts';
import { jobKey } from '../recipe-file/load-bundle.ts';
import { invalidFile } from '../recipe-file/read-recipe-file.ts';
import { withRevisions } from '../recipe-file/revisions.ts';
import { split, userName } from '../run/registration.ts';
import type { PreparedRecipe } from './prepare.ts';

/** A recipe type that the catalogue knows, and what it is to be given. */
export interface RegisteredRecipe {
  /** `recipe_type.id`. */
  readonly typeId: number;
  readonly revisionNum: number;
  readonly input: {
    readonly version: '7';
    /** `scale_file.id`s by name. */
    readonly files: Readonly<Record<string, readonly number[]>>;
    readonly json: Readonly<Record<string, unknown>>;
  };
}

/** Begins a transaction for a piece of work, or does it in one that is there. */
export type Within = <T>(work: (tx: Queries) => Promise<T>) => Promise<T>;

/** Makes job types, recipe types and input files known that are new. @throws recipe-file-invalid */
export async function registerRecipe(within: Within, prepared: PreparedRecipe): Promise<RegisteredRecipe> {
  const { bundle } = prepared;
  const actor = userName();
  const jobs = new Map<string, number>();
  for (const [key, { target }] of bundle.jobs) {
    const { manifest, document, imageReference } = target;
    const type = await within((tx) => registerJobType(tx, manifest, document, imageReference, actor));
    jobs.set(key, type.revisionNum);
  }
  const recipes = new Map<string, { id: number; revisionNum: number }>();
  for (const file of bundle.files) {
    const definition = withRevisions(file.definition, {
      job: (name, version) => jobs.get(jobKey({ name, version })),
      recipe: (name) => recipes.get(name)?.revisionNum,
    });
    const { name, title, description } = file;
    const { saved, errors } = await within((tx) =>
      saveWithin(tx, { name, title, description, definition }, actor),
    );
    if (!saved)
      throw invalidFile(
        file.file,
        errors.map(({ path, description: words }) => file.atLine(path, words)),
      );
    recipes.set(name, saved);
  }
  const root = recipes.get(bundle.root.name)!;
  return { typeId: root.id, revisionNum: root.revisionNum, input: await registerInput(within, prepared) };
}

async function registerInput(
  within: Within,
  { files, json }: PreparedRecipe,
): Promise<RegisteredRecipe['input']> {
  const rows = await within(async (tx) =>
    registerSources(tx, await localWorkspace(tx), [...files.values()].flat()),
  );
  const ids = [...split(files, rows)].map(([name, of]) => [name, of.map(({ id }) => id)] as const);
  return {
    version: '7',
    files: Object.fromEntries(ids),
    json: Object.fromEntries([...json].map(([name, { value }]) => [name, value])),
  };
}
