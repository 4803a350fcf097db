import { reasonOf, SeedbedError } from '../../errors/index.ts';
import type { BaseImage } from '../dockerfile/base-images.ts';
import type { PullPolicy } from '../../config/index.ts';
import type { RegistryLogin } from '../engine.ts';
import type { BuildJob } from './build.ts';
import type { Client } from './client.ts';
import { allCredentials, type Credentials, credentialsFor } from './credentials.ts';
import { inspectImage } from './inspect-image.ts';
import { pullImage } from './pull.ts';
import { hub, registryOf } from './registry-address.ts';

/** @throws base-image-absent */
export async function requireImages(
  client: Client,
  label: string,
  bases: readonly BaseImage[],
): Promise<void> {
  for (const { reference, line } of bases)
    if (!(await inspectImage(client, reference)))
      throw new SeedbedError('base-image-absent', { image: reference, dockerfile: label, line });
}

/** Those of these images that the engine has. */
export async function present(client: Client, references: readonly string[]): Promise<string[]> {
  const found = await Promise.all(references.map((reference) => inspectImage(client, reference)));
  return references.filter((_, index) => found[index] !== undefined);
}

/** The ordinary builder fetches no caches itself. One that cannot be had makes the build slower, not wrong. */
export async function fetchCaches(
  { client, cacheFrom, registries, progress }: BuildJob,
  configuration: string,
  pull: Exclude<PullPolicy, 'never'>,
): Promise<void> {
  for (const cache of cacheFrom) {
    if (pull === 'missing' && (await inspectImage(client, cache))) continue;
    const login = registries[registryOf(cache)];
    await pullImage(client, configuration, cache, { progress, ...(login && { login }) }).catch(
      (thrown: unknown) => progress(`No cache from ${cache}: ${reasonOf(thrown)}`),
    );
  }
}

/**
 * The logins of a build, by registry: every stored one, because a variable may name the base image, and the one that is
 * given. That goes to one registry only, since others must not learn it: the first that is named and not Docker Hub.
 * @param configuration Docker's configuration directory
 */
export async function loginsFor(
  configuration: string,
  references: readonly string[],
  given: RegistryLogin | undefined,
): Promise<Record<string, Credentials>> {
  const logins = await allCredentials(configuration);
  const registries = new Map(references.map((reference) => [registryOf(reference), reference]));
  const chosen = given && ([...registries.keys()].find((registry) => registry !== hub) ?? hub);
  for (const [registry, reference] of registries) {
    const found = await credentialsFor(configuration, reference, registry === chosen ? given : undefined);
    if (found) logins[registry] = found;
  }
  return logins;
}
