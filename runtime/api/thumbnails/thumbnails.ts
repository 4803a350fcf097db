import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../../errors/index.ts';
import { makeThumbnail, type Picture } from './make-thumbnail.ts';

/** Thumbnails that are made at the same time; others wait. */
const atOnce = 2;
/** Thumbnails that are kept; the ones that nobody asked for go first. */
const mostKept = 20_000;
/** After so many new ones it is looked whether there are too many. */
const sweepEvery = 500;

/** Thumbnails of files, made once and kept in SEED_HOME/thumbnails by checksum and size. Several services may share it. */
export class Thumbnails {
  readonly #directory: string;
  readonly #making = new Map<string, Promise<Buffer>>();
  readonly #waiting: (() => void)[] = [];
  #free = atOnce;
  #made = 0;

  /** @param home SEED_HOME */
  constructor(home: string) {
    this.#directory = path.join(home, 'thumbnails');
  }

  /**
   * @param content tells contents apart: a checksum, or what is as good
   * @param open is called only when it must be made
   * @throws no-picture, picture-too-large, no-thumbnails
   */
  async get(content: string, side: number, open: () => Promise<Picture>): Promise<Buffer> {
    const file = path.join(
      this.#directory,
      `${createHash('sha256').update(content).digest('hex')}-${side}.png`,
    );
    const kept = await readKept(file);
    if (kept) return kept;
    const underWay = this.#making.get(file);
    if (underWay) return underWay;
    const made = this.#make(file, side, open).finally(() => this.#making.delete(file));
    this.#making.set(file, made);
    return made;
  }

  async #make(file: string, side: number, open: () => Promise<Picture>): Promise<Buffer> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free--;
    try {
      const bytes = await makeThumbnail(await open(), side);
      await this.#keep(file, bytes);
      return bytes;
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }

  async #keep(file: string, bytes: Buffer): Promise<void> {
    // Services in containers may have the same process id.
    const partial = `${file}.${randomUUID()}.part`;
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    await writeFile(partial, bytes);
    await rename(partial, file);
    if (++this.#made % sweepEvery === 0) await sweep(this.#directory);
  }
}

async function readKept(file: string): Promise<Buffer | undefined> {
  try {
    const bytes = await readFile(file);
    const now = new Date();
    await utimes(file, now, now);
    return bytes;
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return undefined;
    throw thrown;
  }
}

async function sweep(directory: string): Promise<void> {
  const names = await readdir(directory);
  if (names.length <= mostKept) return;
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(directory, name);
      return { file, used: (await stat(file).catch(() => undefined))?.mtimeMs ?? 0 };
    }),
  );
  files.sort((a, b) => a.used - b.used);
  const surplus = files.slice(0, files.length - Math.floor(mostKept * 0.9));
  await Promise.all(surplus.map(({ file }) => rm(file, { force: true })));
}
