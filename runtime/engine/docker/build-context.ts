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
  const isElsewhere = nameInContext === reservedName;
  let [hasDockerfile, hasRules] = [false, false];
  for await (const entry of context) {
    if (entry.name === '.dockerignore') hasRules = true;
    else if (entry.name === nameInContext) hasDockerfile = true;
    if (!isElsewhere || (entry.name !== '.dockerignore' && entry.name !== nameInContext)) yield entry;
  }
  if (isElsewhere || !hasDockerfile) yield own(nameInContext, text);
  if (!isElsewhere && (hasRules || ignoreText === undefined)) return;
  const rules = [ignoreText, isElsewhere && reservedName, !hasRules && '.dockerignore'];
  yield own('.dockerignore', rules.filter((rule) => typeof rule === 'string').join('\n'));
}

function own(name: string, content: string): TarEntry {
  return { type: 'file', name, content: Buffer.from(content), mode: 0o644 };
}
