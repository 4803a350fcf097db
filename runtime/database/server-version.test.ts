import { describe, expect, it } from '@jest/globals';
import { judgeVersion } from './server-version.ts';

describe('judgeVersion', () => {
  it('refuses Postgres 13 and takes 14', () => {
    expect(() => judgeVersion(130_023, '13.23')).toThrow(
      'The database server is Postgres 13.23; at least 14',
    );
    expect(() => judgeVersion(140_000, '14.0')).not.toThrow();
  });
});
