import { readConfig } from '../../config/index.ts';
import { createEngine } from '../../engine/index.ts';
import { type ExitCode, SeedbedError, toSeedbedError } from '../../errors/index.ts';
import { createLogger } from '../../logging/index.ts';
import { openDatabase } from '../../scheduler/index.ts';
import type { RecipeResultDocument } from '../../../seed-schema/index.ts';
import type { ForeseenDocument } from '../../client/index.ts';
import { Interruption } from '../interruption.ts';
import { chooseProgress } from '../run/choose-progress.ts';
import { write } from '../progress/writer.ts';
import { followRecipe } from '../recipe/follow.ts';
import { quoted } from '../../execution/quoted.ts';
import { errorDocument } from '../run/document.ts';
import type { RunOptions } from '../run/options.ts';
import { foreseenText } from '../submit-recipe/foreseen-text.ts';
import { addRecipe, emptyRecipeResult } from './document.ts';
import { foreseeLocally } from './foresee.ts';
import { LocalRecipe } from './local-recipe.ts';
import { judgeRecipeOptions } from './options.ts';
import { prepareRecipe } from './prepare.ts';
import { identityOf, openRecipeDirectory, type RecipeDirectory } from './recipe-directory.ts';
import { problemWords, recipeSummary } from './summary.ts';

/**
 * `seed-run --recipe FILE`: a recipe on this machine, without a service.
 * @returns the process's exit code: 0 completed, 1 it could not complete, 2 rejected, 3 engine or database unusable
 * @throws invalid-usage
 */
export async function runRecipe(
  file: string,
  target: string | undefined,
  options: RunOptions,
): Promise<0 | ExitCode> {
  judgeRecipeOptions(target, options);
  const draft = emptyRecipeResult(new Date());
  const interruption = new Interruption();
  const progress = chooseProgress(options);
  const released: (() => Promise<void>)[] = [];
  let label = file;
  let exit: 0 | ExitCode = 0;
  try {
    const config = readConfig();
    const logger = createLogger(options.verbose ? 'debug' : config.logLevel);
    const database = handled(openDatabase(config));
    const engine = handled(createEngine(config));
    let isOpened = false;
    released.push(async () => (await engine).close());
    released.push(async () => (isOpened ? undefined : (await database).close()));
    const told = { engine, database, config, progress: (line: string) => progress.detail(line) };
    const prepared = await interruption.unlessStopped(prepareRecipe(file, options, told));
    await progress.close();
    const reuse = options.reuse === true;
    if (options.dryRun) {
      const work = { prepared, reuse, engine: await engine, database: await database, config };
      await printForeseen(await interruption.unlessStopped(foreseeLocally(work)), options);
      return 0;
    }
    const { root, files } = prepared.bundle;
    label = root.name;
    draft.warnings = [...prepared.warnings];
    const identity = identityOf(root.name, {
      definition: files.map(({ name, definition }) => [name, definition]),
      input: [
        [...prepared.files].map(([name, given]) => [name, given.map((one) => one.path)]),
        [...prepared.json].map(([name, { value }]) => [name, value]),
      ],
    });
    const wanted = openRecipeDirectory(options.outDir, options.resume === true, identity, new Date());
    const directory = await wanted;
    draft.output_directory = directory.path;
    draft.warnings.push(...directory.notes);
    isOpened = true;
    const start = { prepared, directory, reuse, engine: await engine, database, config, logger };
    const recipe = await LocalRecipe.open(start);
    released.push(() => recipe.close());
    exit = await toEnd(recipe, directory, draft, options, interruption.signal);
  } catch (thrown) {
    const error = toSeedbedError(thrown);
    draft.error = errorDocument(error);
    draft.status = error.exit === 2 && draft.recipe === null ? 'rejected' : 'failed';
    exit = error.exit;
    if (options.verbose && error.cause instanceof Error) process.stderr.write(`${error.cause.stack}\n`);
  } finally {
    await progress.close();
    for (const release of released.reverse()) await release().catch(() => undefined);
    interruption.end();
  }
  draft.ended = new Date().toISOString();
  await print(draft, label, options);
  return exit;
}

async function toEnd(
  recipe: LocalRecipe,
  directory: RecipeDirectory,
  draft: RecipeResultDocument,
  { quiet, format }: RunOptions,
  signal: AbortSignal,
): Promise<0 | ExitCode> {
  draft.recipe = recipe.id;
  const cancel = () => void recipe.cancel().catch(() => undefined);
  const read = async () => {
    // What has begun since the last look is stopped, too.
    if (signal.aborted) await recipe.cancel();
    return recipe.graph();
  };
  signal.addEventListener('abort', cancel);
  try {
    const graph = await followRecipe(read, {
      silent: quiet === true || (format === 'json' && !process.stderr.isTTY),
      out: process.stderr,
      wait: (ms) => recipe.change(ms),
    });
    await addRecipe(draft, recipe.db, recipe.id, directory.path);
    draft.status = graph.is_completed ? 'completed' : 'failed';
    if (graph.is_completed) return 0;
    throw signal.aborted
      ? new SeedbedError('canceled', { signal: String(signal.reason) })
      : new SeedbedError('recipe-not-completed', {
          recipe: draft.recipe_type!.name,
          problems: problemWords(draft.nodes),
          again: `the same command with -o ${quoted(directory.path)} --resume`,
        });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function printForeseen(foreseen: ForeseenDocument, { format }: RunOptions): Promise<void> {
  const text = format === 'json' ? `${JSON.stringify(foreseen, null, 2)}\n` : foreseenText(foreseen);
  await write(process.stdout, text);
}

async function print(
  draft: RecipeResultDocument,
  label: string,
  { format, quiet }: RunOptions,
): Promise<void> {
  if (format === 'json') return write(process.stdout, `${JSON.stringify(draft, null, 2)}\n`);
  if (quiet && !draft.error) return;
  await write(draft.error ? process.stderr : process.stdout, recipeSummary(draft, label));
}

/** A failure is met where the value is awaited; until then it must not end the process. */
function handled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}
