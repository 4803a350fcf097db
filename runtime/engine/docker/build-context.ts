import { constants } from 'node:fs';
import { access, lstat, readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import dockerignore from '@balena/dockerignore';
import { isErrno } from '../../errors/index.ts';
import type { TarEntry } from './tarball.ts';
import { walkTree } from './tree.ts';

/** What makes a directory no build context, in words that follow "could not build". */
export class ContextProblem extends Error {
  override readonly name = 'ContextProblem';
}

/**
 * The entries of a build context: everything that `.dockerignore` leaves, modes kept. The Dockerfile and `.dockerignore`
 * itself are always sent, because the engine reads them.
 * @throws ContextProblem for a missing Dockerfile or an unreadable file
 */
export async function* buildContext(directory: string): AsyncGenerator<TarEntry> {
  const ignored = await ignoreRules(directory);
  const enter = ({ relative }: { relative: string }) =>
    ignored.hasExceptions || !ignored.ignores(relative, true);
  try {
    for await (const { relative, absolute, entry } of walkTree(directory, enter)) {
      if (ignored.ignores(relative, entry.isDirectory())) continue;
      if (relative.includes('\ufffd'))
        throw new ContextProblem(`the file ${relative} has a name that is not UTF-8`);
      if (entry.isDirectory()) {
        const { mode } = await stat(absolute);
        yield { type: 'directory', name: relative, mode: mode & 0o7777 };
      } else if (entry.isSymbolicLink()) {
        yield { type: 'symlink', name: relative, linkname: await readlink(absolute) };
      } else if (entry.isFile()) {
        yield { type: 'file', name: relative, source: absolute, mode: (own) => own };
      }
    }
  } catch (thrown) {
    if (!isErrno(thrown, 'EACCES', 'EPERM')) throw thrown;
    const file = path.relative(directory, thrown.path ?? directory) || '.';
    throw new ContextProblem(`${file} in the build context cannot be read: permission denied`);
  }
}

/** @throws ContextProblem */
export async function requireDockerfile(directory: string): Promise<void> {
  try {
    await lstat(path.join(directory, 'Dockerfile'));
    await access(path.join(directory, 'Dockerfile'), constants.R_OK);
  } catch (thrown) {
    const missing = isErrno(thrown, 'ENOENT', 'ENOTDIR');
    throw new ContextProblem(missing ? 'it has no Dockerfile' : 'its Dockerfile cannot be read');
  }
}

interface IgnoreRules {
  readonly hasExceptions: boolean;
  ignores(relative: string, isDirectory: boolean): boolean;
}

async function ignoreRules(directory: string): Promise<IgnoreRules> {
  let text: string;
  try {
    text = await readFile(path.join(directory, '.dockerignore'), 'utf8');
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return { hasExceptions: false, ignores: () => false };
    throw new ContextProblem('its .dockerignore cannot be read');
  }
  const rules = dockerignore({ ignorecase: false }).add(text.replace(/^\ufeff/, ''));
  return {
    hasExceptions: /^\s*!/m.test(text),
    ignores: (relative) =>
      relative !== 'Dockerfile' && relative !== '.dockerignore' && rules.ignores(relative),
  };
}
