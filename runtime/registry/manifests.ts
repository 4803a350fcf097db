import { digestOf, isDigestOf } from './digest.ts';
import { invalidAnswer, type Question } from './failures.ts';
import { isObject, readJson } from './json.ts';
import type { KeptConfigurations } from './kept-configurations.ts';
import { manifestPath, pullScope, repositoryPath } from './names.ts';
import type { Session } from './session.ts';

const images = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];
const indexes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const accept = [...images, ...indexes].join(', ');

/** A manifest or an index as the registry has it. */
export interface Manifest {
  readonly digest: string;
  readonly content: Record<string, unknown>;
}

/** @returns undefined when there is none. @param reference tag or digest */
export async function fetchManifest(
  session: Session,
  repository: string,
  reference: string,
  action = `read ${repository}:${reference}`,
): Promise<Manifest | undefined> {
  const path = manifestPath(repository, reference);
  const scope = pullScope(repository);
  const answer = await session.ask({ action, path, scope, accept, expected: [200, 404] });
  if (answer.status === 404) return undefined;
  const question = session.question(action);
  const content = readJson(answer, question);
  const said = reference.includes(':') ? reference : answer.headers['docker-content-digest'];
  const digest = typeof said === 'string' ? said : digestOf('sha256', answer.body);
  checkDigest(answer.body, digest, question);
  return { digest, content };
}

/** @returns undefined when there is no such manifest */
export async function fetchDigest(
  session: Session,
  repository: string,
  tag: string,
): Promise<{ digest: string; isIndex: boolean } | undefined> {
  const action = `look up ${repository}:${tag}`;
  const path = manifestPath(repository, tag);
  const scope = pullScope(repository);
  const answer = await session.ask({ action, path, scope, accept, method: 'HEAD', expected: [200, 404] });
  if (answer.status === 404) return undefined;
  const digest = answer.headers['docker-content-digest'];
  const type = answer.headers['content-type']?.split(';')[0] ?? '';
  if (typeof digest === 'string') return { digest, isIndex: indexes.includes(type) };
  // Only registries before 2.0 and a few imitations leave it out.
  const manifest = await fetchManifest(session, repository, tag, action);
  return manifest && { digest: manifest.digest, isIndex: Array.isArray(manifest.content.manifests) };
}

/** A configuration, a blob that is a JSON object. @throws registry-answer-invalid when it is not what the digest says */
export async function fetchConfiguration(
  session: Session,
  repository: string,
  digest: string,
  action: string,
  kept: KeptConfigurations | undefined,
): Promise<Record<string, unknown>> {
  const question = session.question(action);
  if (!/^[a-z0-9]+:[0-9a-f]+$/.test(digest))
    throw invalidAnswer(question, 'its manifest names no configuration');
  const known = await kept?.get(digest);
  if (known) return readJson({ body: known, url: await session.origin(action) }, question);
  const path = repositoryPath(repository, `blobs/${digest}`);
  const answer = await session.ask({ action, path, scope: pullScope(repository), expected: [200] });
  checkDigest(answer.body, digest, question);
  const content = readJson(answer, question);
  kept?.add(digest, answer.body);
  return content;
}

/** The entries of an index; undefined for an image's own manifest. */
export function entriesOf({ content }: Manifest): Record<string, unknown>[] | undefined {
  return Array.isArray(content.manifests) ? content.manifests.filter(isObject) : undefined;
}

function checkDigest(content: Buffer, digest: string, question: Question): void {
  if (!isDigestOf(content, digest))
    throw invalidAnswer(question, `it is not what its digest ${digest.slice(0, 80)} says`);
}
