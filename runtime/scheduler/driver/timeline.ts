import { Stopwatch } from '../../execution/index.ts';
import type { Stretch } from '../observed.ts';

/** When each step of an execution began and ended, whether well or not. */
export class Timeline {
  readonly from = Date.now();
  readonly #stretches: { readonly name: string; readonly from: number; to: number | undefined }[] = [];

  /** Steps follow each other: the next one begins, at the earliest, when the last one ends. */
  begin(name: string): void {
    this.end();
    this.#stretches.push({ name, from: Date.now(), to: undefined });
  }

  end(): void {
    const last = this.#stretches.at(-1);
    if (last) last.to ??= Date.now();
  }

  /** Times the steps that `execute` takes. */
  stopwatch(): Stopwatch {
    return new Stopwatch((name, ms) => (ms === undefined ? this.begin(name) : this.end()));
  }

  /** All that has begun; what has not ended ends now. */
  get stretches(): Stretch[] {
    return this.#stretches.map(({ name, from, to = Date.now() }) => ({ name, from, to }));
  }
}
