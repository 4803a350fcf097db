import { type Finding, nearest } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import {
  judgeDefinition,
  type KnownRecipeType,
  knownJobType,
  type KnownTypes,
  type NodeInterface,
} from '../../recipe/index.ts';
import { type BundledJob, jobKey, namedJobs, namedRecipes, type RecipeBundle } from './load-bundle.ts';
import { invalidFile, type RecipeFile } from './read-recipe-file.ts';

/** What is known besides what the files list. */
export type KnownElsewhere = KnownTypes;

/** A bundle whose definitions hold. */
export interface JudgedBundle {
  /** Of the root. */
  readonly interface: NodeInterface;
  readonly warnings: readonly Finding[];
}

/**
 * Judges the definitions of all files as they will be once what they list is registered. Pure.
 * @throws recipe-part-unknown, recipe-file-invalid with every problem and its line
 */
export function judgeBundle(bundle: RecipeBundle, elsewhere: KnownElsewhere): JudgedBundle {
  const listed = new Map<string, KnownRecipeType>();
  const known = knownTypes(bundle, listed, elsewhere);
  const warnings: Finding[] = [];
  let root: NodeInterface | undefined;
  for (const file of bundle.files) {
    requireKnown(file, bundle, known);
    const judged = judgeDefinition(file.definition, known, file.name);
    if (!judged.interface)
      throw invalidFile(
        file.file,
        judged.errors.map(({ path, description }) => file.atLine(path, description)),
      );
    warnings.push(
      ...judged.warnings.map((one) => ({ ...one, description: `${file.name}: ${one.description}` })),
    );
    const parts = namedRecipes(file.definition).flatMap(({ name }) => [
      name,
      ...(listed.get(name)?.contains ?? []),
    ]);
    listed.set(file.name, { ...judged.interface, contains: new Set(parts) });
    root = judged.interface;
  }
  return { interface: root!, warnings };
}

/** A revision that a file asks for is looked for when all is registered: which one its job will be is known then only. */
function knownTypes(
  { jobs }: RecipeBundle,
  recipes: ReadonlyMap<string, KnownRecipeType>,
  elsewhere: KnownElsewhere,
): KnownTypes {
  const ownJob = (name: string, version: string) => jobs.get(jobKey({ name, version }));
  const asKnown = ({ target }: BundledJob) => knownJobType(target.manifest.job);
  return {
    jobType: (name, version, revision) => {
      const own = ownJob(name, version);
      return own ? asKnown(own) : elsewhere.jobType(name, version, revision);
    },
    newestJobType: (name, version) => (ownJob(name, version) ? 1 : elsewhere.newestJobType(name, version)),
    recipeType: (name, revision) => recipes.get(name) ?? elsewhere.recipeType(name, revision),
    newestRecipeType: (name) => (recipes.has(name) ? 1 : elsewhere.newestRecipeType(name)),
  };
}

function requireKnown(file: RecipeFile, { jobs, files }: RecipeBundle, known: KnownTypes): void {
  for (const job of namedJobs(file.definition))
    if (known.newestJobType(job.name, job.version) === undefined)
      throw unknownPart(file, job.node, 'job type', jobKey(job), [...jobs.keys()]);
  const names = files.filter((one) => one !== file).map(({ name }) => name);
  for (const { node, name } of namedRecipes(file.definition))
    if (known.newestRecipeType(name) === undefined && name !== file.name)
      throw unknownPart(file, node, 'recipe type', name, names);
}

function unknownPart(
  { file }: RecipeFile,
  node: string,
  kind: 'job type' | 'recipe type',
  part: string,
  listed: readonly string[],
): SeedbedError {
  const meant = nearest(part, listed);
  const found = listed.length > 0 ? listed.join(', ') : 'none';
  const known = `the file lists ${found}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`;
  const member = kind === 'job type' ? 'jobs' : 'recipes';
  return new SeedbedError('recipe-part-unknown', { file, node, kind, part, known, member });
}
