import type { WriteStream } from 'node:tty';
import colors from 'picocolors';
import type { BatchRowDocument } from '../../../../seed-schema/index.ts';
import { safe } from '../../progress/job-lines.ts';
import type { Tally } from '../results/tally.ts';
import { type BatchProgress, failuresTold } from './progress.ts';
import { failureText, standingText } from './words.ts';

const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const frameMs = 120;
const eraseLine = '\r\x1b[K';

/** One live line with counts and the time that is left; the first failures scroll by above it. */
export class TerminalBatchProgress implements BatchProgress {
  readonly #out: WriteStream;
  readonly #timer: NodeJS.Timeout;
  #detail = '';
  #waiting = '';
  #tally: Tally | undefined;
  #since = 0;
  #fresh = 0;
  #failures = 0;
  #frame = 0;
  #isClosed = false;

  constructor(out: WriteStream) {
    this.#out = out;
    this.#timer = setInterval(() => this.#draw(), frameMs);
    this.#timer.unref();
  }

  detail(line: string): void {
    this.#detail = safe(line.split('\n').at(-1)!);
  }

  begin(tally: Tally): void {
    this.#tally = tally;
    this.#since = performance.now();
    this.#draw();
  }

  ended(row: BatchRowDocument, isNew: boolean, tally: Tally): void {
    this.#tally = tally;
    if (isNew) this.#fresh++;
    if (!isNew || row.status === 'completed' || ++this.#failures > failuresTold || this.#isClosed) return;
    this.#out.write(`${eraseLine}${colors.red('✘')} ${failureText(row)}\n${this.#liveLine()}`);
  }

  waiting(reason: string | undefined): void {
    this.#waiting = reason === undefined ? '' : `  nothing runs: ${safe(reason)}`;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#out.write(eraseLine);
  }

  #draw(): void {
    if (this.#isClosed) return;
    this.#frame = (this.#frame + 1) % frames.length;
    this.#out.write(eraseLine + this.#liveLine());
  }

  #liveLine(): string {
    const text = this.#tally
      ? standingText({ tally: this.#tally, fresh: this.#fresh, elapsed: performance.now() - this.#since }) +
        this.#waiting
      : this.#detail;
    const room = Math.max(10, (this.#out.columns || 80) - 3);
    return `${colors.cyan(frames[this.#frame]!)} ${[...text].slice(0, room).join('')}`;
  }
}
