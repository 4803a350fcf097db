import { describe, expect, it } from '@jest/globals';
import { databaseError, shownUrl } from './database-error.ts';

describe('shownUrl', () => {
  it.each([
    ['postgres://me:secret@host:5433/db', 'postgres://me@host:5433/db'],
    ['postgres://me:se:cr@et@host/db?sslpassword=secret', 'postgres://me@host/db'],
    ['postgresql://me@host/db', 'postgresql://me@host/db'],
    ['postgres://:secret@host/db', 'postgres://@host/db'],
    ['postgres://host/db#secret', 'postgres://host/db'],
  ])('%s', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });
});

describe('databaseError', () => {
  it('names what the network refused, whichever address it was', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' });
    expect(databaseError(new AggregateError([refused]), 'here')).toHaveProperty(
      'error',
      'database-unreachable',
    );
    expect(databaseError(refused, 'here')).toHaveProperty('parameters.reason', refused.message);
  });

  it('leaves alone what is not about the connection', () => {
    const mistake = new TypeError('x is not a function');
    expect(databaseError(mistake, 'here')).toBe(mistake);
  });
});
