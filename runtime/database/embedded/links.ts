import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '../error-code.ts';
import type { Binaries } from './binaries.ts';
import { makeDirectory } from './place.ts';

/** One line of `native/pg-symlinks.json`: at `target` belongs a link to `source`, both relative to the package. */
interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Makes the links to the libraries' versions that the package's install script would have made, and did not where
 * packages are installed without scripts; initdb does not load without them. Where the package is read-only they
 * go to `elsewhere`, which joins the binaries' `libraryPath`. Any number of processes may do this at once.
 */
export async function withLinks(binaries: Binaries, elsewhere: string): Promise<Binaries> {
  const missing = await missingLinks(binaries);
  if (missing.length === 0) return binaries;
  try {
    for (const { source, target } of missing) {
      const at = path.join(binaries.root, target);
      await makeLink(path.relative(path.dirname(at), path.join(binaries.root, source)), at);
    }
    return binaries;
  } catch (error) {
    if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS')) throw error;
  }
  await makeDirectory(elsewhere, 0o755);
  for (const { source, target } of missing)
    await makeLink(path.join(binaries.root, source), path.join(elsewhere, path.basename(target)));
  // A library that is found through such a link looks for its own beside the link.
  return { ...binaries, libraryPath: `${elsewhere}:${path.join(binaries.root, 'native/lib')}` };
}

async function missingLinks(binaries: Binaries): Promise<Link[]> {
  const text = await readFile(path.join(binaries.root, 'native/pg-symlinks.json'), 'utf8').catch(
    (error: unknown) => {
      if (hasCode(error, 'ENOENT')) return '[]';
      throw error;
    },
  );
  const links = JSON.parse(text) as Link[];
  const leads = await Promise.all(
    links.map(({ target }) =>
      stat(path.join(binaries.root, target)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return links.filter((_, index) => !leads[index]);
}

/** Under a name of its own first: a link that leads nowhere is replaced, and nobody ever sees none. */
async function makeLink(to: string, at: string): Promise<void> {
  const draft = `${at}.${randomUUID()}`;
  try {
    await symlink(to, draft);
    await rename(draft, at);
  } finally {
    await rm(draft, { force: true });
  }
}
