import { invalidAnswer, type Question } from './failures.ts';
import { isObject } from './json.ts';
import type { KeptConfigurations } from './kept-configurations.ts';
import { entriesOf, fetchConfiguration, fetchManifest, type Manifest } from './manifests.ts';
import type { Session } from './session.ts';

/** What a registry says of an image, without its layers. */
export interface RegistryImage {
  /** Of what the tag names: the image's manifest, or an index over several platforms. */
  readonly digest: string;
  /** Digest of the configuration, by which engines know the image; null where it has none of a container's. */
  readonly id: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Bytes that a pull would fetch at most: configuration and layers, compressed. */
  readonly size: number;
  /** RFC 3339, as the image says it. */
  readonly created?: string;
  /** As Docker calls it, e.g. `amd64`. */
  readonly architecture?: string;
  readonly os?: string;
}

/** Configurations of container images; charts and signatures are kept in registries too, and have others. */
const configurations = /^application\/vnd\.(?:oci\.image\.config|docker\.container\.image)\.v1\+json$/;

/**
 * Reads manifest and configuration. Of an index, it reads the image for Linux on this processor, else the first.
 * @param kept configurations that need not be fetched, and to which others are added
 * @returns undefined when there is no such image
 * @throws registry-answer-invalid
 */
export async function readImage(
  session: Session,
  repository: string,
  reference: string,
  kept?: KeptConfigurations,
): Promise<RegistryImage | undefined> {
  const action = `read ${repository}:${reference}`;
  const question = session.question(action);
  const named = await fetchManifest(session, repository, reference);
  if (!named) return undefined;
  const { config, layers } = (await manifestOfPlatform(session, repository, named, question)).content;
  if (!isObject(config) || !Array.isArray(layers))
    throw invalidAnswer(question, 'its manifest is none of Docker schema 2 or OCI');
  const size = [config, ...layers].reduce<number>((sum, part) => sum + sizeOf(part), 0);
  if (!configurations.test(String(config.mediaType)))
    return { digest: named.digest, id: null, labels: {}, size };
  const content = await fetchConfiguration(session, repository, String(config.digest), action, kept);
  const { created, architecture, os } = content;
  return {
    digest: named.digest,
    id: String(config.digest),
    labels: labelsOf(content),
    size,
    ...(typeof created === 'string' && { created }),
    ...(typeof architecture === 'string' && { architecture }),
    ...(typeof os === 'string' && { os }),
  };
}

async function manifestOfPlatform(
  session: Session,
  repository: string,
  named: Manifest,
  question: Question,
): Promise<Manifest> {
  const entries = entriesOf(named);
  if (!entries) return named;
  const { digest } = chooseEntry(entries, process.arch) ?? {};
  if (typeof digest !== 'string') throw invalidAnswer(question, 'its index names no image');
  const manifest = await fetchManifest(session, repository, digest, question.action);
  if (!manifest) throw invalidAnswer(question, `its index names ${digest}, which is not there`);
  return manifest;
}

/**
 * The entry of an index for Linux on a processor (as Node calls it), else the first that is for any platform: builders
 * add attestations for `unknown`.
 */
export function chooseEntry(
  entries: readonly Record<string, unknown>[],
  processor: string,
): Record<string, unknown> | undefined {
  const architecture = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' }[processor] ?? processor;
  const platform = (entry: Record<string, unknown>) => (isObject(entry.platform) ? entry.platform : {});
  return (
    entries.find(
      (entry) => platform(entry).os === 'linux' && platform(entry).architecture === architecture,
    ) ??
    entries.find((entry) => platform(entry).os !== 'unknown') ??
    entries[0]
  );
}

function sizeOf(part: unknown): number {
  return isObject(part) && typeof part.size === 'number' ? part.size : 0;
}

function labelsOf({ config }: Record<string, unknown>): Record<string, string> {
  const labels = isObject(config) && isObject(config.Labels) ? config.Labels : {};
  return Object.fromEntries(
    Object.entries(labels).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}
