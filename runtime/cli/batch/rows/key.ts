import { createHash } from 'node:crypto';
import type { JsonValue } from '../../../execution/index.ts';
import type { GivenFile } from '../../run/input-files.ts';

/**
 * A digest of what a job would read: for each input its files by path, size and time of their last change, and its JSON
 * values as they are written. Files are not read for it. Pure.
 */
export function keyOf(
  files: ReadonlyMap<string, readonly GivenFile[]>,
  json: ReadonlyMap<string, JsonValue>,
): string {
  const content = [
    [...files].map(([name, of]) => [name, of.map(({ path, size, mtimeNs }) => [path, size, `${mtimeNs}`])]),
    [...json].map(([name, { environment }]) => [name, environment]),
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 40);
}
