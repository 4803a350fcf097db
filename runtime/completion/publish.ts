import { open, opendir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { LocalWorkspace } from '../workspace/index.ts';

/**
 * Gives the content of OUTPUT_DIR its final place. Runs before the transaction that names it: what a crash leaves
 * between the two is a file that no row names, never a row without its file.
 * @param outputDirectory absolute; empty afterwards
 * @param destination absolute
 */
export async function publish(
  workspace: LocalWorkspace,
  outputDirectory: string,
  destination: string,
): Promise<void> {
  const target = workspace.filePath(destination);
  // What leaves a directory while it is read may hide names from the reader, on some file systems: until nothing is found.
  for (let found = true; found;) {
    found = false;
    for await (const names of namesOf(outputDirectory)) {
      found = true;
      await workspace.take(
        names.map((name) => path.join(outputDirectory, name)),
        target,
      );
    }
  }
  const directory = await open(destination, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

const namesAtOnce = 256;

/**
 * A part of the names at a time: there may be very many. A name that is not UTF-8 has no path in a string, so it gets one in
 * which its odd bytes are written out: `a%FF`.
 */
async function* namesOf(directory: string): AsyncGenerator<string[], void, undefined> {
  const all = await opendir(directory, { encoding: 'buffer' as BufferEncoding, bufferSize: namesAtOnce });
  let names: string[] = [];
  for await (const { name } of all) {
    const bytes = name as unknown as Buffer;
    const text = bytes.toString();
    const isOdd = !Buffer.from(text).equals(bytes);
    if (isOdd)
      await rename(
        Buffer.concat([Buffer.from(`${directory}/`), bytes]),
        path.join(directory, writtenOut(bytes)),
      );
    // A new name is not to be found twice: the next reading has it.
    else if (names.push(text) < namesAtOnce) continue;
    yield names;
    names = [];
  }
  if (names.length > 0) yield names;
}

function writtenOut(bytes: Buffer): string {
  const hexadecimal = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return bytes.toString('latin1').replace(/[\x80-\xff]/g, hexadecimal);
}
