import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Downloads that nobody went on with, and checksums of files that nobody asked for again, ms. */
const forgottenMs = 24 * 60 * 60 * 1000;

interface Item {
  readonly file: string;
  readonly size: number;
  readonly used: number;
  readonly isInUse: boolean;
}

/**
 * Keeps the content of a cache within its capacity: what was used longest ago goes first. What has a second name is in
 * use; dropping it would free nothing. Others that share the directory may have added to it, so that it is looked
 * through again after every sixteenth of the capacity.
 */
export class Shelf {
  readonly #directory: string;
  readonly #capacity: number;
  #held = Infinity;
  #added = 0;

  /** @param capacity bytes */
  constructor(directory: string, capacity: number) {
    this.#directory = directory;
    this.#capacity = capacity;
  }

  /** Drops what has to go before so many bytes more are there; `Infinity`: all that is not in use. */
  async makeRoom(bytes: number): Promise<void> {
    this.#added += bytes;
    if (this.#held + this.#added <= this.#capacity && this.#added <= this.#capacity / 16) return;
    const items = await this.#items();
    const idle = items.filter(({ isInUse }) => !isInUse).sort((a, b) => a.used - b.used);
    let held = items.reduce((sum, { size }) => sum + size, 0);
    for (const { file, size } of idle) {
      if (held + bytes <= this.#capacity) break;
      await rm(file, { force: true });
      held -= size;
    }
    await this.#tidy();
    this.#held = held;
    this.#added = Number.isFinite(bytes) ? bytes : 0;
  }

  async #items(): Promise<Item[]> {
    const root = path.join(this.#directory, 'content');
    const items: Item[] = [];
    for (const folder of await namesIn(root))
      for (const name of await namesIn(path.join(root, folder))) {
        const file = path.join(root, folder, name);
        const seen = await stat(file).catch(() => undefined);
        if (seen) items.push({ file, size: seen.size, used: seen.atimeMs, isInUse: seen.nlink > 1 });
      }
    return items;
  }

  async #tidy(): Promise<void> {
    for (const folder of ['incoming', 'known'])
      for (const name of await namesIn(path.join(this.#directory, folder))) {
        const file = path.join(this.#directory, folder, name);
        const seen = await stat(file).catch(() => undefined);
        // One that was left on purpose has the time 0: it was left when its name was last changed.
        if (seen && Date.now() - Math.max(seen.mtimeMs, seen.ctimeMs) > forgottenMs)
          await rm(file, { force: true });
      }
  }
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => []);
}
