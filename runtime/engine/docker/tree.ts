import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import path from 'node:path';

export interface TreeItem {
  /** Relative to the root of the walk, with `/`. */
  readonly relative: string;
  readonly absolute: string;
  readonly entry: Dirent;
}

/**
 * Everything under a directory, parents before their children, links not followed; the directory itself not included.
 * Holds one open directory for each level in memory, not its names.
 * @param enter whether to look into a directory; default: every one
 */
export async function* walkTree(
  root: string,
  enter: (item: TreeItem) => boolean | Promise<boolean> = () => true,
  prefix = '',
): AsyncGenerator<TreeItem> {
  for await (const entry of await opendir(path.join(root, prefix))) {
    const relative = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    const item = { relative, absolute: path.join(root, relative), entry };
    yield item;
    if (entry.isDirectory() && (await enter(item))) yield* walkTree(root, enter, relative);
  }
}
