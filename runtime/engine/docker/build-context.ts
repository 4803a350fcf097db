import { readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../../errors/index.ts';
import { ContextProblem, type DockerfileSource, reservedName } from './dockerfile-source.ts';
import type { TarEntry } from './tarball.ts';
import { walkTree } from './tree.ts';

/**
 * The entries of a build context: everything that `.dockerignore` leaves, modes kept.
 * @throws ContextProblem for an unreadable file
 */
export async function* buildContext({ directory, ignored }: DockerfileSource): AsyncGenerator<TarEntry> {
  const enter = ({ relative }: { relative: string }) => ignored.hasExceptions || !ignored.ignores(relative);
  try {
    for await (const { relative, absolute, entry } of walkTree(directory, enter)) {
      if (ignored.ignores(relative)) continue;
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

/**
 * The context with the two files that the engine reads itself, whether they are ignored or not. A Dockerfile from
 * elsewhere gets a name that `.dockerignore` then keeps out of every COPY.
 */
export async function* withDockerfile(
  context: AsyncIterable<TarEntry>,
  { nameInContext, text, ignoreText }: DockerfileSource,
): AsyncGenerator<TarEntry> {
  const missing = new Map([[nameInContext, text]]);
  if (ignoreText !== undefined) missing.set('.dockerignore', ignoreText);
  const isElsewhere = nameInContext === reservedName;
  if (isElsewhere) missing.set('.dockerignore', `${ignoreText ?? '.dockerignore'}\n${reservedName}\n`);
  for await (const entry of context) {
    if (isElsewhere && missing.has(entry.name)) continue;
    missing.delete(entry.name);
    yield entry;
  }
  for (const [name, content] of missing)
    yield { type: 'file', name, content: Buffer.from(content), mode: 0o644 };
}
