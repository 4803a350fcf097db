import { type Config } from '../../config/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import type { Engine } from '../../engine/index.ts';
import { type JsonValue, Stopwatch, type Warning } from '../../execution/index.ts';
import type { DataInterface } from '../../../seed-schema/index.ts';
import { knownTypes } from '../../recipes/index.ts';
import type { KnownTypes } from '../../recipe/index.ts';
import { judgeNames } from '../recipe-file/input-names.ts';
import { judgeBundle } from '../recipe-file/judge-bundle.ts';
import { loadBundle, type RecipeBundle } from '../recipe-file/load-bundle.ts';
import { type GivenFile, givenFiles } from '../run/input-files.ts';
import { givenJsonToSend } from '../run/json-inputs.ts';
import type { RunOptions } from '../run/options.ts';

/** A recipe that is worth starting: everything about it that a user can get wrong has been looked at. */
export interface PreparedRecipe {
  readonly bundle: RecipeBundle;
  readonly input: DataInterface;
  readonly files: ReadonlyMap<string, readonly GivenFile[]>;
  readonly json: ReadonlyMap<string, JsonValue>;
  readonly warnings: readonly Warning[];
}

/** What the preparation works with. */
export interface RecipePreparation {
  readonly engine: Promise<Engine>;
  readonly database: Promise<LastingDatabase>;
  readonly config: Config;
  readonly progress: (line: string) => void;
}

/**
 * Judges the files and the command line first, and builds the images last; for a dry run not at all.
 * @throws every rejection of docs/errors.md that concerns recipe files, manifests, options, inputs or images
 */
export async function prepareRecipe(
  file: string,
  options: Pick<RunOptions, 'input' | 'json' | 'pull' | 'dryRun'>,
  { engine, database, config, progress }: RecipePreparation,
): Promise<PreparedRecipe> {
  const stopwatch = new Stopwatch(() => undefined);
  const pull = options.pull ?? config.pull;
  const bundle = await loadBundle(file, { engine, pull, stopwatch, progress });
  const judged = judgeBundle(bundle, await knownHere(bundle, database));
  const { input } = judged.interface;
  judgeNames(bundle.root.name, input, options);
  const json = await givenJsonToSend(options.json, input.json, config.limits);
  const files = await givenFiles(options.input, input.files, undefined);
  for (const { name, version, target } of bundle.jobs.values()) {
    progress(`${name} ${version}: ${target.imageReference}`);
    if (!options.dryRun) await target.image(progress);
  }
  const ofJobs = [...bundle.jobs.values()].flatMap(({ target }) => target.warnings);
  const own = judged.warnings.map(({ name, description }) => ({ name, description }));
  return { bundle, input, files, json, warnings: [...own, ...ofJobs] };
}

/** What the catalogue knows of all that the files name. */
async function knownHere({ files }: RecipeBundle, database: Promise<LastingDatabase>): Promise<KnownTypes> {
  const nodes = files.flatMap(({ definition }) => Object.values((definition.nodes ?? {}) as object));
  return knownTypes(await database, { nodes: Object.fromEntries(nodes.entries()) });
}
