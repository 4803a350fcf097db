import { describe, expect, it } from '@jest/globals';
import { compilePattern, matchesWhole, unquoted } from './pattern.ts';
import { findMatch, matchPrefix, matchSuffix } from './pattern-search.ts';

/** All texts of a and b up to a length. */
function texts(length: number): string[] {
  if (length === 0) return [''];
  const shorter = texts(length - 1);
  return [
    ...shorter,
    ...shorter.filter((text) => text.length === length - 1).flatMap((text) => [`${text}a`, `${text}b`]),
  ];
}

const patterns = [
  '',
  'a',
  '*',
  '?',
  'a*',
  '*a',
  '*a*',
  'a*b',
  '[ab]?',
  '[!a]*',
  '*?b',
  'a?*b?',
  '??',
  '*ab*b',
  '[b-b]*[!b]',
];

describe('the search for patterns, against trying every stretch of every short text', () => {
  it.each(patterns)('%j', (written) => {
    const pattern = compilePattern(unquoted(written));
    for (const text of texts(6)) {
      const characters = Array.from(text);
      const fits = (start: number, end: number) => matchesWhole(pattern, characters.slice(start, end));
      const lengths = Array.from({ length: text.length + 1 }, (_, length) => length);
      const prefixes = lengths.filter((length) => fits(0, length));
      const suffixes = lengths.filter((length) => fits(text.length - length, text.length));
      const start = lengths.find((from) => lengths.some((end) => end >= from && fits(from, end)));
      const end = start === undefined ? undefined : lengths.findLast((to) => to >= start && fits(start, to));
      expect({
        text,
        prefixes: [matchPrefix(pattern, characters, false), matchPrefix(pattern, characters, true)],
        suffixes: [matchSuffix(pattern, characters, false), matchSuffix(pattern, characters, true)],
        first: findMatch(pattern, characters),
      }).toEqual({
        text,
        prefixes: [prefixes[0], prefixes.at(-1)],
        suffixes: [suffixes[0], suffixes.at(-1)],
        first: start === undefined ? undefined : { start, end },
      });
    }
  });

  it('agrees with regular expressions on whole texts', () => {
    for (const written of patterns) {
      const body = written.replaceAll('*', '.*').replaceAll('?', '.').replaceAll('[!', '[^');
      const regular = new RegExp(`^${body}$`);
      const pattern = compilePattern(unquoted(written));
      for (const text of texts(6))
        expect([written, text, matchesWhole(pattern, Array.from(text))]).toEqual([
          written,
          text,
          regular.test(text),
        ]);
    }
  });
});
