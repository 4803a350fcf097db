import { SeedbedError } from '../errors/index.ts';
import { isLoopback, readAddress } from './address.ts';
import type { RegistryLogin } from './authorization.ts';
import { hubRepositories } from './hub.ts';
import { readImage, type RegistryImage } from './image.ts';
import type { KeptConfigurations } from './kept-configurations.ts';
import { allTags, catalogue } from './listing.ts';
import { fetchDigest } from './manifests.ts';
import { removeImage } from './remove.ts';
import { Session } from './session.ts';
import { createTransport } from './transport.ts';

export interface RegistryOptions {
  /** Sent to the registry, and to the token service that it names; never over plain http, unless the registry's own address is. */
  readonly login?: RegistryLogin | undefined;
  /** Ends everything that is under way, with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one whole answer; 15,000. */
  readonly patience?: number;
  /** Milliseconds before each repetition of a request that failed for the moment (429, 5xx, a broken connection); 250, 1,000, 3,000. */
  readonly backoff?: readonly number[];
  /** Milliseconds that a registry may ask to wait (Retry-After) before its refusal is final; 30,000. */
  readonly longestWait?: number;
  /** PEM certificates to trust besides the usual ones. */
  readonly ca?: string;
  /** Names on a page of the catalogue; 1,000, more than which docker-registry refuses. */
  readonly pageSize?: number;
  /** Configurations that `image` need not fetch, and to which it adds; saved by whoever gives them. */
  readonly kept?: KeptConfigurations;
  /** Where Docker Hub's two services are, scheme and host. */
  readonly hub?: { readonly registry: string; readonly index: string };
}

/** An image registry (Registry HTTP API v2, OCI distribution spec 1.1). All methods throw a SeedbedError that names it. */
export interface Registry {
  /** What stands before the `/` of its images' names: `host[:port]`; `docker.io` for Docker Hub. */
  readonly host: string;
  /**
   * All repositories, or those of an organization (`ORGANIZATION/...`), page after page.
   * @throws registry-organization-needed on Docker Hub without one, registry-without-catalogue
   */
  repositories(of?: { readonly organization?: string | undefined }): AsyncIterable<string>;
  /** All tags; none where there is no such repository. */
  tags(repository: string): Promise<string[]>;
  /** @param reference tag or digest. @returns undefined when there is no such image */
  image(repository: string, reference: string): Promise<RegistryImage | undefined>;
  /** @returns undefined when there is no such image */
  digest(repository: string, tag: string): Promise<string | undefined>;
  /**
   * Removes the image of a tag.
   * @param options `others`: together with the other tags that are the same image, or an index that names it
   * @throws image-not-in-registry, image-shared, registry-deletion-disabled
   */
  remove(repository: string, tag: string, options?: { readonly others?: boolean }): Promise<void>;
  /** Ends every connection, also those in use. */
  close(): void;
}

/**
 * A registry by its address as users write it (`readAddress`). Nothing is sent before the first question; then
 * connections are kept until `close`.
 * @throws invalid-registry-address
 */
export function openRegistry(text: string, options: RegistryOptions = {}): Registry {
  const { login, signal, ca, kept, pageSize = 1000 } = options;
  const { patience = 15_000, backoff = [250, 1000, 3000], longestWait = 30_000 } = options;
  const { registry: hubRegistry, index = 'https://hub.docker.com' } = options.hub ?? {};
  const address = readAddress(text);
  const { host, hub, lenient } = address;
  const transport = createTransport({
    patience,
    lenient: (hostname) => lenient && isLoopback(hostname),
    ...(ca && { ca }),
    ...(signal && { signal }),
  });
  const session = new Session(
    hub && hubRegistry ? { ...address, origins: [hubRegistry] } : address,
    transport,
    { login, backoff, longestWait },
  );
  /** Docker Hub keeps images without an organization in `library`. */
  const full = (repository: string) =>
    hub && !repository.includes('/') ? `library/${repository}` : repository;

  async function* repositories(organization: string | undefined): AsyncGenerator<string, void, undefined> {
    if (hub) {
      if (!organization) throw new SeedbedError('registry-organization-needed', { registry: host });
      yield* hubRepositories(session, index, organization);
      return;
    }
    for await (const name of catalogue(session, pageSize))
      if (!organization || name.startsWith(`${organization}/`)) yield name;
  }

  return {
    host,
    repositories: ({ organization } = {}) => repositories(organization),
    tags: (repository) => allTags(session, full(repository)),
    image: (repository, reference) => readImage(session, full(repository), reference, kept),
    digest: async (repository, tag) => (await fetchDigest(session, full(repository), tag))?.digest,
    remove: (repository, tag, { others = false } = {}) => removeImage(session, full(repository), tag, others),
    close: () => session.close(),
  };
}
