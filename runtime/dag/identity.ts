import { createHash } from 'node:crypto';
import { bencode, type BencodableDictionary } from './bencode.ts';

/** Identity of what a description stands for: SHA-256 of its bencoded text, 64 hexadecimal digits. @throws not-bencodable */
export function identityOf(description: BencodableDictionary): string {
  return createHash('sha256').update(bencode(description)).digest('hex');
}
