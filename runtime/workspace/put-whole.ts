import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { counted } from './counted.ts';
import type { ContentSource, PutOptions } from './workspace.ts';

const flags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;

/**
 * Writes a file of this machine beside its place and gives it its name when it is whole and what it should be. With `resume`
 * what was written before a break is kept, and the source is asked for the rest.
 * @param target absolute; its directory is there
 * @param named for messages
 * @param name gives what is written its name
 * @returns SHA-256, hexadecimal
 * @throws content-mismatch when size or checksum are not those that were said
 */
export async function putWhole(
  target: string,
  source: ContentSource,
  options: PutOptions,
  named: { readonly path: string; readonly workspace: string },
  name: (partial: string) => Promise<void>,
): Promise<string> {
  const { size, resume, signal } = options;
  const partial = resume === undefined ? partialOf(target) : partialOf(target, `of-${nameOf(resume)}`);
  const count = counted(options, named);
  const create = resume === undefined ? constants.O_EXCL : 0;
  const handle = await open(partial, flags | create);
  let keeps = resume !== undefined;
  try {
    let before = (await handle.stat()).size;
    if (size !== undefined && before > size) await handle.truncate((before = 0));
    if (before > 0)
      for await (const chunk of handle.createReadStream({ start: 0, autoClose: false }))
        count.add(chunk as Buffer);
    // Not by a stream of the handle's: one that does not close it never ends a pipeline.
    await pipeline(
      await source(before),
      count.through,
      (chunks: AsyncIterable<Buffer>) => writeFile(handle, chunks),
      signal ? { signal } : {},
    );
    // What ended early and without an error is kept: the next try asks for the rest of it.
    keeps &&= size !== undefined && count.bytes() < size;
    const sha256 = count.judged();
    await handle.sync();
    await name(partial);
    return sha256;
  } catch (thrown) {
    if (!keeps || count.isTooLong()) await rm(partial, { force: true });
    throw thrown;
  } finally {
    await handle.close();
  }
}

let partials = 0;

/** A name beside a target that no listing shows. */
export function partialOf(
  target: string,
  name = `${process.pid}-${++partials}-${Date.now().toString(36)}`,
): string {
  return path.join(path.dirname(target), `.seedbed-${name}`);
}

function nameOf(resume: string): string {
  return createHash('sha256').update(resume).digest('hex').slice(0, 32);
}
