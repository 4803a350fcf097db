import { createHash, getHashes } from 'node:crypto';

/** A digest as registries write it: `sha256:...`. @param algorithm as OpenSSL calls it */
export function digestOf(algorithm: string, content: Buffer): string {
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`;
}

/** Whether bytes are what a digest says; false where its algorithm is none that is known here. */
export function isDigestOf(content: Buffer, digest: string): boolean {
  const [algorithm = ''] = digest.split(':');
  return getHashes().includes(algorithm) && digestOf(algorithm, content) === digest;
}
