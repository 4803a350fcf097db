import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { SeedbedError } from '../errors/index.ts';
import type { PutOptions } from './workspace.ts';

/** What goes by on its way into a workspace, counted and hashed. */
export interface Counted {
  /** To be put into the pipeline; fails as soon as there is more than was said. */
  readonly through: Transform;
  /** What was stored before. */
  add(chunk: Buffer): void;
  bytes(): number;
  /** Whether there was more than was said. */
  isTooLong(): boolean;
  /** At the end, once. @returns SHA-256, hexadecimal @throws content-mismatch */
  judged(): string;
}

/** @param named for messages */
export function counted(
  { size, sha256 }: Pick<PutOptions, 'size' | 'sha256'>,
  named: { readonly path: string; readonly workspace: string },
): Counted {
  const hash = createHash('sha256');
  let bytes = 0;
  const mismatch = (problem: string) => new SeedbedError('content-mismatch', { ...named, problem });
  const isTooLong = () => size !== undefined && bytes > size;
  const add = (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  };
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      add(chunk);
      if (isTooLong()) done(mismatch(`it has more than ${size} bytes`));
      else done(null, chunk);
    },
  });
  return {
    through,
    add,
    bytes: () => bytes,
    isTooLong,
    judged() {
      const found = hash.digest('hex');
      if (size !== undefined && bytes !== size) throw mismatch(`it has ${bytes} bytes, not ${size}`);
      if (sha256 !== undefined && sha256.toLowerCase() !== found)
        throw mismatch(`its SHA-256 is ${found}, not ${sha256}`);
      return found;
    },
  };
}
