import { describe, expect, it } from '@jest/globals';
import { globOf } from './glob.ts';

describe('globOf', () => {
  it.each([
    ['*.png', '*.png'],
    ['a/b-?.[!a-c]', 'a/b-?.[!a-c]'],
    ['/scale/output_data//./a/**/x', 'a/*/x'],
    ['[^a]x', '[!a]x'],
    ['[]a]', '[]a]'],
    ['a[b', 'a[[]b'],
    [String.raw`\*\[\a\?`, '[*][[]a[?]'],
    ['{a,b}', '{a,b}'],
    ['[[:digit:]]', undefined],
    [String.raw`[\]]`, undefined],
  ])('%s is %s', (pattern, glob) => {
    expect(globOf(pattern)).toBe(glob);
  });
});
