import { isDeepStrictEqual } from 'node:util';
import {
  type Client,
  type DefinedRecipeType,
  type JobTypeDetails,
  ServiceRefusal,
} from '../../client/index.ts';
import { loadManifest } from '../../manifest/index.ts';
import { knownJobType, type KnownTypes } from '../../recipe/index.ts';
import { nothingElsewhere } from '../recipe-file/elsewhere.ts';
import { judgeBundle } from '../recipe-file/judge-bundle.ts';
import {
  type BundledJob,
  jobKey,
  namedJobs,
  namedRecipes,
  type RecipeBundle,
} from '../recipe-file/load-bundle.ts';
import { invalidFile } from '../recipe-file/read-recipe-file.ts';
import { withRevisions } from '../recipe-file/revisions.ts';

/**
 * Makes known to the service what it does not know of a recipe file, or knows otherwise.
 * @returns the recipe type of the file itself
 * @throws recipe-part-unknown, recipe-file-invalid, build-failed, what the service refuses
 */
export async function saveBundle(
  client: Client,
  bundle: RecipeBundle,
  tell: (line: string) => void,
): Promise<DefinedRecipeType> {
  const known = await knownThere(client, bundle);
  // What a recipe type of the service gives, the service knows.
  if (known) judgeBundle(bundle, known);
  const jobs = new Map<string, number>();
  for (const [key, job] of bundle.jobs) jobs.set(key, await saveJob(client, job, tell));
  const recipes = new Map<string, DefinedRecipeType>();
  for (const file of bundle.files) {
    const definition = withRevisions(file.definition, {
      job: (name, version) => jobs.get(jobKey({ name, version })),
      recipe: (name) => recipes.get(name)?.revision_num,
    });
    const { name, title, description } = file;
    const judged = await client.judgeRecipeType({ name, definition });
    if (!judged.is_valid)
      throw invalidFile(
        file.file,
        judged.errors.map(({ path = '', description: words }) => file.atLine(path, words)),
      );
    const words = {
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
    };
    recipes.set(name, await client.saveRecipeType({ name, definition, ...words }));
    tell(`recipe type ${name} revision ${recipes.get(name)!.revision_num}`);
  }
  return recipes.get(bundle.root.name)!;
}

/** @returns undefined where a file names a recipe type that no file lists */
async function knownThere(client: Client, { files, jobs }: RecipeBundle): Promise<KnownTypes | undefined> {
  const listed = new Set(files.map(({ name }) => name));
  if (files.some(({ definition }) => namedRecipes(definition).some(({ name }) => !listed.has(name))))
    return undefined;
  const there = new Map<string, JobTypeDetails>();
  for (const job of files.flatMap(({ definition }) => namedJobs(definition))) {
    const key = jobKey(job);
    if (jobs.has(key) || there.has(key)) continue;
    const found = await jobType(client, job.name, job.version);
    if (found) there.set(key, found);
  }
  return {
    ...nothingElsewhere,
    newestJobType: (name, version) => there.get(jobKey({ name, version }))?.revision_num,
    jobType: (name, version) => {
      const type = there.get(jobKey({ name, version }));
      return type && knownJobType(loadManifest(JSON.stringify(type.manifest), name).manifest.job);
    },
  };
}

/** @returns the number of its revision */
async function saveJob(
  client: Client,
  { name, version, target }: BundledJob,
  tell: (line: string) => void,
): Promise<number> {
  const known = await jobType(client, name, version);
  const { imageReference: image, document } = target;
  if (known?.docker_image === image && isDeepStrictEqual(known.manifest, document)) return known.revision_num;
  tell(`job type ${name} ${version}, image ${image}`);
  await target.image(() => undefined);
  const saved = await client.saveJobType({
    docker_image: image,
    manifest: document as Record<string, unknown>,
  });
  return saved.revision_num;
}

async function jobType(client: Client, name: string, version: string): Promise<JobTypeDetails | undefined> {
  return client.jobType(name, version).catch((thrown: unknown) => {
    if (thrown instanceof ServiceRefusal && thrown.error === 'not-found') return undefined;
    throw thrown;
  });
}
