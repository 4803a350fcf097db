import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const mostEngines = 20;
const mostMounts = 200;

/** Mounts that an engine was seen to share with this machine, kept in a file so that later runs need not probe. */
export class SharingCache {
  readonly #file: string;
  #engines: Record<string, string[]> | undefined;

  /** @param home SEED_HOME */
  constructor(home: string) {
    this.#file = path.join(home, 'cache', 'engine-sharing.json');
  }

  /** @param engine the engine's id */
  async has(engine: string, mount: string): Promise<boolean> {
    const engines = await this.#load();
    return engines[await key(engine)]?.includes(mount) ?? false;
  }

  /** Remembers in any case; a file that cannot be written costs the next run its probe, nothing more. */
  async add(engine: string, mounts: readonly string[]): Promise<void> {
    const own = await key(engine);
    const { [own]: known = [], ...others } = { ...(await readEngines(this.#file)), ...(await this.#load()) };
    const merged = [...new Set([...mounts, ...known])].slice(0, mostMounts);
    this.#engines = {
      [own]: merged,
      ...Object.fromEntries(Object.entries(others).slice(0, mostEngines - 1)),
    };
    const part = `${this.#file}.${randomUUID()}`;
    try {
      await mkdir(path.dirname(this.#file), { recursive: true });
      await writeFile(part, `${JSON.stringify({ engines: this.#engines })}\n`, { mode: 0o600 });
      await rename(part, this.#file);
    } catch {
      await rm(part, { force: true }).catch(() => {});
    }
  }

  async #load(): Promise<Record<string, string[]>> {
    return (this.#engines ??= await readEngines(this.#file));
  }
}

/** A file that is missing, torn or not ours is as good as empty. */
async function readEngines(file: string): Promise<Record<string, string[]>> {
  try {
    const { engines } = JSON.parse(await readFile(file, 'utf8')) as { engines: unknown };
    if (typeof engines !== 'object' || engines === null) return {};
    const valid = Object.entries(engines).filter(
      (entry): entry is [string, string[]] =>
        Array.isArray(entry[1]) && entry[1].every((mount) => typeof mount === 'string'),
    );
    return Object.fromEntries(valid);
  } catch {
    return {};
  }
}

let boot: Promise<string> | undefined;

/** Device numbers are dealt anew by every boot. */
async function key(engine: string): Promise<string> {
  boot ??= readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${engine} ${(await boot).trim()}`;
}
