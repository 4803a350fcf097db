import path from 'node:path';

/**
 * Where a rule puts files, as Scale's `normpath`: without `.` and doubled slashes; `.` is the workspace itself.
 * A leading slash, as Scale's documents have it, means nothing.
 * @returns undefined: it leads out of the workspace, or is no path
 */
export function relativePath(given: string): string | undefined {
  if (/[\u0000-\u001f\u007f]/.test(given)) return undefined;
  const relative = path.posix.normalize(given.replace(/^\/+/, '') || '.').replace(/\/$/, '');
  return relative === '..' || relative.startsWith('../') ? undefined : relative;
}
