import { lstat, mkdir, readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../../../errors/index.ts';
import { timeName } from '../../run/output-directory.ts';
import { resultNames } from '../results/names.ts';

/**
 * The directories of rows below that of their batch. Each row has one of its own: one that is not there, or is empty and no
 * other row's. In one that holds something already a new one is made, named by the time, as seed-cli did.
 */
export class RowDirectories {
  readonly #root: string;
  readonly #time: string;
  /** Of rows that run, by device and inode: names may differ in case only, and mean one directory. */
  readonly #taken = new Set<string>();
  readonly #identities = new Map<string, string>();

  /** @param root absolute @param now names what is made in a directory that is not empty */
  constructor(root: string, now: Date) {
    this.#root = root;
    this.#time = timeName(now);
  }

  /**
   * Makes the directory of a row.
   * @returns its path below that of the batch
   * @throws output-directory-unusable, disk-full
   */
  async take(name: string): Promise<string> {
    try {
      for (let number = 1; ; number++) {
        const candidate = number === 1 ? name : `${name}-${number}`;
        if (resultNames.has(candidate.toLowerCase())) continue;
        const state = await this.#claim(candidate);
        if (state === 'ours') return candidate;
        if (state === 'full') return await this.#inside(candidate);
      }
    } catch (thrown) {
      if (isErrno(thrown, 'ENOSPC', 'EDQUOT')) throw new SeedbedError('disk-full', { what: this.#root });
      const reason = reasonOf(thrown);
      throw new SeedbedError('output-directory-unusable', { path: path.join(this.#root, name), reason });
    }
  }

  /** Takes again what a row had taken when its batch was killed; it may be gone. */
  async retake(relative: string): Promise<void> {
    await mkdir(this.absolute(relative), { recursive: true });
    await this.#keep(relative);
  }

  /** The path of a directory below that of the batch. */
  absolute(relative: string): string {
    return path.join(this.#root, relative);
  }

  /**
   * A row has ended. Where it left nothing, it leaves no directory.
   * @param directory absolute
   * @returns the same; null where it is gone
   */
  async release(directory: string): Promise<string | null> {
    const relative = path.relative(this.#root, directory);
    this.#taken.delete(this.#identities.get(relative) ?? '');
    this.#identities.delete(relative);
    try {
      await rmdir(directory);
      return null;
    } catch (thrown) {
      return isErrno(thrown, 'ENOENT') ? null : directory;
    }
  }

  async #claim(relative: string): Promise<'ours' | 'full' | 'another'> {
    const directory = this.absolute(relative);
    try {
      await mkdir(directory);
    } catch (thrown) {
      if (!isErrno(thrown, 'EEXIST')) throw thrown;
      if (!(await lstat(directory)).isDirectory()) return 'another';
      if (this.#taken.has(await this.#identity(relative))) return 'another';
      if ((await readdir(directory)).length > 0) return 'full';
    }
    await this.#keep(relative);
    return 'ours';
  }

  async #inside(relative: string): Promise<string> {
    for (let number = 1; ; number++) {
      const name = number === 1 ? this.#time : `${this.#time}-${number}`;
      const candidate = path.join(relative, name);
      if ((await this.#claim(candidate)) === 'ours') return candidate;
    }
  }

  async #keep(relative: string): Promise<void> {
    const identity = await this.#identity(relative);
    this.#taken.add(identity);
    this.#identities.set(relative, identity);
  }

  async #identity(relative: string): Promise<string> {
    const { dev, ino } = await lstat(this.absolute(relative), { bigint: true });
    return `${dev}:${ino}`;
  }
}
