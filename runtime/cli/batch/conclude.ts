import type { BatchRowDocument } from '../../../seed-schema/index.ts';
import type { ExitCode, SeedbedError } from '../../errors/index.ts';
import { write } from '../progress/writer.ts';
import type { BatchDirectory } from './directories/batch-directory.ts';
import type { RowPlaces } from './journal/row-places.ts';
import type { BatchOptions } from './options.ts';
import type { BatchPlan } from './prepare.ts';
import { batchSummary, rejectedBatch } from './results/batch-document.ts';
import { type BatchSummary, jsonPieces } from './results/results-json.ts';
import { rowsIn } from './results/rows.ts';
import { type Failures, summaryText } from './results/summary.ts';
import type { Tally } from './results/tally.ts';
import { writeResults } from './results/write-results.ts';

/** A batch that has been run, whatever came of it. */
export interface Outcome {
  readonly plan: BatchPlan;
  readonly directory: BatchDirectory;
  readonly places: RowPlaces;
  readonly tally: Tally;
  readonly failures: Failures;
  /** What ended it before its last row. */
  readonly error: SeedbedError | undefined;
  /** When this process began with the rows; of `performance.now()`. */
  readonly began: number;
}

/** Writes the results, also of a batch that was stopped, and prints what is asked for. */
export async function conclude(options: BatchOptions, outcome: Outcome): Promise<0 | ExitCode> {
  const { plan, directory, places, tally, failures, error, began } = outcome;
  const { journal } = directory;
  const { manifest } = plan.judgement;
  const summary = batchSummary(tally, error, {
    image: plan.identity.image,
    output_directory: directory.path,
    warnings: [...plan.warnings, ...plan.rows.notes, ...directory.notes],
    started: journal.heading.created,
    ended: new Date().toISOString(),
  });
  const results = await writeResults(directory.path, manifest, summary, { journal, places });
  const exit = error?.exit ?? (tally.failed + tally.rejected > 0 ? 1 : 0);
  if (options.format === 'json') await printJson(summary, rowsIn(journal, places));
  else if (!options.quiet || exit !== 0) {
    const { job } = manifest;
    const label = `${job.name} ${job.jobVersion}`;
    const how = { took: performance.now() - began, label, results: Object.values(results) };
    await write(exit === 0 ? process.stdout : process.stderr, summaryText(summary, failures, how));
  }
  return exit;
}

async function printJson(summary: BatchSummary, rows: AsyncIterable<BatchRowDocument>): Promise<void> {
  for await (const piece of jsonPieces(summary, rows)) await write(process.stdout, piece);
}

/** The document of a batch of which no row was looked at. */
export async function printRejected(error: SeedbedError, started: Date): Promise<void> {
  await write(process.stdout, `${JSON.stringify({ ...rejectedBatch(error, started), rows: [] }, null, 2)}\n`);
}
