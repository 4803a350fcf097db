import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SeedbedError } from '../errors/index.ts';
import type { ContentSource, PutOptions } from './workspace.ts';

let writes = 0;

/**
 * Writes a file of this machine beside its place and gives it its name when it is whole and what it should be. With `resume`
 * what was written before a break is kept, and the source is asked for the rest.
 * @param target absolute; its directory is there
 * @param named for messages
 * @returns SHA-256, hexadecimal
 * @throws content-mismatch when size or checksum are not those that were said
 */
export async function putWhole(
  target: string,
  source: ContentSource,
  { size, sha256, resume, signal }: PutOptions,
  named: { readonly path: string; readonly workspace: string },
): Promise<string> {
  const name = resume === undefined ? `${process.pid}-${++writes}-${Date.now()}` : `of-${nameOf(resume)}`;
  const partial = path.join(path.dirname(target), `.seedbed-${name}`);
  const hash = createHash('sha256');
  let written = 0;
  const count = () =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        written += chunk.length;
        done(null, chunk);
      },
    });
  const options = signal ? { signal } : {};
  let whole = false;
  try {
    const before = resume === undefined ? 0 : ((await stat(partial).catch(() => undefined))?.size ?? 0);
    if (before > 0)
      await pipeline(createReadStream(partial), count(), async function (chunks) {
        for await (const chunk of chunks) void chunk;
      });
    const flags = before > 0 ? 'a' : 'w';
    await pipeline(
      await source(before),
      count(),
      createWriteStream(partial, { flags, flush: true }),
      options,
    );
    const found = hash.digest('hex');
    whole = true;
    if ((size !== undefined && size !== written) || (sha256 !== undefined && sha256 !== found))
      throw new SeedbedError('content-mismatch', {
        ...named,
        problem:
          size !== undefined && size !== written
            ? `it has ${written} bytes, not ${size}`
            : `its SHA-256 is ${found}, not ${sha256}`,
      });
    await rename(partial, target);
    return found;
  } catch (thrown) {
    if (resume === undefined || whole) await rm(partial, { force: true });
    throw thrown;
  }
}

function nameOf(resume: string): string {
  return createHash('sha256').update(resume).digest('hex').slice(0, 32);
}
