import { describe, expect, it } from '@jest/globals';
import { SecretFilter } from './secret-filter.ts';

/** The whole stream, cut at the given places. */
function filtered(text: string, secrets: string[], cut: number): string {
  const filter = new SecretFilter(secrets);
  const bytes = Buffer.from(text);
  const shown: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += cut)
    shown.push(filter.push(bytes.subarray(start, start + cut)));
  return Buffer.concat([...shown, filter.end()]).toString();
}

describe('SecretFilter', () => {
  it.each([
    ['a secret', 'user=u pass=hunter2!', ['hunter2'], 'user=u pass=******!'],
    ['every occurrence', 'xx hunter2 hunter2hunter2', ['hunter2'], 'xx ****** ************'],
    ['the longest of overlapping secrets', 'say abcdef', ['abc', 'abcdef'], 'say ******'],
    ['what only began like a secret', 'hunter, hunte', ['hunter2'], 'hunter, hunte'],
    ['a beginning that repeats', 'aaaaab', ['aab'], 'aaa******'],
    ['several bytes for a letter', 'größe: ß', ['ß'], 'grö******e: ******'],
    ['nothing for an empty secret', 'abc', [''], 'abc'],
  ])('masks %s, wherever the stream is cut', (_, text, secrets, expected) => {
    for (let cut = 1; cut <= Buffer.byteLength(text); cut++)
      expect(filtered(text, secrets, cut)).toBe(expected);
  });

  it('holds back no more than the beginning of a secret', () => {
    const filter = new SecretFilter(['hunter2']);
    expect(filter.push(Buffer.from('progress 5 %\nhun')).toString()).toBe('progress 5 %\n');
    expect(filter.push(Buffer.from('gry')).toString()).toBe('hungry');
  });

  it('gives the very chunk back when there is nothing to hide', () => {
    const chunk = Buffer.from('x');
    expect(new SecretFilter([]).push(chunk)).toBe(chunk);
  });
});
