import { SeedbedError } from '../errors/index.ts';
import { asCompleted } from './as-completed.ts';
import { reasonOfAnswer, refusal } from './failures.ts';
import { allTags } from './listing.ts';
import { entriesOf, fetchDigest, fetchManifest } from './manifests.ts';
import { manifestPath } from './names.ts';
import type { Session } from './session.ts';

const lookupsAtOnce = 16;

interface Use {
  readonly tag: string;
  readonly digest: string;
}

/**
 * Removes the image of a tag. Registries delete by digest, and with it every tag that is the same image, and they leave
 * an index without an image that it names: so other tags that would suffer are an error, unless `others` says that they
 * are to go too.
 * @throws image-not-in-registry, image-shared, registry-deletion-disabled
 */
export async function removeImage(
  session: Session,
  repository: string,
  tag: string,
  others: boolean,
): Promise<void> {
  const { registry } = session.question('');
  const image = `${repository}:${tag}`;
  const found = await fetchDigest(session, repository, tag);
  if (!found) throw new SeedbedError('image-not-in-registry', { registry, image });
  const { digest } = found;
  const uses = await otherUses(session, repository, tag, digest);
  if (uses.length > 0 && !others)
    throw new SeedbedError('image-shared', {
      image,
      others: uses
        .map((use) => use.tag)
        .sort()
        .join(', '),
    });
  // An index goes before what it names.
  for (const each of new Set([...uses.map((use) => use.digest).filter((other) => other !== digest), digest]))
    await deleteManifest(session, repository, each, image);
}

/** The other tags of a repository that are this manifest, or an index that names it. */
async function otherUses(session: Session, repository: string, tag: string, digest: string): Promise<Use[]> {
  const tags = (await allTags(session, repository)).filter((other) => other !== tag);
  const uses: Use[] = [];
  const lookups = asCompleted(tags, lookupsAtOnce, async (other) => {
    const found = await fetchDigest(session, repository, other);
    if (!found) return undefined;
    const isUse =
      found.digest === digest || (found.isIndex && (await names(session, repository, other, digest)));
    return isUse ? { tag: other, digest: found.digest } : undefined;
  });
  for await (const use of lookups) if (use) uses.push(use);
  return uses;
}

async function names(session: Session, repository: string, tag: string, digest: string): Promise<boolean> {
  const index = await fetchManifest(session, repository, tag);
  return index !== undefined && (entriesOf(index) ?? []).some((entry) => entry.digest === digest);
}

async function deleteManifest(
  session: Session,
  repository: string,
  digest: string,
  image: string,
): Promise<void> {
  const action = `remove ${image}`;
  const answer = await session.ask({
    action,
    method: 'DELETE',
    path: manifestPath(repository, digest),
    scope: `repository:${repository}:delete`,
    expected: [200, 202, 204, 400, 404, 405],
  });
  const question = session.question(action);
  const { registry } = question;
  if (answer.status < 300) return;
  // Removed by somebody else meanwhile, or by a try of ours that had no answer.
  if (answer.status === 404) return;
  if (answer.status === 405 || answer.body.includes('UNSUPPORTED'))
    throw new SeedbedError('registry-deletion-disabled', { registry, reason: reasonOfAnswer(answer) });
  throw refusal(question, answer, undefined);
}
