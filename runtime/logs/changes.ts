import { existsSync, type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/**
 * Tells that something in a directory may have changed. The file system says so at once where it can; since it cannot
 * everywhere (NFS, no watches left), it is also said after a while.
 */
export class Changes {
  readonly #directory: string;
  readonly #pollMs: number;
  #watcher: FSWatcher | undefined;
  #watched: string | undefined;
  #changed = false;
  #wake: (() => void) | undefined;

  /** @param pollMs the longest time between two changes that are told */
  constructor(directory: string, pollMs: number) {
    this.#directory = directory;
    this.#pollMs = pollMs;
  }

  /** Begins to notice; to be called before each look, so that nothing falls between a look and the wait after it. */
  arm(): void {
    this.#changed = false;
    for (;;) {
      // While it is not there its coming is seen above it; and it may come while that watch is set.
      const nearest = nearestThere(this.#directory);
      if (nearest === this.#watched || !this.#watch(nearest)) return;
    }
  }

  /** @returns whether the time was over without any change; at once when `signal` is aborted */
  async next(signal: AbortSignal): Promise<{ readonly quiet: boolean }> {
    let timer: NodeJS.Timeout | undefined;
    const change = new Promise<boolean>((resolve) => {
      const tell = () => resolve(false);
      this.#wake = tell;
      signal.addEventListener('abort', tell, { once: true });
      timer = setTimeout(() => resolve(true), this.#pollMs);
      if (this.#changed || signal.aborted) tell();
    });
    const wake = this.#wake;
    try {
      return { quiet: await change };
    } finally {
      clearTimeout(timer);
      this.#wake = undefined;
      if (wake) signal.removeEventListener('abort', wake);
    }
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#watched = undefined;
  }

  #watch(directory: string): boolean {
    let watcher: FSWatcher;
    try {
      watcher = watch(directory, { persistent: false });
    } catch {
      return false;
    }
    this.close();
    this.#watcher = watcher;
    this.#watched = directory;
    watcher.on('change', (event, name) => this.#see(event, String(name)));
    watcher.on('error', () => this.#forget(watcher));
    return true;
  }

  #see(event: string, name: string): void {
    // A directory that is renamed or removed tells its own name: what comes in its place is another one.
    if (event === 'rename' && name === path.basename(this.#watched ?? '')) this.#forget(this.#watcher);
    this.#changed = true;
    this.#wake?.();
  }

  #forget(watcher: FSWatcher | undefined): void {
    if (watcher && watcher === this.#watcher) this.close();
  }
}

function nearestThere(directory: string): string {
  const parent = path.dirname(directory);
  return parent === directory || existsSync(directory) ? directory : nearestThere(parent);
}
