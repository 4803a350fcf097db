import { describe, expect, it } from '@jest/globals';
import { maskSecrets } from './mask-secrets.ts';

describe('maskSecrets', () => {
  it.each<[string, string[], string]>([
    ['plain', ['s3cret'], 'plain'],
    ['s3cret', ['s3cret'], '******'],
    ['--key=s3cret --again=s3cret', ['s3cret'], '--key=****** --again=******'],
    ['abcd', ['abc', 'bcd'], '******'],
    ['abc abcd', ['abc', 'abcd'], '****** ******'],
    ['aaaa', ['aaa'], '******'],
    ['x', ['x'], '******'],
    ['x', [''], 'x'],
    ['a.c abc', ['a.c'], '****** abc'],
    ['$& é😀', ['é'], '$& ******😀'],
  ])('%j without %j is %j', (text, secrets, shown) => {
    expect(maskSecrets(text, new Set(secrets))).toBe(shown);
  });

  it('takes arguments and variables too', () => {
    const secrets = new Set(['pw']);
    expect(maskSecrets(['-p', 'pw', 'ok'], secrets)).toEqual(['-p', '******', 'ok']);
    expect(maskSecrets({ A: 'x', B: 'u:pw@h' }, secrets)).toEqual({ A: 'x', B: 'u:******@h' });
  });

  it('leaves no secret of random texts', () => {
    let state = 42;
    const letter = () => 'abc'[(state = (state * 1103515245 + 12345) % 2 ** 31) % 3]!;
    const word = (length: number) => Array.from({ length }, letter).join('');
    for (let round = 0; round < 500; round++) {
      const secrets = new Set([word(2), word(3)]);
      const shown = maskSecrets(word(30), secrets);
      for (const secret of secrets) expect(shown).not.toContain(secret);
    }
  });
});
