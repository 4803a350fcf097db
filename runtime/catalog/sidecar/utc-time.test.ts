import { describe, expect, it } from '@jest/globals';
import { utcTime } from './utc-time.ts';

describe('utcTime', () => {
  it.each([
    ['2019-10-14T00:00:00Z', '2019-10-14T00:00:00.000000Z'],
    ['2019-10-14t00:00:00z', '2019-10-14T00:00:00.000000Z'],
    ['2019-10-14T00:00:00.5Z', '2019-10-14T00:00:00.500000Z'],
    ['2019-10-14T00:00:00.123456Z', '2019-10-14T00:00:00.123456Z'],
    ['2019-10-14T00:00:00.1234569999Z', '2019-10-14T00:00:00.123456Z'],
    ['2019-10-14T00:00:00.999999999-05:00', '2019-10-14T05:00:00.999999Z'],
    ['2019-12-31T23:59:60Z', '2020-01-01T00:00:00.000000Z'],
    ['2020-02-29T23:30:00-01:00', '2020-03-01T00:30:00.000000Z'],
    ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00.000000Z'],
    ['1900-01-01T00:00:00+14:00', '1899-12-31T10:00:00.000000Z'],
  ])('%s is %s', (text, utc) => {
    expect(utcTime(text, 'dataStarted')).toBe(utc);
  });

  it.each<[string, RegExp]>([
    ['2019-10-14T00:00:00', /dataStarted has no offset from UTC \("2019-10-14T00:00:00"\); write Z/],
    ['2019-10-14', /no offset from UTC .*; write 2019-10-14T00:00:00Z$/],
    ['2019-10-14T00:00:00.5', /no offset from UTC/],
    ['2019-02-29T00:00:00Z', /no time of RFC 3339/],
    ['2019-10-14T25:00:00Z', /no time of RFC 3339/],
    ['2019-10-14T00:00.5:00Z', /no time of RFC 3339/],
    ['yesterday', /no time of RFC 3339/],
    ['', /no time of RFC 3339/],
    ['9999-12-31T23:00:00-05:00', /outside the years 1 to 9999/],
    ['0001-01-01T00:00:00+05:00', /outside the years 1 to 9999/],
  ])('refuses %s', (text, problem) => {
    expect(() => utcTime(text, 'dataStarted')).toThrow(problem);
  });

  it('makes texts that sort as their times do', () => {
    const times = [
      '2019-10-14T00:00:00Z',
      '2019-10-14T00:00:00.000001Z',
      '2019-10-14T00:00:00.5Z',
      '2019-10-14T00:00:01Z',
    ];
    const utc = times.map((time) => utcTime(time, 't'));
    expect(utc.toSorted()).toEqual(utc);
  });
});
