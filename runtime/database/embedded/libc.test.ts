import { describe, expect, it } from '@jest/globals';
import { judgeGlibc, requireGlibc } from './libc.ts';

describe('judgeGlibc', () => {
  it('takes 2.27 and later', () => {
    expect(['2.27', '2.36', '2.100', '3.0'].map(judgeGlibc)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('refuses what is older', () => {
    expect(judgeGlibc('2.17')).toContain('this system has 2.17');
    expect(judgeGlibc('2.9')).toContain('2.9');
  });

  it('refuses musl', () => {
    expect(judgeGlibc(undefined)).toContain('musl');
  });
});

describe('requireGlibc', () => {
  it('passes here, where the tests run the server', () => {
    expect(requireGlibc).not.toThrow();
  });
});
