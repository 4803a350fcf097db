import { createHash } from 'node:crypto';
import { bencode, type BencodableDictionary, byBytes } from './bencode.ts';

/** Identity of what a description stands for: SHA-256 of its bencoded text, 64 hexadecimal digits. @throws not-bencodable */
export function identityOf(description: BencodableDictionary): string {
  return createHash('sha256').update(bencode(description)).digest('hex');
}

/**
 * `identityOf` for many descriptions that differ in a few members only: what they have in common is encoded once.
 * @param common members that all have
 * @param varying names of the members that each has of its own; none of `common`
 * @returns what tells the identity of `common` with these members
 */
export function identities<Name extends string>(
  common: BencodableDictionary,
  varying: readonly Name[],
): (members: Readonly<Record<Name, BencodableDictionary>>) => string {
  const own = new Set<string>(varying);
  const parts: (Buffer | Name)[] = [];
  let text = 'd';
  const flush = () => parts.push(Buffer.from(text));
  for (const name of [...Object.keys(common), ...varying].sort(byBytes)) {
    text += bencode(name).toString();
    if (!own.has(name)) {
      text += bencode(common[name]!).toString();
      continue;
    }
    flush();
    parts.push(name as Name);
    text = '';
  }
  text += 'e';
  flush();
  return (members) => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(typeof part === 'string' ? bencode(members[part]) : part);
    return hash.digest('hex');
  };
}
