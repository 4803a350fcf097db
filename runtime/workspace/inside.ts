import { SeedbedError } from '../errors/index.ts';

/** What is being written, and what Seedbed keeps in a workspace for itself: no listing shows it. */
export const hiddenName = /^\.seedbed/;

/**
 * The path of a file as every kind of workspace takes it: relative, its segments apart by single slashes.
 * @throws outside-workspace for absolute paths and those that climb out; path-invalid for what else is none
 */
export function checkPath(filePath: string, workspace: string): string {
  const segments = filePath.split('/');
  if (filePath.startsWith('/') || climbsOut(segments))
    throw new SeedbedError('outside-workspace', { path: shown(filePath), workspace });
  const problem = problemOf(filePath, segments);
  if (problem !== undefined)
    throw new SeedbedError('path-invalid', { path: shown(filePath), workspace, problem });
  return filePath;
}

/** As `checkPath`, for what is to be written. @throws path-invalid also for names that Seedbed keeps for itself */
export function checkTarget(filePath: string, workspace: string): string {
  checkPath(filePath, workspace);
  if (filePath.split('/').some((segment) => hiddenName.test(segment)))
    throw new SeedbedError('path-invalid', {
      path: shown(filePath),
      workspace,
      problem: 'names that begin with .seedbed are for Seedbed itself',
    });
  return filePath;
}

/** Whether a listing shows it: a path that `checkTarget` takes. */
export function isListed(filePath: string): boolean {
  const segments = filePath.split('/');
  return problemOf(filePath, segments) === undefined && !segments.some((segment) => hiddenName.test(segment));
}

function problemOf(filePath: string, segments: readonly string[]): string | undefined {
  if (filePath === '') return 'it is empty';
  if (segments.includes('')) return 'it has an empty segment';
  if (segments.includes('.') || segments.includes('..')) return 'it has a segment . or ..';
  if (filePath.includes('\0')) return 'it has a null character';
  if (/\p{Surrogate}/u.test(filePath)) return 'it has half of a character';
  return undefined;
}

function climbsOut(segments: readonly string[]): boolean {
  let depth = 0;
  for (const segment of segments) {
    if (segment === '..') depth--;
    else if (segment !== '' && segment !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

/** Short and printable: it may come from anyone. */
function shown(filePath: string): string {
  return filePath.length <= 300 ? filePath : `${filePath.slice(0, 300)}...`;
}
