import { safe } from '../../progress/job-lines.ts';

/** Files that are named. */
const most = 20;

/** Tells on standard error what a source leaves out; once, however often it is read. */
export class LeftOut {
  readonly #source: string;
  readonly #kind: string;
  #isTold = false;
  #taken = 0;
  #left = 0;

  /** @param kind what the source holds: `file` or `object` */
  constructor(source: string, kind: string) {
    this.#source = source;
    this.#kind = kind;
  }

  takes(): void {
    this.#taken++;
  }

  leaves(file: string, reason: string): void {
    if (!this.#isTold && ++this.#left <= most) tell(`left out: ${file}: ${reason}`);
  }

  /** After the source was read. */
  end(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    if (this.#left > most) tell(`... and ${this.#left - most} more were left out of ${this.#source}`);
    if (this.#taken === 0)
      tell(`warning: no ${this.#kind} of ${this.#source} is taken, so that it makes no tasks`);
  }
}

function tell(line: string): void {
  process.stderr.write(`${safe(line.replace(/\s*[\r\n]\s*/g, ' '))}\n`);
}
