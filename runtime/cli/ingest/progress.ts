import type { WriteStream } from 'node:tty';
import colors from 'picocolors';
import { roughly, timeLeft } from '../batch/progress/eta.ts';
import { bytes } from '../format.ts';
import { safe } from '../progress/job-lines.ts';
import type { Problem, ProblemKind, Tally } from './tally.ts';

const frameMs = 120;
const eraseLine = '\r\x1b[K';
const barWidth = 24;
/** Of each kind, problems that are told as they happen. */
const problemsTold = 20;
const marks = { failed: colors.red('✘'), skipped: colors.dim('–') };
/** Off a terminal, a line for so many files. */
const filesPerLine = 10_000;

/** What `seed ingest` shows while it works: on a terminal one live line with a bar, elsewhere a line now and then. */
export class IngestProgress {
  readonly #out: WriteStream;
  readonly #isLive: boolean;
  readonly #isQuiet: boolean;
  readonly #timer: NodeJS.Timeout | undefined;
  #tally: Tally | undefined;
  #total: number | undefined;
  readonly #problems = { failed: 0, skipped: 0 };
  #lines = 0;

  constructor(out: WriteStream, isQuiet: boolean) {
    this.#out = out;
    this.#isQuiet = isQuiet;
    this.#isLive = out.isTTY && !isQuiet;
    if (!this.#isLive) return;
    this.#timer = setInterval(() => this.#draw(), frameMs);
    this.#timer.unref();
  }

  /** Whether it helps to know how many files there are. */
  get wantsTotal(): boolean {
    return this.#isLive;
  }

  begin(tally: Tally): void {
    this.#tally = tally;
  }

  /** How many there are in all, once that is known. */
  total(files: number): void {
    this.#total = files;
  }

  /** Some were dealt with. */
  advanced(): void {
    if (this.#isQuiet || this.#isLive || !this.#tally) return;
    const lines = Math.floor(this.#tally.done / filesPerLine);
    if (lines === this.#lines) return;
    this.#lines = lines;
    this.#out.write(`${standingText(this.#tally, undefined)}\n`);
  }

  /** Failures are told although it is quiet. */
  problem({ path, reason }: Problem, kind: ProblemKind): void {
    if (this.#isQuiet && kind === 'skipped') return;
    if (++this.#problems[kind] > problemsTold) return;
    const words = kind === 'skipped' ? `left out: ${path}: ${reason}` : `${path}: ${reason}`;
    const line = safe(words.replace(/\s*[\r\n]\s*/g, ' '));
    this.#out.write(this.#isLive ? `${eraseLine}${marks[kind]} ${line}\n` : `${line}\n`);
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#isLive) this.#out.write(eraseLine);
    const untold = Object.values(this.#problems).reduce(
      (sum, count) => sum + Math.max(0, count - problemsTold),
      0,
    );
    if (untold > 0) this.#out.write(`... and ${untold} more; --format json names them\n`);
  }

  #draw(): void {
    if (!this.#tally) return;
    const room = Math.max(10, (this.#out.columns || 80) - 1);
    const text = standingText(this.#tally, this.#total);
    this.#out.write(eraseLine + [...text].slice(0, room).join(''));
  }
}

/** `██████······ 1,200 of 5,000 files, 1.2 GiB, about 2 min left`. Pure, but for the clock. */
export function standingText(tally: Tally, total: number | undefined): string {
  const { done, elapsed } = tally;
  const read = `${bytes(tally.bytesRead)} read`;
  const failed = tally.counts.failed > 0 ? `, ${tally.counts.failed} failed` : '';
  if (total === undefined || total < done) return `${done.toLocaleString('en')} files${failed}, ${read}`;
  const filled = total === 0 ? barWidth : Math.floor((done / total) * barWidth);
  const left = timeLeft(done, total - done, elapsed);
  const rest = left !== undefined && done < total ? `, about ${roughly(left)} left` : '';
  return `${'█'.repeat(filled)}${'·'.repeat(barWidth - filled)} ${done.toLocaleString('en')} of ${total.toLocaleString('en')} files${failed}, ${read}${rest}`;
}
