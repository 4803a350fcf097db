import { describe, expect, it } from '@jest/globals';
import { OutputEntries, type OutputEntry, UnsortedEntries } from './output-entries.ts';

const entry = (relativePath: string, more: Partial<OutputEntry> = {}): OutputEntry => ({
  ...{ relativePath, kind: 'file', target: undefined, size: 0 },
  ...more,
});

function entriesOf(...all: readonly OutputEntry[]): OutputEntries {
  const unsorted = new UnsortedEntries();
  for (const each of all) unsorted.add(each);
  return new OutputEntries('/root', unsorted);
}

/** Sorted as strings are compared: U+1F600 is before U+FF5E there, and behind it in UTF-8. */
const sorted = ['a', 'a-b', 'a.json', 'a/b', 'é\n', '\u{1F600}', '\uFF5E'];

describe('OutputEntries', () => {
  it('gives all that was found, sorted by path', () => {
    const all = [
      entry('z', { size: 2 ** 40 + 1 }),
      entry('link', { target: '/root/z', size: 5 }),
      entry('out', { kind: 'escaped' }),
      entry('a', { kind: 'directory' }),
      entry('pipe', { kind: 'special' }),
    ];
    const entries = entriesOf(...all);
    expect(entries).toHaveLength(5);
    expect([...entries]).toEqual([all[3], all[1], all[2], all[4], all[0]]);
    expect(entries.at(1)).toEqual(all[1]);
    expect(entries.contentOf(all[1]!)).toBe('/root/z');
    expect(entries.contentOf(all[0]!)).toBe('/root/z');
  });

  it('finds each path, and no other one', () => {
    const entries = entriesOf(...sorted.toReversed().map((path) => entry(path)));
    expect([...entries].map(({ relativePath }) => relativePath)).toEqual(sorted);
    expect(sorted.map((path) => entries.indexOf(path))).toEqual([...sorted.keys()]);
    for (const absent of ['', 'A', 'a.', 'a/', 'b', '\uFFFF']) expect(entries.indexOf(absent)).toBe(-1);
    expect(entriesOf().indexOf('a')).toBe(-1);
  });
});
