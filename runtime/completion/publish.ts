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
  const sources = await entriesOf(outputDirectory);
  await workspace.take(sources, workspace.filePath(destination));
  const directory = await open(destination, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Absolute paths. A name that is not UTF-8 has no path in a string, so its odd bytes are written out: `a%FF`. */
async function entriesOf(directory: string): Promise<string[]> {
  const entries: string[] = [];
  const odd: Buffer[] = [];
  // Not all names at once as buffers, with a promise each: there may be very many.
  const names = await opendir(directory, { encoding: 'buffer' as BufferEncoding, bufferSize: 256 });
  for await (const { name } of names) {
    const bytes = name as unknown as Buffer;
    const text = bytes.toString();
    if (Buffer.from(text).equals(bytes)) entries.push(path.join(directory, text));
    else odd.push(bytes);
  }
  for (const bytes of odd) {
    const readable = path.join(directory, writtenOut(bytes));
    await rename(Buffer.concat([Buffer.from(`${directory}/`), bytes]), readable);
    entries.push(readable);
  }
  return entries;
}

function writtenOut(bytes: Buffer): string {
  const hexadecimal = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return bytes.toString('latin1').replace(/[\x80-\xff]/g, hexadecimal);
}
