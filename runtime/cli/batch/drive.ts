import type { BatchRowDocument } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { joinSignals } from '../../signals/index.ts';
import { Backlog } from './backlog.ts';
import type { RowDirectories } from './directories/row-directories.ts';
import { rowName } from './directories/row-name.ts';
import type { Place } from './journal/entry.ts';
import type { Journal } from './journal/journal.ts';
import { Occurrences } from './journal/occurrences.ts';
import type { RowPlaces } from './journal/row-places.ts';
import { isRefused, type Judgement, judgeRow } from './rows/judge.ts';
import { endedRow, refusedRow } from './row-document.ts';
import type { Rows } from './rows/row.ts';
import type { BatchRunner, EndedRow } from './runner.ts';

/** What a batch is driven with. */
export interface Drive {
  readonly rows: Rows;
  readonly judgement: Judgement;
  readonly journal: Journal;
  /** Filled in as rows end. */
  readonly places: RowPlaces;
  readonly directories: RowDirectories;
  readonly runner: BatchRunner;
  /** The user's wish to stop; its reason is the signal's name. */
  readonly signal: AbortSignal;
  /** Told of each row when it is in the journal; `isNew`: it ended in this process. */
  readonly onEnd: (row: BatchRowDocument, isNew: boolean) => void;
}

/**
 * Runs what is not done of a batch. Rows are judged as they are read, and given to the runner in their order; at the same
 * time those that end are written down. Each row that has ended is in `places` afterwards; when the user stops the batch,
 * the others are not.
 * @throws what the runner, the journal or the batch file throws
 */
export async function drive(batch: Drive): Promise<void> {
  const { runner, signal } = batch;
  const cancel = () => runner.cancel(String(signal.reason));
  const stop = new AbortController();
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel);
  const either = joinSignals([signal, stop.signal]);
  const submitting = submissions(batch, either.signal).finally(() => runner.finish());
  // It is awaited below; until then it must not end the process.
  submitting.catch(() => undefined);
  try {
    await endings(batch);
  } finally {
    stop.abort();
    signal.removeEventListener('abort', cancel);
    either.release();
  }
  await submitting;
}

async function submissions(batch: Drive, stop: AbortSignal): Promise<void> {
  const occurrences = new Occurrences();
  const refusals = new Backlog();
  const { files } = batch.judgement.manifest.job.interface.inputs;
  const fileInputs = new Set(files.map(({ name }) => name));
  for await (const written of batch.rows.read()) {
    if (stop.aborted) break;
    const row = await judgeRow(written, batch.judgement);
    if (isRefused(row)) {
      await refusals.add(record(batch, null, refusedRow(row, row.error, row.column)));
      continue;
    }
    const id = occurrences.identify(row.key);
    const earlier = await earlierEnd(batch.journal, id);
    if (earlier) {
      batch.places.set(row.number, row.line, earlier.place);
      batch.onEnd({ ...earlier.row, row: row.number, line: row.line }, false);
      continue;
    }
    const directory = await directoryOf(batch, id, rowName(row, fileInputs));
    if (directory instanceof SeedbedError)
      await refusals.add(record(batch, null, refusedRow(row, directory, null)));
    else await batch.runner.submit({ row, id, directory: batch.directories.absolute(directory) });
  }
  await refusals.drained();
}

async function endings(batch: Drive): Promise<void> {
  const recorded = new Backlog();
  try {
    for await (const ended of batch.runner.ended) await recorded.add(end(batch, ended));
  } finally {
    await recorded.drained();
  }
}

/** A row that was stopped with its batch has not ended: it runs when that is resumed. */
async function end(batch: Drive, { task, outcome }: EndedRow): Promise<void> {
  const directory = await batch.directories.release(task.directory);
  if (batch.signal.aborted && outcome.error?.name === 'canceled') return;
  await record(batch, task.id, endedRow(task.row, outcome, directory));
}

async function record(batch: Drive, id: string | null, row: BatchRowDocument): Promise<void> {
  const place = await batch.journal.append({ ended: { id, row } });
  batch.places.set(row.row, row.line, place);
  batch.onEnd(row, true);
}

/** How a row ended in an earlier process, where it need not run again. */
async function earlierEnd(
  journal: Journal,
  id: string,
): Promise<{ row: BatchRowDocument; place: Place } | undefined> {
  const place = journal.done.find(id);
  const entry = place && (await journal.read(place));
  if (!entry || !('ended' in entry) || entry.ended.id !== id) return undefined;
  return { row: entry.ended.row, place };
}

/** The directory that a row had before, or a new one, which the journal knows before anything is in it. */
async function directoryOf(
  { journal, directories }: Drive,
  id: string,
  name: string,
): Promise<string | SeedbedError> {
  const before = journal.begun.directoryOf(id);
  if (before !== undefined) {
    await directories.retake(before);
    return before;
  }
  try {
    const directory = await directories.take(name);
    await journal.append({ begun: { id, directory } });
    return directory;
  } catch (thrown) {
    if (thrown instanceof SeedbedError && thrown.error === 'output-directory-unusable') return thrown;
    throw thrown;
  }
}
