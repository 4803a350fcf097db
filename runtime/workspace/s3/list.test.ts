import { describe, expect, it } from '@jest/globals';
import { decodedKey } from './list.ts';

describe('a key of a listing', () => {
  it.each([
    ['a+b%2Bc%20d', 'a b+c d'],
    ['line%0Aend', 'line\nend'],
    ['%F0%9F%98%80', '😀'],
    ['no%FFtext', undefined],
    ['half%F0%9F', undefined],
  ])('%s is %p', (key, path) => expect(decodedKey(key)).toBe(path));
});
