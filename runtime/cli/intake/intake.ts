import { persistent } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Interruption } from '../interruption.ts';
import { wholeNumber } from '../whole-number.ts';
import type { IntakeOptions } from './options.ts';
import { Report, sumOf } from './report.ts';
import { judgeTask, type Judgement } from './rows/judge.ts';
import { isRefused, type ReadyTask, type RefusedTask } from './rows/task.ts';
import { type Sending, sendTasks } from './send/send.ts';
import type { Source } from './sources/sources.ts';

/** Tasks that are worth sending, as far as can be said. */
export interface Intake {
  readonly source: Source;
  readonly judgement: Judgement;
  readonly options: IntakeOptions;
  readonly interruption: Interruption;
}

/** How many tasks there are, and how many of them have faults. */
export interface Judged {
  readonly total: number;
  readonly refused: number;
}

/** By whom tasks are sent, and to which batches. */
export type Addressed = Pick<Sending, 'client' | 'batchOf' | 'isClosed'>;

/**
 * Looks at every task before anything is sent. With `--strict` and `--dry-run` the service judges them, too, and every fault is
 * told. Without, it judges them when they come, as doing it twice takes half as much time again.
 * @throws intake-rows-refused with `--strict`; canceled; what a source cannot be read for
 */
export async function judgeAll(intake: Intake, to: Addressed, report: Report): Promise<Judged> {
  const { options, interruption } = intake;
  let [total, refused] = [0, 0];
  if (!options.strict && !options.dryRun)
    for await (const task of judged(intake)) {
      if (interruption.signal.aborted) throw canceled(interruption);
      total++;
      if (isRefused(task)) refused++;
    }
  else
    for await (const outcomes of sendTasks(judged(intake), sendingOf(intake, to, true))) {
      if (interruption.signal.aborted) throw canceled(interruption);
      const failed = outcomes.filter(({ kind }) => kind === 'failed');
      total += outcomes.length;
      refused += failed.length;
      report.judges(total);
      await report.tell(options.dryRun ? outcomes : failed);
    }
  if (interruption.signal.aborted) throw canceled(interruption);
  if (options.strict && refused > 0) throw new SeedbedError('intake-rows-refused', { count: refused, total });
  return { total, refused };
}

/**
 * Sends every task, and tells what became of each.
 * @returns 1 where one failed
 * @throws canceled, after the sum; what the service refuses of all tasks alike
 */
export async function sendAll(
  intake: Intake,
  { total }: Judged,
  how: Addressed & { readonly again: string },
  report: Report,
): Promise<0 | 1> {
  const { interruption } = intake;
  const { signal } = interruption;
  report.begin(total);
  try {
    for await (const outcomes of sendTasks(judged(intake), sendingOf(intake, how)))
      await report.tell(outcomes);
  } catch (thrown) {
    report.close();
    sayHowToGoOn(report, total, how.again);
    throw signal.aborted ? canceled(interruption) : thrown;
  }
  report.close();
  if (signal.aborted) {
    sayHowToGoOn(report, total, how.again);
    throw canceled(interruption);
  }
  say(sumOf(report.counts));
  return report.counts.failed > 0 ? 1 : 0;
}

function sendingOf(
  { options, interruption: { signal }, judgement }: Intake,
  to: Addressed,
  judgesOnly = false,
): Sending {
  return {
    ...{ ...to, signal, judgesOnly },
    type: judgement.declared.type,
    concurrency: atOnce(options),
    persistence: { ...persistent, until: signal },
  };
}

/** @throws invalid-usage */
export function atOnce({ concurrency }: Pick<IntakeOptions, 'concurrency'>): number {
  return wholeNumber('--concurrency', concurrency, { most: 256 });
}

/** Its tasks, each judged anew. */
export async function* judged({ source, judgement }: Intake): AsyncGenerator<ReadyTask | RefusedTask> {
  let number = 0;
  for await (const task of source.read()) yield await judgeTask({ ...task, number: ++number }, judgement);
}

function sayHowToGoOn({ counts, done }: Report, total: number, again: string): void {
  const left = total - done;
  say(`${sumOf(counts)}; ${left.toLocaleString('en')} are not known to be there. ${again}`);
}

function canceled({ signal }: Interruption): SeedbedError {
  return new SeedbedError('canceled', { signal: String(signal.reason) });
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
