import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { type Config, readConfig } from '../../config/index.ts';
import { connect, type Database } from '../../database/index.ts';
import { createEngine } from '../../engine/index.ts';
import { type ExitCode, SeedbedError, toSeedbedError } from '../../errors/index.ts';
import { plan, Stopwatch } from '../../execution/index.ts';
import { ensureEventPartitions } from '../../jobs/index.ts';
import { createLogger } from '../../logging/index.ts';
import { write } from '../progress/writer.ts';
import { chooseProgress } from './choose-progress.ts';
import { documentText } from './document-text.ts';
import { type Draft, emptyDraft, errorDocument } from './document.ts';
import { Interruption } from '../interruption.ts';
import type { RunOptions } from './options.ts';
import { makeOutputDirectory, type OutputDirectory } from './output-directory.ts';
import { planDocument, planText } from './plan-document.ts';
import { prepare } from './prepare.ts';
import { runJob } from './run-job.ts';
import { keptContainer, missingSettings, summary } from './summary.ts';
import { type TargetName, targetName, wordsFor } from './target-name.ts';

/**
 * `seed-run TARGET`: from the command line to the last line printed, once or as often as `--repetitions` says, until one
 * fails.
 * @returns the process's exit code: 0 completed, 1 failed, 2 rejected, 3 engine or database could not be used
 * @throws invalid-usage
 */
export async function seedRun(target: string | undefined, options: RunOptions): Promise<0 | ExitCode> {
  if (options.recipe !== undefined) {
    const { runRecipe } = await import('../run-recipe/run-recipe.ts');
    return runRecipe(options.recipe, target, options);
  }
  if (options.resume) throw new SeedbedError('invalid-usage', { problem: '--resume is for --recipe FILE' });
  const name = targetName(target, options);
  if (options.keep && options.rm)
    throw new SeedbedError('invalid-usage', { problem: '--keep and --rm contradict each other' });
  const count = repetitions(options.repetitions);
  if (count === 1) return runOnce(name, options);
  for (let at = 0; at < count; at++) {
    const outDir = options.outDir === undefined ? {} : { outDir: `${options.outDir}-${at}` };
    const exit = await runOnce(name, { ...options, ...outDir });
    if (exit !== 0) return exit;
  }
  return 0;
}

function repetitions(text = '1'): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new SeedbedError('invalid-usage', {
    problem: `--repetitions takes a whole number from 1 on, not ${JSON.stringify(text)}`,
  });
}

async function runOnce(name: TargetName, options: RunOptions): Promise<0 | ExitCode> {
  const draft = emptyDraft(new Date());
  const progress = chooseProgress(options);
  const interruption = new Interruption();
  const stopwatch = new Stopwatch((step, ms) => progress.step(step, ms));
  let exit: 0 | ExitCode = 0;
  let container: string | null = null;
  let label = wordsFor(name);
  let directory: OutputDirectory | undefined;
  let released: (() => Promise<void>)[] = [];
  try {
    const config = readConfig();
    const logger = createLogger(options.verbose ? 'debug' : config.logLevel);
    // Both take their time, and neither needs the other. The server first: it starts in a process of its own, while the
    // engine's client keeps this one busy loading (37 ms).
    const database = options.dryRun ? undefined : handled(openDatabase(config));
    const engine = handled(createEngine(config));
    released = [async () => (await database)?.close(), async () => (await engine).close()];

    const prepared = await interruption.unlessStopped(
      prepare(name, options, { engine, config, stopwatch, progress: (line) => progress.detail(line) }),
    );
    const { request, machine } = prepared;
    const { job } = request.manifest;
    label = `${job.name} ${job.jobVersion}`;
    draft.image = request.imageReference;
    draft.warnings = [...prepared.warnings];
    if (!machine.enforcesLimits)
      draft.warnings.push({
        name: 'limits-not-enforced',
        description: machine.limitsProblem ?? 'The engine does not enforce limits of memory and CPU.',
      });
    const checked = plan(request, { jobId: 0, exeNum: 1 }, machine, config);
    draft.resources = { ...checked.allocated };

    if (options.dryRun) {
      const document = planDocument(
        request,
        checked,
        options.outDir ?? `output-${job.name}-<time>`,
        draft.warnings,
      );
      await progress.close();
      await write(process.stdout, options.format === 'json' ? json(document) : planText(document));
      return 0;
    }
    const db = await interruption.unlessStopped(database!);
    const { installation, where } = db;
    logger.debug({ engine: machine, database: where, installation, home: config.home }, 'connected');
    directory = await makeOutputDirectory(options.outDir, job.name, new Date());
    ({ exit, container } = await runJob({
      db,
      engine: await engine,
      machine,
      config,
      logger,
      prepared,
      directory,
      draft,
      stopwatch,
      progress,
      signal: interruption.signal,
      keep: options.keep === true,
      reuse: options.reuse === true,
    }));
  } catch (thrown) {
    const error = toSeedbedError(thrown);
    fail(draft, error);
    exit = error.exit;
    if (options.verbose && error.cause instanceof Error) process.stderr.write(`${error.cause.stack}\n`);
  } finally {
    if (exit !== 0 && directory && (await abandon(directory))) directory = undefined;
    await progress.close();
    for (const release of released) await release().catch(() => undefined);
    interruption.end();
  }
  draft.ended = new Date().toISOString();
  draft.steps = [...stopwatch.steps];
  await print(options, draft, summary(draft, label, directory?.path ?? null), container);
  return exit;
}

/** Its first statement opens the session that the registration will use, while the engine is still asked. */
async function openDatabase(config: Config): Promise<Database> {
  const db = await connect(config);
  try {
    await ensureEventPartitions(db);
    return db;
  } catch (thrown) {
    await db.close();
    throw thrown;
  }
}

/** Nothing is catalogued; what the engine, the database or the user did is a failure, all else is a rejection. */
function fail(draft: Draft, error: SeedbedError): void {
  draft.error = errorDocument(error);
  draft.outputs = { files: {}, json: {} };
  draft.status = error.exit === 2 ? 'rejected' : 'failed';
}

async function print(
  options: RunOptions,
  draft: Draft,
  text: string,
  container: string | null,
): Promise<void> {
  const asJson = options.format === 'json';
  if (asJson) for (const part of documentText(draft)) await write(process.stdout, part);
  else if (!options.quiet || draft.error) await write(draft.error ? process.stderr : process.stdout, text);
  // A script that leaves out a setting is to hear of it, as seed-cli refused to run.
  else for (const line of missingSettings(draft)) await write(process.stderr, line);
  if (options.keep && container !== null && !options.quiet)
    await write(asJson ? process.stderr : process.stdout, keptContainer(container));
}

function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A failure is met where the value is awaited; until then it must not end the process. */
function handled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

/**
 * A run that left nothing leaves no directory behind that it made. What a job has written is never removed.
 * @returns whether the directory is gone
 */
async function abandon({ attempt, made, path }: OutputDirectory): Promise<boolean> {
  const left = await readdir(attempt.output).catch(() => []);
  if (left.length === 0) await rm(attempt.path, { recursive: true, force: true }).catch(() => undefined);
  for (const directory of made) await rmdir(directory).catch(() => undefined);
  return !existsSync(path);
}
