import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BatchRow, type Client, type OutputFileRow, persistent } from '../../client/index.ts';
import { reasonOf, SeedbedError, toSeedbedError } from '../../errors/index.ts';
import { lockBatch } from '../batch/service/batch-lock.ts';
import { type GotFile, syncDirectory } from '../get/fetch-files.ts';
import { GetProgress } from '../get/progress.ts';
import { Interruption } from '../interruption.ts';
import { makeDirectories } from '../run/output-directory.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { wholeNumber } from '../whole-number.ts';
import { checksumsName, loadChecksums, writeChecksums } from './checksums.ts';
import { fetchOutput, isThere, openDirectory, outputSource, unfetched } from './fetch-output.ts';
import { findBatches, isOver } from './find-batches.ts';
import { eachInParallel } from './in-turn.ts';
import { batchDirectory, type PlacedFile, placeFiles } from './layout.ts';
import type { BatchDownloadOptions } from './options.ts';
import { Outcome } from './outcome.ts';

/** A file, and the directory of its output, which is made once. */
interface Task {
  readonly file: PlacedFile;
  readonly opened: Promise<void>;
  readonly siblings: ReadonlyMap<number, PlacedFile>;
}

/**
 * `seed batch download BATCH... -o DIR`.
 * @returns 0 every file that there is by now is there; 1 some are not
 * @throws invalid-usage, not-found, download-begun, batch-in-use, service-unreachable, disk-full; canceled
 */
export async function downloadBatches(
  given: readonly string[],
  options: BatchDownloadOptions,
): Promise<0 | 1> {
  const parallel = wholeNumber('--parallel', options.parallel, { most: 32 });
  const seconds =
    options.watch === true ? 5 : options.watch ? wholeNumber('--watch', options.watch) : undefined;
  if (options.outDir === '')
    throw new SeedbedError('invalid-usage', {
      problem: '--out-dir takes a directory, and was given an empty name',
    });
  const root = path.resolve(options.outDir);
  const client = await openClient();
  const batches = await findBatches(client, given);
  const unlock = await openRoot(root, batches, options.resume === true);
  const progress = new GetProgress(process.stderr, options.quiet === true || options.format === 'json');
  const interruption = new Interruption();
  const outcome = new Outcome(root, await loadChecksums(root));
  try {
    progress.begin();
    const download = new Download(client, options, root, parallel, progress, outcome, interruption.signal);
    await download.pass(batches);
    while (seconds !== undefined && !outcome.isOver) {
      await delay(seconds * 1000, undefined, { signal: interruption.signal }).catch(() => undefined);
      interruption.signal.throwIfAborted();
      await download.pass(await Promise.all(batches.map(({ id }) => client.batch(id, persistent))));
    }
  } catch (thrown) {
    if (!interruption.signal.aborted) throw thrown;
    throw new SeedbedError('canceled', { signal: String(interruption.signal.reason) });
  } finally {
    progress.close();
    interruption.end();
    // What is there is also listed where the rest could not be fetched, unless not even that is possible.
    await writeChecksums(root, outcome.checksums)
      .then(() => syncDirectory(root))
      .finally(unlock);
  }
  await print(options.format, outcome.document(client.url), () => outcome.text());
  return outcome.failed.size > 0 ? 1 : 0;
}

class Download {
  readonly #client: Client;
  readonly #options: BatchDownloadOptions;
  readonly #root: string;
  readonly #parallel: number;
  readonly #progress: GetProgress;
  readonly #outcome: Outcome;
  readonly #signal: AbortSignal;

  constructor(
    client: Client,
    options: BatchDownloadOptions,
    root: string,
    parallel: number,
    progress: GetProgress,
    outcome: Outcome,
    signal: AbortSignal,
  ) {
    this.#client = client;
    this.#options = options;
    this.#root = root;
    this.#parallel = parallel;
    this.#progress = progress;
    this.#outcome = outcome;
    this.#signal = signal;
  }

  /** Fetches what there is by now and is not there. @param batches as they were before the files are listed */
  async pass(batches: readonly BatchRow[]): Promise<void> {
    this.#outcome.begin(batches);
    await eachInParallel(this.#tasks(batches), this.#parallel, async ({ file, opened, siblings }) => {
      if (this.#signal.aborted) throw new Error('stopped');
      const got = await opened.then(
        () => this.#fetch(file, siblings),
        (thrown: unknown) => unfetched(this.#root, file, thrown),
      );
      this.#outcome.add(file, got);
      this.#progress.done(got);
    });
    this.#outcome.isOver = batches.every(isOver);
  }

  async #fetch(file: PlacedFile, siblings: ReadonlyMap<number, PlacedFile>): Promise<GotFile> {
    return fetchOutput(outputSource(this.#client, siblings), file, {
      directory: path.join(this.#root, file.directory),
      force: this.#options.resume === true || this.#options.watch !== undefined,
      signal: this.#signal,
      onBytes: (count) => this.#progress.received(count),
    });
  }

  async *#tasks(batches: readonly BatchRow[]): AsyncGenerator<Task, void, undefined> {
    for (const batch of batches)
      for await (const rows of this.#outputs(batch.id)) {
        const files = placeFiles(batch.id, rows).filter((file) => !this.#outcome.isDone(file));
        const siblings = new Map(files.map((file) => [file.id, file]));
        if (files.length === 0) continue;
        const opened = openDirectory(this.#root, files);
        opened.catch(() => undefined);
        for (const file of files) yield { file, opened, siblings };
      }
  }

  /** What each output of each job has, one after the other: it is listed by them. */
  async *#outputs(batch: number): AsyncGenerator<OutputFileRow[], void, undefined> {
    const { output, node, jobType } = this.#options;
    const query = { job_output: output, recipe_node: node, job_type_name: jobType };
    let rows: OutputFileRow[] = [];
    for await (const page of this.#client.batchFiles(batch, query)) {
      if (page.isFirst) this.#progress.expect(page.count);
      for (const row of page.results) {
        const before = rows[0]?.of;
        if (before && (before.job.id !== row.of.job.id || before.output !== row.of.output)) {
          yield rows;
          rows = [];
        }
        rows.push(row);
      }
    }
    if (rows.length > 0) yield rows;
  }
}

/**
 * Makes the directory of the download, and keeps other commands from it.
 * @returns what gives it back
 * @throws download-begun, batch-in-use, output-directory-unusable
 */
async function openRoot(
  root: string,
  batches: readonly BatchRow[],
  isResumed: boolean,
): Promise<() => Promise<void>> {
  let unlock: (() => Promise<void>) | undefined;
  try {
    await makeDirectories(root);
    unlock = await lockBatch(root);
    for (const { id } of batches)
      if (!isResumed && (await isThere(path.join(root, batchDirectory(id)))))
        throw new SeedbedError('download-begun', { directory: root, batch: id });
    // What commands left that were killed in the midst of writing.
    for (const name of await readdir(root))
      if (name.startsWith(`${checksumsName}.seedbed-`) || /^\.seedbed-batch\.lock\.\d+$/.test(name))
        await rm(path.join(root, name), { force: true });
    return unlock;
  } catch (thrown) {
    await unlock?.();
    const error = toSeedbedError(thrown);
    if (error.error !== 'internal-error') throw error;
    throw new SeedbedError('output-directory-unusable', { path: root, reason: reasonOf(thrown) });
  }
}
