import { describe, expect, it } from '@jest/globals';
import { serviceCacheMiB } from './cache.ts';

const GiB = 2 ** 30;

describe('what the embedded server of a service keeps in memory', () => {
  it.each([
    ['an eighth', 8 * GiB, 1024],
    ['whole MiB', 1_000_000_007, 119],
    ['at least what that of a command does', GiB / 4, 64],
    ['no more than lets it start quickly', 256 * GiB, 2048],
  ])('is %s', (_, memory, expected) => {
    expect(serviceCacheMiB(memory, true)).toBe(expected);
  });

  it('is little where the system promises no more than it has', () => {
    expect(serviceCacheMiB(8 * GiB, false)).toBe(64);
  });

  it('is of this machine, by default', () => {
    expect(serviceCacheMiB()).toBeGreaterThanOrEqual(64);
    expect(serviceCacheMiB()).toBeLessThanOrEqual(2048);
  });
});
