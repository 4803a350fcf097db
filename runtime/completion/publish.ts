import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Workspace } from '../workspace/index.ts';

/**
 * Gives the content of OUTPUT_DIR its final place. Runs before the transaction that names it: what a crash leaves
 * between the two is a file that no row names, never a row without its file.
 * @param outputDirectory absolute; empty afterwards
 * @param destination absolute
 */
export async function publish(
  workspace: Workspace,
  outputDirectory: string,
  destination: string,
): Promise<void> {
  const names = await readdir(outputDirectory);
  const sources = names.map((name) => path.join(outputDirectory, name));
  await workspace.take(sources, workspace.filePath(destination));
  const directory = await open(destination, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
