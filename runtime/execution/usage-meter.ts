import type { Usage } from '../engine/index.ts';
import type { Used } from './result.ts';

const MiB = 2 ** 20;

/** What a container used in all, from samples. */
export class UsageMeter {
  #memoryBytes = 0;
  #cpuSeconds = 0;
  #samples = 0;

  add({ memoryBytes, cpuSeconds }: Usage): void {
    this.#memoryBytes = Math.max(this.#memoryBytes, memoryBytes);
    this.#cpuSeconds = Math.max(this.#cpuSeconds, cpuSeconds);
    this.#samples += 1;
  }

  /** null: it ended before it could be looked at. */
  get used(): Used | null {
    if (this.#samples === 0) return null;
    const round = (value: number) => Math.round(value * 100) / 100;
    return { mem: round(this.#memoryBytes / MiB), cpu_seconds: round(this.#cpuSeconds) };
  }
}
