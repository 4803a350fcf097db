import { createHash } from 'node:crypto';
import path from 'node:path';
import type { PartStep } from '../../recipes/index.ts';

/** Names may be 255 bytes long on most file systems. */
const longest = 200;

/** What a node is called in documents and on the screen: `mosaic/invert/3`. Pure. */
export function nodePath(steps: readonly PartStep[]): string {
  return steps.map(({ name, item }) => (item < 0 ? name : `${name}/${item}`)).join('/');
}

/** Where its products go below the directory of the recipe. Pure. */
export function nodeDirectory(steps: readonly PartStep[]): string {
  return path.join(...steps.flatMap(({ name, item }) => [fileName(name), ...(item < 0 ? [] : [`${item}`])]));
}

/** A name of a node as that of a directory, different for different ones; one that begins with a dot is ours. */
function fileName(name: string): string {
  const safe = encodeURIComponent(name).replace(/^\./, '%2E').replaceAll('*', '%2A');
  if (safe.length <= longest) return safe;
  return `${safe.slice(0, longest)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
