import { SeedbedError } from '../../errors/index.ts';
import { readAddress } from '../../registry/index.ts';
import { organisation, type RegistryOptions } from '../registry-options.ts';

/** Where an image is, or will be, in a registry. */
export interface RemoteName {
  /** Host and port; `docker.io` for Docker Hub. */
  readonly host: string;
  /** Path below the host, with the organisation. */
  readonly repository: string;
  readonly tag: string;
  /** As engines take it. */
  readonly reference: string;
}

/**
 * The name of an image in the registry and organisation that the options give; what they leave open, the name itself says.
 * Pure.
 * @throws invalid-usage for a name with a digest, or none; invalid-registry-address
 */
export function remoteName(
  image: string,
  { registry, org }: Pick<RegistryOptions, 'registry' | 'org'>,
): RemoteName {
  const [, host, path, tag] = /^(?:([^/]*[.:][^/]*|localhost)\/)?([^:@]+)(?::([^:@/]+))?$/.exec(image) ?? [];
  if (path === undefined)
    throw new SeedbedError('invalid-usage', { problem: `${image} is not the name of an image, NAME:TAG` });
  const wanted = registry === undefined ? host : readAddress(registry).host;
  const own = path.split('/');
  const below = organisation(org);
  const name = below === undefined ? path : `${below}/${own.at(-1)!}`;
  const isHub = wanted === undefined || wanted === 'docker.io';
  return {
    host: wanted ?? 'docker.io',
    repository: name,
    tag: tag ?? 'latest',
    reference: `${isHub ? '' : `${wanted}/`}${name}:${tag ?? 'latest'}`,
  };
}
