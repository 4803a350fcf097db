import { type Config, readConfig } from '../../config/index.ts';
import { type ExitCode, SeedbedError, toSeedbedError } from '../../errors/index.ts';
import { createLogger, type Logger } from '../../logging/index.ts';
import { Interruption } from '../interruption.ts';
import { type TargetName, targetName } from '../run/target-name.ts';
import { conclude, type Outcome, printRejected } from './conclude.ts';
import { type BatchDirectory, openBatchDirectory } from './directories/batch-directory.ts';
import { RowDirectories } from './directories/row-directories.ts';
import { drive } from './drive.ts';
import { RowPlaces } from './journal/row-places.ts';
import { type BatchOptions, jobsAtOnce } from './options.ts';
import type { BatchPlan } from './prepare.ts';
import { chooseBatchProgress } from './progress/choose.ts';
import type { BatchProgress } from './progress/progress.ts';
import { Failures } from './results/summary.ts';
import { counted, endedOf, type Tally } from './results/tally.ts';
import type { BatchRunner } from './runner.ts';

/** What a runner is opened with. */
export interface RunnerStart {
  /** Uuid of the batch, the same whenever it is resumed. */
  readonly batch: string;
  /** Of the batch, absolute. */
  readonly directory: string;
  /** Rows at once; undefined: as many as there is room for. */
  readonly jobs: number | undefined;
  /** Takes a sentence that says why no row runs; undefined: rows run again. */
  readonly tell: (reason: string | undefined) => void;
}

/** Where the rows of a batch are run. */
export interface BatchPlace {
  /** Judges options, manifest and the form of the rows, and sees to the image. */
  prepare(name: TargetName, options: BatchOptions, progress: (line: string) => void): Promise<BatchPlan>;
  /** Opens what runs the rows that were prepared. */
  open(start: RunnerStart): Promise<BatchRunner>;
  /** Gives back what it holds; after the runner is closed. */
  close(): Promise<void>;
}

/** What takes its time and needs nothing of the batch is begun before that is known. */
export type BeginPlace = (config: Config, logger: Logger) => BatchPlace;

/**
 * `seed batch`: from the command line to the last line printed.
 * @returns the process's exit code: 0 every row completed, 1 a row did not, 2 rejected, 3 engine or database unusable
 * @throws invalid-usage
 */
export async function seedBatch(
  target: string | undefined,
  options: BatchOptions,
  beginPlace: BeginPlace,
): Promise<0 | ExitCode> {
  const name = targetName(target, options);
  const jobs = jobsAtOnce(options);
  const started = new Date();
  const progress = chooseBatchProgress(options);
  const interruption = new Interruption();
  const released: (() => Promise<void>)[] = [];
  try {
    const config = readConfig();
    const logger = createLogger(options.verbose ? 'debug' : config.logLevel);
    const place = beginPlace(config, logger);
    released.push(() => place.close());
    const plan = await interruption.unlessStopped(
      place.prepare(name, options, (line) => progress.detail(line)),
    );
    released.push(() => plan.rows.close());
    const { outDir, resume = false, retryFailed = false } = options;
    const wanted = { directory: outDir, isResumed: resume, retriesFailed: retryFailed };
    const directory = await openBatchDirectory(wanted, plan.identity, started);
    released.push(() => directory.journal.close());
    const { batch } = directory.journal.heading;
    const runner = await place.open({
      ...{ batch, directory: directory.path, jobs },
      tell: (reason: string | undefined) => progress.waiting(reason),
    });
    released.push(() => runner.close());
    const outcome = await runRows(plan, directory, runner, progress, interruption.signal);
    progress.close();
    return await conclude(options, outcome);
  } catch (thrown) {
    progress.close();
    const error = toSeedbedError(thrown);
    if (options.verbose && error.cause instanceof Error) process.stderr.write(`${error.cause.stack}\n`);
    if (options.format !== 'json') throw error;
    await printRejected(error, started);
    return error.exit;
  } finally {
    for (const release of released.reverse()) await release().catch(() => undefined);
    interruption.end();
  }
}

async function runRows(
  plan: BatchPlan,
  directory: BatchDirectory,
  runner: BatchRunner,
  progress: BatchProgress,
  signal: AbortSignal,
): Promise<Outcome> {
  const { rows, judgement } = plan;
  const places = new RowPlaces();
  const failures = new Failures();
  let tally: Tally = { total: rows.total, completed: 0, failed: 0, rejected: 0 };
  let error: SeedbedError | undefined;
  const began = performance.now();
  progress.begin(tally);
  try {
    await drive({
      ...{ rows, judgement, places, runner, signal },
      journal: directory.journal,
      directories: new RowDirectories(directory.path, new Date()),
      onEnd: (row, isNew) => {
        tally = counted(tally, row.status);
        failures.add(row);
        progress.ended(row, isNew, tally);
      },
    });
    if (signal.aborted && endedOf(tally) < tally.total)
      error = new SeedbedError('canceled', { signal: String(signal.reason) });
  } catch (thrown) {
    error = toSeedbedError(thrown);
  }
  return { plan, directory, places, tally, failures, error, began };
}
