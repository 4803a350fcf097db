import { SeedbedError } from '../errors/index.ts';

const component = '[a-z0-9]+(?:[._-]+[a-z0-9]+)*';
const repositoryPattern = new RegExp(`^${component}(?:/${component})*$`);
const referencePattern = /^(?:\w[\w.-]{0,127}|[a-z0-9]+:[0-9a-f]{32,128})$/;

/**
 * The path of something of a repository in the API; what could not be a name would lead elsewhere.
 * @throws invalid-image-name
 */
export function repositoryPath(repository: string, rest: string): string {
  if (!repositoryPattern.test(repository))
    throw new SeedbedError('invalid-image-name', {
      name: JSON.stringify(repository),
      reason: 'a repository has lower case letters and digits, with single separators (. _ - /) between them',
    });
  return `/v2/${repository}/${rest}`;
}

/** @param reference tag or digest */
export function manifestPath(repository: string, reference: string): string {
  if (!referencePattern.test(reference))
    throw new SeedbedError('invalid-image-name', {
      name: JSON.stringify(`${repository}:${reference}`),
      reason: 'a tag consists of at most 128 letters, digits, and . _ -',
    });
  return repositoryPath(repository, `manifests/${reference}`);
}

export function pullScope(repository: string): string {
  return `repository:${repository}:pull`;
}
