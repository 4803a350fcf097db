import { hash } from 'node:crypto';

/** A digest as registries write it: `sha256:...`. @param algorithm as OpenSSL calls it @throws where it is none that is known here */
export function digestOf(algorithm: string, content: Buffer): string {
  return `${algorithm}:${hash(algorithm, content, 'hex')}`;
}

/** Whether bytes are what a digest says; false where its algorithm is none that is known here. */
export function isDigestOf(content: Buffer, digest: string): boolean {
  const [algorithm = ''] = digest.split(':');
  try {
    return digestOf(algorithm, content) === digest;
  } catch {
    return false;
  }
}
