import { createHash, hash } from 'node:crypto';
import { bencode, bencodeText, type BencodableDictionary, byBytes } from './bencode.ts';

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
  /** Texts and varying members, in turn. */
  const begins: string[] = [];
  const members: Name[] = [];
  let text = 'd';
  for (const name of [...Object.keys(common), ...varying].sort(byBytes)) {
    text += bencodeText(name);
    if (!own.has(name)) {
      text += bencodeText(common[name]!);
      continue;
    }
    begins.push(text);
    members.push(name as Name);
    text = '';
  }
  const end = `${text}e`;
  return (given) => {
    let whole = '';
    for (let at = 0; at < members.length; at++) whole += begins[at]! + bencodeText(given[members[at]!]);
    return hash('sha256', whole + end);
  };
}
