import { setTimeout as delay } from 'node:timers/promises';
import { type FileEntry, isLocal, type Workspace } from '../../workspace/index.ts';
import type { Timing } from './context.ts';
import { Stability } from './stability.ts';

/** Files of a directory that may be written still: a scan comes back to them when it has been everywhere. */
export class Unsettled {
  readonly #workspace: Workspace;
  readonly #timing: Timing;
  readonly #stability: Stability;
  readonly #signal: AbortSignal;
  readonly #paths = new Set<string>();
  /** The last path before the first one that was put off: whoever goes on after a crash looks again from there. */
  #before: string | null | undefined;

  constructor(workspace: Workspace, timing: Timing, signal: AbortSignal) {
    this.#workspace = workspace;
    this.#timing = timing;
    this.#signal = signal;
    this.#stability = new Stability(timing.settled, timing.apart);
  }

  get count(): number {
    return this.#paths.size;
  }

  /** @param former the last path before this page @returns those that are complete; objects of a bucket always are */
  putOff(page: readonly FileEntry[], former: string | null): FileEntry[] {
    if (!isLocal(this.#workspace)) return [...page];
    let previous = former;
    return page.filter((entry) => {
      const isComplete = this.#isComplete(entry);
      if (!isComplete) {
        this.#paths.add(entry.path);
        if (this.#before === undefined) this.#before = previous;
      }
      previous = entry.path;
      return isComplete;
    });
  }

  /** How far a scan has come that has seen all up to a path. */
  position(last: string | null): string | null {
    return this.#before === undefined ? last : this.#before;
  }

  /** Waits a moment. @returns those that are complete by now */
  async again(): Promise<FileEntry[]> {
    const wait = Math.min(this.#timing.apart, this.#timing.directory);
    await delay(wait, undefined, { signal: this.#signal });
    const complete: FileEntry[] = [];
    for (const path of this.#paths) {
      const entry = await this.#workspace.stat(path);
      if (entry && !this.#isComplete(entry)) continue;
      this.#paths.delete(path);
      if (entry) complete.push(entry);
    }
    return complete;
  }

  #isComplete(entry: FileEntry): boolean {
    const moment = { wall: Date.now(), running: performance.now() };
    return this.#stability.isComplete(entry.path, entry, moment, true);
  }
}
