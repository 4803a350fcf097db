import type { Writable } from 'node:stream';
import type { BatchRowDocument } from '../../../../seed-schema/index.ts';
import { safe } from '../../progress/job-lines.ts';
import { endedOf, type Tally } from '../results/tally.ts';
import { type BatchProgress, failuresTold } from './progress.ts';
import { failureText, standingText } from './words.ts';

/** A line for each hundredth of the batch, and for each of the first failures: for logs and pipes. */
export class PlainBatchProgress implements BatchProgress {
  readonly #out: Writable;
  #since = 0;
  #fresh = 0;
  #failures = 0;
  #hundredth = 0;

  constructor(out: Writable) {
    this.#out = out;
  }

  detail(): void {
    return;
  }

  begin(tally: Tally): void {
    this.#since = performance.now();
    this.#say(`${tally.total} ${tally.total === 1 ? 'row' : 'rows'}`);
  }

  ended(row: BatchRowDocument, isNew: boolean, tally: Tally): void {
    if (isNew) this.#fresh++;
    if (isNew && row.status !== 'completed' && ++this.#failures <= failuresTold) this.#say(failureText(row));
    const hundredth = Math.floor((endedOf(tally) * 100) / tally.total);
    if (hundredth === this.#hundredth) return;
    this.#hundredth = hundredth;
    if (!isNew) return;
    this.#say(standingText({ tally, fresh: this.#fresh, elapsed: performance.now() - this.#since }));
  }

  waiting(reason: string | undefined): void {
    if (reason !== undefined) this.#say(`nothing runs: ${safe(reason)}`);
  }

  close(): void {
    return;
  }

  #say(line: string): void {
    this.#out.write(`${line}\n`);
  }
}
