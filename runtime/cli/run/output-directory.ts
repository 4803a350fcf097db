import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import { type AttemptDirectory, makeAttemptDirectory } from '../../execution/index.ts';

/** Where the outputs of one run go. */
export interface OutputDirectory {
  /** Absolute; the user finds the products here. */
  readonly path: string;
  readonly attempt: AttemptDirectory;
  /** Directories that were made for this run, innermost first. */
  readonly made: readonly string[];
}

/**
 * Makes the directory of a run. One that holds something already is not touched: a new one inside, named by the time,
 * takes the outputs. Two runs that race for an empty one both see each other and step aside.
 * @param wanted as given with -o; undefined: `./output-<job>-<time>`
 * @throws output-directory-unusable
 */
export async function makeOutputDirectory(
  wanted: string | undefined,
  jobName: string,
  now: Date,
): Promise<OutputDirectory> {
  const target = path.resolve(wanted ?? `output-${jobName}-${timeName(now)}`);
  if (wanted === '')
    throw new SeedbedError('output-directory-unusable', { path: "''", reason: 'the name is empty' });
  try {
    if (wanted === undefined) return await makeFresh(target);
    const first = await makeDirectories(target);
    const attempt = await makeAttemptDirectory(path.join(target, attemptName()));
    if ((await readdir(target)).length === 1) return { path: target, attempt, made: first };
    await rmdir(attempt.output);
    await rmdir(attempt.path);
    return await makeFresh(path.join(target, timeName(now)));
  } catch (thrown) {
    if (isErrno(thrown, 'ENOSPC', 'EDQUOT')) throw thrown;
    throw new SeedbedError(
      'output-directory-unusable',
      { path: target, reason: reasonOf(thrown) },
      { cause: thrown },
    );
  }
}

/**
 * Node's own recursive mkdir never returns where a directory cannot hold any (/proc).
 * @returns the directories that were not there, innermost first
 */
export async function makeDirectories(directory: string): Promise<string[]> {
  try {
    return await makeDirectory(directory);
  } catch (thrown) {
    const parent = path.dirname(directory);
    if (!isErrno(thrown, 'ENOENT') || parent === directory) throw thrown;
    const made = await makeDirectories(parent);
    return [...(await makeDirectory(directory)), ...made];
  }
}

async function makeDirectory(directory: string): Promise<string[]> {
  try {
    await mkdir(directory);
    return [directory];
  } catch (thrown) {
    if (isErrno(thrown, 'EEXIST') && (await stat(directory)).isDirectory()) return [];
    throw thrown;
  }
}

async function makeFresh(target: string): Promise<OutputDirectory> {
  const directory = await makeNumbered(target);
  const attempt = await makeAttemptDirectory(path.join(directory, attemptName()));
  return { path: directory, attempt, made: [directory] };
}

/** Makes a directory that was not there: of this name, or with `-2`, `-3` ... after it. @returns which */
export async function makeNumbered(target: string): Promise<string> {
  for (let number = 1; ; number++) {
    const directory = number === 1 ? target : `${target}-${number}`;
    try {
      await mkdir(directory);
      return directory;
    } catch (thrown) {
      if (!isErrno(thrown, 'EEXIST')) throw thrown;
    }
  }
}

function attemptName(): string {
  return `.seedbed-${randomUUID()}`;
}

/** `20261122T041530Z`: sorts by time, and no file system minds it. */
export function timeName(now: Date): string {
  return now.toISOString().replace(/[-:]|\.\d+/g, '');
}
