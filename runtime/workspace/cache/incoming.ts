import { randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isErrno } from '../../errors/index.ts';

/** A file that this process alone writes to. */
export interface Claim {
  /** Absolute. */
  readonly path: string;
  readonly handle: FileHandle;
  /** What dead downloads of the same content left, absolute: each is a beginning of it. */
  readonly remains: readonly string[];
  /** It is whole: gives it its place. */
  give(place: string): Promise<void>;
  /** It is not whole: what is there is for whoever comes next. */
  leave(): Promise<void>;
  /** It is not needed. */
  discard(): Promise<void>;
}

/** How often somebody else's download is looked at, ms. */
const pauseMs = 100;

/**
 * Downloads on their way, of all processes that share a directory; one for each content. `<key>.lock` is a second name of
 * the file `<key>.<uuid>` that its owner writes to, and touches while nothing comes: one that stays untouched for too long is
 * a dead one's. Should that one only have slept, it goes on writing to a file that nobody reads.
 */
export class Incoming {
  readonly #directory: string;
  readonly #patience: number;

  /** @param patience ms */
  constructor(directory: string, patience: number) {
    this.#directory = directory;
    this.#patience = patience;
  }

  /** @returns undefined when somebody else had it: after that one's end or death @throws the signal's reason */
  async claim(key: string, signal?: AbortSignal): Promise<Claim | undefined> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const lock = path.join(this.#directory, `${key}.lock`);
    if (await this.#isAlive(lock)) {
      await delay(pauseMs, undefined, signal && { signal });
      return undefined;
    }
    const own = path.join(this.#directory, `${key}.${randomUUID()}`);
    const handle = await open(own, 'wx', 0o600);
    try {
      await this.#lock(own, lock);
    } catch (thrown) {
      await handle.close();
      await rm(own, { force: true });
      if (isErrno(thrown, 'EEXIST')) return undefined;
      throw thrown;
    }
    const heart = setInterval(() => void touch(handle), Math.max(1, this.#patience / 4));
    heart.unref();
    const end = async () => {
      clearInterval(heart);
      await handle.close();
    };
    return {
      path: own,
      handle,
      remains: await this.#remainsOf(key, own),
      give: async (place) => {
        await end();
        await rename(own, place);
        await unlock(lock, place);
      },
      leave: async () => {
        clearInterval(heart);
        // Dead from now on: nobody has to wait.
        await handle.utimes(0, 0).catch(() => undefined);
        await end().catch(() => undefined);
        await unlock(lock, own);
      },
      discard: async () => {
        await end();
        await unlock(lock, own);
        await rm(own, { force: true });
      },
    };
  }

  /** @throws EEXIST when somebody is faster */
  async #lock(own: string, lock: string): Promise<void> {
    try {
      await link(own, lock);
    } catch (thrown) {
      if (!isErrno(thrown, 'EEXIST') || (await this.#isAlive(lock))) throw thrown;
      await rm(lock, { force: true });
      await link(own, lock);
    }
  }

  async #isAlive(file: string): Promise<boolean> {
    const seen = await stat(file).catch(() => undefined);
    return seen !== undefined && Date.now() - seen.mtimeMs < this.#patience;
  }

  async #remainsOf(key: string, own: string): Promise<string[]> {
    const names = (await readdir(this.#directory)).filter((name) => name.startsWith(`${key}.`));
    const remains: string[] = [];
    for (const name of names) {
      const file = path.join(this.#directory, name);
      if (file !== own && !name.endsWith('.lock') && !(await this.#isAlive(file))) remains.push(file);
    }
    return remains;
  }
}

async function touch(handle: FileHandle): Promise<void> {
  const now = new Date();
  await handle.utimes(now, now).catch(() => undefined);
}

/** Takes a lock away that is still ours. */
async function unlock(lock: string, own: string): Promise<void> {
  const [held, mine] = await Promise.all([lock, own].map((file) => stat(file).catch(() => undefined)));
  if (held && mine && held.ino === mine.ino) await rm(lock, { force: true });
}
