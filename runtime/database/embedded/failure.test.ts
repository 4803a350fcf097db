import { describe, expect, it } from '@jest/globals';
import { failure, reasonIn } from './failure.ts';
import { placeIn } from './place.ts';

const place = placeIn('/home/me/.seedbed/database');

describe('reasonIn', () => {
  it('is the first complaint, without time and number', () => {
    const said = [
      '2026-11-22 04:22:01.352 UTC [17] LOG:  starting PostgreSQL 18.4',
      '2026-11-22 04:22:01.352 UTC [17] FATAL:  lock file "postmaster.pid" already exists',
      '2026-11-22 04:22:01.352 UTC [17] HINT:  Is another postmaster (PID 3) running?',
    ].join('\n');
    expect(reasonIn(said)).toBe('lock file "postmaster.pid" already exists');
    expect(reasonIn('running bootstrap script ... ok\ninitdb: error: disk is odd\n')).toBe('disk is odd');
  });

  it('is the last line where nobody complains, and nothing where nothing was said', () => {
    expect(reasonIn('one\nkilled.\n\n')).toBe('killed');
    expect(reasonIn('\n')).toBeUndefined();
  });
});

describe('failure', () => {
  it('is named for its cause', () => {
    expect(failure(place, 'FATAL:  could not write: No space left on device', '').error).toBe('disk-full');
    expect(failure(place, 'initdb: error while loading shared libraries: libx.so', '').error).toBe(
      'embedded-database-unavailable',
    );
    expect(failure(place, '', 'it ended with 3')).toMatchObject({
      error: 'embedded-database-failed',
      parameters: { reason: 'it ended with 3', log: place.log },
    });
  });
});
