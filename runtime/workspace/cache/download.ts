import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { isErrno, SeedbedError } from '../../errors/index.ts';
import type { Workspace } from '../workspace.ts';
import type { Wanted } from './content-cache.ts';
import type { Claim } from './incoming.ts';

/** Broken connections in a row without a byte between them that end a download. */
const mostFailures = 3;

/**
 * One file on its way into the cache: begins with what a dead download of it left, and takes up a connection that breaks
 * where it broke.
 */
export class Download {
  readonly #from: Workspace;
  readonly #wanted: Wanted;
  readonly #claim: Claim;
  readonly #signal: AbortSignal | undefined;
  #hash = createHash('sha256');
  #written = 0;

  constructor(from: Workspace, wanted: Wanted, claim: Claim, signal: AbortSignal | undefined) {
    this.#from = from;
    this.#wanted = wanted;
    this.#claim = claim;
    this.#signal = signal;
  }

  /** May be called again after a full disk. @returns SHA-256, hexadecimal; the file is on the disk */
  async run(): Promise<string> {
    const hasRemains = await this.#takeRemains();
    await this.#stream();
    const problem = this.#problem();
    if (problem !== undefined) {
      await this.#beginAnew();
      if (!hasRemains) throw this.#changed(problem);
      await this.#stream();
      const still = this.#problem();
      if (still !== undefined) throw this.#changed(still);
    }
    await this.#claim.handle.sync();
    return this.#hash.copy().digest('hex');
  }

  /** @returns whether there is a beginning that nobody has judged */
  async #takeRemains(): Promise<boolean> {
    for (const remain of this.#claim.remains) {
      if (this.#written === 0)
        await this.#append(createReadStream(remain)).catch((thrown: unknown) => {
          if (!isErrno(thrown, 'ENOENT')) throw thrown;
        });
      await rm(remain, { force: true });
      if (this.#written > this.#wanted.size) await this.#beginAnew();
    }
    return this.#claim.remains.length > 0;
  }

  async #stream(): Promise<void> {
    const { path, size } = this.#wanted;
    for (let failures = 0; this.#written < size;) {
      const before = this.#written;
      let broken: unknown;
      try {
        await this.#append(await this.#from.open(path, { start: before }, this.#signal));
      } catch (thrown) {
        this.#signal?.throwIfAborted();
        if (isErrno(thrown, 'ENOSPC', 'EDQUOT') || isFinal(thrown)) throw thrown;
        broken = thrown;
      }
      failures = this.#written > before ? 0 : failures + 1;
      if (failures === mostFailures)
        throw broken ?? this.#changed(`it ends after ${this.#written} of ${size} bytes`);
    }
  }

  #problem(): string | undefined {
    const { size, sha256 } = this.#wanted;
    if (this.#written > size) return `it has more than ${size} bytes`;
    const found = this.#hash.copy().digest('hex');
    return sha256 === null || found === sha256 ? undefined : `its SHA-256 is ${found}, not ${sha256}`;
  }

  async #beginAnew(): Promise<void> {
    await this.#claim.handle.truncate(0);
    this.#written = 0;
    this.#hash = createHash('sha256');
  }

  /** What is written is hashed, and nothing else. */
  async #append(stream: Readable): Promise<void> {
    const { handle } = this.#claim;
    if (this.#signal) addAbortSignal(this.#signal, stream);
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        for (let at = 0; at < chunk.length;) {
          const { bytesWritten } = await handle.write(chunk, at, chunk.length - at, this.#written);
          this.#hash.update(chunk.subarray(at, at + bytesWritten));
          this.#written += bytesWritten;
          at += bytesWritten;
        }
        if (this.#written > this.#wanted.size) return;
      }
    } finally {
      stream.destroy();
    }
  }

  #changed(problem: string): SeedbedError {
    return new SeedbedError('input-changed', {
      path: this.#wanted.path,
      workspace: this.#from.name,
      problem,
    });
  }
}

/** What another try finds as it is. */
function isFinal(thrown: unknown): boolean {
  return thrown instanceof SeedbedError && !thrown.definition.retry;
}
