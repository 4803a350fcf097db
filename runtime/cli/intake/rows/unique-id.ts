import { createHash } from 'node:crypto';
import path from 'node:path';
import type { FileReference } from './reference.ts';

/** Characters that the service takes. */
export const longestUniqueId = 500;

/**
 * The id of a task that brings none: `<project>_<batch>_<attachment>`, without batch `<project>_<attachment>`, as Sail makes
 * them. The attachment is its files as they are written, those of this machine by their absolute path, several with commas
 * between; what would be too long ends in its SHA-256. The same task gets the same id each time. Pure, but for the current directory.
 * @returns undefined for a task without files
 */
export function generatedId(
  project: string,
  batch: string | undefined,
  files: ReadonlyMap<string, readonly FileReference[]>,
): string | undefined {
  const attachment = [...files.values()].flat().map(words).join(',');
  if (attachment === '') return undefined;
  const id = [project, ...(batch === undefined ? [] : [batch]), attachment].join('_');
  if (id.length <= longestUniqueId) return id;
  const digest = createHash('sha256').update(id).digest('hex');
  return `${id.slice(0, longestUniqueId - digest.length - 1)}_${digest}`;
}

function words(file: FileReference): string {
  if ('id' in file) return `${file.id}`;
  if ('sha256' in file) return `sha256:${file.sha256}`;
  if ('workspace' in file) return `workspace:${file.workspace}/${file.path}`;
  if ('local' in file) return path.resolve(file.local);
  return 'url' in file ? file.url : file.fetch;
}
