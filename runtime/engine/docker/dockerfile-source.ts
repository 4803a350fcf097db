import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import dockerignore from '@balena/dockerignore';
import { isErrno, reasonOf } from '../../errors/index.ts';

/** What makes a directory no build context, in words that follow "could not build". */
export class ContextProblem extends Error {
  override readonly name = 'ContextProblem';
}

/** A Dockerfile, and what is left of the context that it is built in. */
export interface DockerfileSource {
  readonly directory: string;
  readonly text: string;
  /** For messages: the file's name, or its path where it lies elsewhere. */
  readonly label: string;
  /** Its path in the context, or `reservedName`. */
  readonly nameInContext: string;
  readonly ignored: IgnoreRules;
  /** Of the file with the rules; undefined: there is none. */
  readonly ignoreText: string | undefined;
}

export interface IgnoreRules {
  readonly hasExceptions: boolean;
  ignores(relative: string): boolean;
}

/** The name in the context under which a Dockerfile from elsewhere is sent. */
export const reservedName = '.dockerfile.seedbed';

/**
 * Reads a Dockerfile and the rules that go with it: `NAME.dockerignore` beside it, or `.dockerignore` in the context.
 * @param dockerfile absolute path; default: `Dockerfile` in the directory
 * @throws ContextProblem
 */
export async function readDockerfile(
  directory: string,
  dockerfile = path.join(directory, 'Dockerfile'),
): Promise<DockerfileSource> {
  const relative = path.relative(directory, dockerfile);
  const isInside = !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
  const label = isInside ? relative : dockerfile;
  const text = await readText(dockerfile).catch((thrown: unknown) => {
    throw new ContextProblem(`its ${label} cannot be read: ${reasonOf(thrown)}`);
  });
  if (text === undefined)
    throw new ContextProblem(isInside ? `it has no ${label}` : `there is no file ${dockerfile}`);
  const ignoreText = await ignoreRules(directory, dockerfile);
  return {
    directory,
    text,
    label,
    nameInContext: isInside ? relative.split(path.sep).join('/') : reservedName,
    ignored: parseRules(ignoreText ?? ''),
    ignoreText,
  };
}

async function ignoreRules(directory: string, dockerfile: string): Promise<string | undefined> {
  try {
    return (
      (await readText(`${dockerfile}.dockerignore`)) ??
      (await readText(path.join(directory, '.dockerignore')))
    );
  } catch {
    throw new ContextProblem('its .dockerignore cannot be read');
  }
}

function parseRules(text: string): IgnoreRules {
  const rules = dockerignore({ ignorecase: false }).add(text.replace(/^\ufeff/, ''));
  return { hasExceptions: /^\s*!/m.test(text), ignores: (relative) => rules.ignores(relative) };
}

/** @returns undefined when there is no such file */
async function readText(file: string): Promise<string | undefined> {
  try {
    // A pipe in its place would never end.
    if (!(await stat(file)).isFile()) throw new Error('it is no regular file');
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return undefined;
    throw thrown;
  }
}
