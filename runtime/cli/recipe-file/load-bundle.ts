import { existsSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../../../seed-schema/index.ts';
import { resolveTarget, type Resolution, type Target } from '../run/target.ts';
import { invalidFile, readRecipeFile, type RecipeFile } from './read-recipe-file.ts';

/** A job that a recipe file lists. */
export interface BundledJob {
  readonly name: string;
  readonly version: string;
  readonly target: Target;
}

/** A recipe file with all that it is made of. */
export interface RecipeBundle {
  /** What is to be run. */
  readonly root: RecipeFile;
  /** The root and those that it lists, at any depth, each after what it is made of. */
  readonly files: readonly RecipeFile[];
  /** Of all files; by `jobKey`. */
  readonly jobs: ReadonlyMap<string, BundledJob>;
}

/** A job type that a node names. */
export interface NamedJob {
  readonly node: string;
  readonly name: string;
  readonly version: string;
}

export function jobKey({ name, version }: Pick<NamedJob, 'name' | 'version'>): string {
  return `${name} ${version}`;
}

/**
 * Reads a recipe file, those that it lists, and the manifests of their jobs; nothing is built.
 * @throws recipe-file-unreadable, recipe-file-invalid, target-not-found, manifest-not-found, invalid-manifest
 */
export async function loadBundle(file: string, how: Resolution): Promise<RecipeBundle> {
  const files = new Map<string, RecipeFile>();
  const root = await collect(file, files, []);
  const jobs = new Map<string, BundledJob>();
  const places = new Map<string, string>();
  for (const one of files.values())
    for (const listed of one.jobs) {
      const place = placeOf(one, listed);
      if (places.has(place)) continue;
      const target = await resolveTarget({ kind: 'either', name: place }, how);
      const { name, jobVersion: version } = target.manifest.job;
      const job = { name, version, target };
      const key = jobKey(job);
      if (jobs.has(key))
        throw invalidFile(one.file, [
          `the job ${key} is listed twice, as ${placeWith(places, key)} and ${place}`,
        ]);
      places.set(place, key);
      jobs.set(key, job);
    }
  return { root, files: [...files.values()], jobs };
}

/** @param above the files that list this one, from the root */
async function collect(
  file: string,
  found: Map<string, RecipeFile>,
  above: readonly string[],
): Promise<RecipeFile> {
  const key = path.resolve(file);
  const known = found.get(key);
  if (known) return known;
  const names = [...above, file];
  if (above.some((one) => path.resolve(one) === key))
    throw invalidFile(above[0]!, [`it is a part of itself: ${names.join(' lists ')}`]);
  const recipe = await readRecipeFile(file);
  for (const listed of recipe.recipes)
    await collect(path.isAbsolute(listed) ? listed : path.join(path.dirname(file), listed), found, names);
  const twin = [...found.values()].find(({ name }) => name === recipe.name);
  if (twin) throw invalidFile(file, [`its name ${recipe.name} is that of ${twin.file}, too`]);
  // After its parts.
  found.set(key, recipe);
  return recipe;
}

/** A job directory beside the file, or the name of an image. */
function placeOf({ file }: RecipeFile, listed: string): string {
  const directory = path.resolve(path.dirname(file), listed);
  return /^[./]/.test(listed) || existsSync(directory) ? directory : listed;
}

function placeWith(places: ReadonlyMap<string, string>, key: string): string {
  return [...places].find(([, of]) => of === key)?.[0] ?? key;
}

/** The job types that a definition names, as far as it can be read. Pure. */
export function namedJobs(definition: Readonly<Record<string, unknown>>): NamedJob[] {
  return nodeTypes(definition).flatMap(([node, type]) => {
    const { node_type: kind, job_type_name: name, job_type_version: version } = type;
    const isNamed = kind === 'job' && typeof name === 'string' && typeof version === 'string';
    return isNamed ? [{ node, name, version }] : [];
  });
}

/** The recipe types that a definition names, as far as it can be read. Pure. */
export function namedRecipes(
  definition: Readonly<Record<string, unknown>>,
): { readonly node: string; readonly name: string }[] {
  return nodeTypes(definition).flatMap(([node, { node_type: kind, recipe_type_name: name }]) =>
    kind === 'recipe' && typeof name === 'string' ? [{ node, name }] : [],
  );
}

function nodeTypes({ nodes }: Readonly<Record<string, unknown>>): [string, Record<string, unknown>][] {
  if (!isObject(nodes)) return [];
  return Object.entries(nodes).flatMap(([name, node]) =>
    isObject(node) && isObject(node.node_type) ? [[name, node.node_type]] : [],
  );
}
