import { describe, expect, it } from '@jest/globals';
import { secretSpans } from './secret-spans.ts';

describe('secretSpans', () => {
  it.each<[string, string[], [number, number][]]>([
    ['abc', [], []],
    ['abc', [''], []],
    ['xabx', ['ab'], [[1, 3]]],
    [
      'abab',
      ['ab'],
      [
        [0, 2],
        [2, 4],
      ],
    ],
    ['abcd', ['bcd', 'abc'], [[0, 4]]],
    ['aaaa', ['aa'], [[0, 4]]],
    ['abcde', ['c', 'abcde'], [[0, 5]]],
  ])('finds in %j what of %j stands there', (text, secrets, spans) => {
    const expected = spans.map(([start, end]) => ({ start, end }));
    expect(secretSpans(text, secrets)).toEqual(expected);
    const bytes = secrets.map((secret) => Buffer.from(secret));
    expect(secretSpans(Buffer.from(text), bytes)).toEqual(expected);
  });

  it('counts bytes of a buffer', () => {
    expect(secretSpans(Buffer.from('é!'), [Buffer.from('!')])).toEqual([{ start: 2, end: 3 }]);
  });
});
