import { describe, expect, it } from '@jest/globals';
import { compareVersions } from './precedence.ts';

describe('versions', () => {
  it('come in the order of Semantic Versioning', () => {
    const ordered = [
      'alpha',
      'beta',
      '0.9',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.2',
      '1.0.10',
      '1.2',
      '10.0.0',
    ];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
    expect(compareVersions('1.0.0+build.1', '1.0.0')).toBe(0);
  });
});
