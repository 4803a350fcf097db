import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, SeedbedError } from '../../errors/index.ts';
import { linkOrCopy } from '../transfer.ts';
import type { Workspace } from '../workspace.ts';
import { Download } from './download.ts';
import { type Claim, Incoming } from './incoming.ts';
import { Shelf } from './shelf.ts';

export interface CacheOptions {
  /** Absolute; made where it is missing. Any number of processes may share it. */
  readonly directory: string;
  /** Says which database the workspaces' ids are of. */
  readonly scope: string;
  /** What is kept that nobody uses, bytes. */
  readonly capacity: number;
  /** A download that shows no life for so long is another one's to go on with, ms; default 10 s. */
  readonly patience?: number;
}

/** A file as the catalogue knows it. */
export interface Wanted {
  /** Inside its workspace. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal; null: not known yet. */
  readonly sha256: string | null;
  /** As `FileEntry.version`; null: any. */
  readonly version: string | null;
}

/**
 * Content of workspaces that no engine can mount, on this machine's disk: each is streamed once, judged while it is, and kept
 * by its SHA-256. Whoever fetches a file gets a second name for it, so that it may be dropped here while it is in use
 * there: nothing is locked, and what a dead process leaves is taken up or taken away by the next one.
 *
 * `content/<2 digits>/<sha256>` is what is kept, `known/<key>` the checksum of files that the catalogue had none of, and
 * `incoming/` what is on its way.
 */
export class ContentCache {
  readonly #options: Required<CacheOptions>;
  readonly #incoming: Incoming;
  readonly #shelf: Shelf;

  constructor(options: CacheOptions) {
    this.#options = { patience: 10_000, ...options };
    const { directory, capacity, patience } = this.#options;
    this.#incoming = new Incoming(path.join(directory, 'incoming'), patience);
    this.#shelf = new Shelf(directory, capacity);
  }

  /**
   * Gives a file of a workspace a name on this machine.
   * @param target absolute; its directory is there, and nothing of that name
   * @returns SHA-256, hexadecimal
   * @throws file-not-in-workspace, input-changed, disk-full; what the workspace throws; the signal's reason or an AbortError
   */
  async fetch(from: Workspace, wanted: Wanted, target: string, signal?: AbortSignal): Promise<string> {
    const key = wanted.sha256 ?? (await this.#keyOf(from, wanted));
    for (;;) {
      signal?.throwIfAborted();
      const sha256 = wanted.sha256 ?? (await this.#known(key));
      if (sha256 !== undefined && (await this.#take(sha256, wanted.size, target))) return sha256;
      const claim = await this.#incoming.claim(key, signal);
      if (!claim) continue;
      try {
        // Somebody may have brought it between the look and the claim.
        const meanwhile = wanted.sha256 ?? (await this.#known(key));
        if (meanwhile !== undefined && (await this.#take(meanwhile, wanted.size, target))) {
          await claim.discard();
          return meanwhile;
        }
        return await this.#bring(from, wanted, key, claim, target, signal);
      } catch (thrown) {
        await claim.leave();
        throw thrown;
      }
    }
  }

  async #bring(
    from: Workspace,
    wanted: Wanted,
    key: string,
    claim: Claim,
    target: string,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const full = (thrown: unknown) => {
      if (!isErrno(thrown, 'ENOSPC', 'EDQUOT')) throw thrown;
    };
    const download = new Download(from, wanted, claim, signal);
    await this.#shelf.makeRoom(wanted.size);
    let sha256: string;
    try {
      // What nobody uses makes room for what somebody needs.
      sha256 = await download.run().catch(async (thrown: unknown) => {
        full(thrown);
        await this.#shelf.makeRoom(Infinity);
        return download.run();
      });
      if (wanted.sha256 === null) await this.#remember(key, sha256);
    } catch (thrown) {
      full(thrown);
      const what = `the cache of inputs in ${this.#options.directory}`;
      throw new SeedbedError('disk-full', { what }, { cause: thrown });
    }
    await chmod(claim.path, 0o444);
    // Its user's name first: once it is on the shelf it may be dropped there.
    await linkOrCopy(claim.path, target);
    const kept = this.#contentPath(sha256);
    await mkdir(path.dirname(kept), { recursive: true });
    await claim.give(kept);
    return sha256;
  }

  /** @returns whether it was there */
  async #take(sha256: string, size: number, target: string): Promise<boolean> {
    const kept = this.#contentPath(sha256);
    try {
      const seen = await stat(kept);
      if (seen.size !== size) {
        await rm(kept, { force: true });
        return false;
      }
      await utimes(kept, new Date(), seen.mtime);
      await linkOrCopy(kept, target);
      return true;
    } catch (thrown) {
      if (isErrno(thrown, 'ENOENT')) return false;
      throw thrown;
    }
  }

  /** A file without a checksum is the version that the catalogue means, or none. */
  async #keyOf(from: Workspace, { path: where, size, version }: Wanted): Promise<string> {
    const found = await from.stat(where);
    const named = { path: where, workspace: from.name };
    if (!found) throw new SeedbedError('file-not-in-workspace', named);
    if (found.size !== size || (version !== null && found.version !== version))
      throw new SeedbedError('input-changed', {
        ...named,
        problem: `it is another version, of ${found.size} bytes`,
      });
    const identity = [this.#options.scope, from.id, where, found.version, size];
    return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
  }

  async #known(key: string): Promise<string | undefined> {
    try {
      return await readFile(path.join(this.#options.directory, 'known', key), 'utf8');
    } catch (thrown) {
      if (isErrno(thrown, 'ENOENT')) return undefined;
      throw thrown;
    }
  }

  async #remember(key: string, sha256: string): Promise<void> {
    const place = path.join(this.#options.directory, 'known', key);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(`${place}.${process.pid}`, sha256);
    await rename(`${place}.${process.pid}`, place);
  }

  #contentPath(sha256: string): string {
    return path.join(this.#options.directory, 'content', sha256.slice(0, 2), sha256);
  }
}
