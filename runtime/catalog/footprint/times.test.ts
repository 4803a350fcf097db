import { describe, expect, it } from '@jest/globals';
import { between, spanOf } from './times.ts';

const at = (time: string) => ({ started: time, ended: time });

describe('times as programs write them', () => {
  it.each([
    ['2019-10-14T10:00:00Z', at('2019-10-14T10:00:00.000000Z')],
    ['2019-10-14 12:00:00.25+02:00', at('2019-10-14T10:00:00.250000Z')],
    ['2019:10:14 12:00:00+0200', at('2019-10-14T10:00:00.000000Z')],
    ['20191014T100000Z', at('2019-10-14T10:00:00.000000Z')],
    ['2019-10-14T10:00:00 UTC', at('2019-10-14T10:00:00.000000Z')],
    ['2019:10:14 10:00:00', { ...at('2019-10-14T10:00:00.000000Z'), assumed: true }],
    ['20191014100000', { ...at('2019-10-14T10:00:00.000000Z'), assumed: true }],
    [
      '2019-10-14',
      { started: '2019-10-14T00:00:00.000000Z', ended: '2019-10-14T23:59:59.999999Z', assumed: true },
    ],
  ])('%s', (text, span) => {
    expect(spanOf(text)).toEqual(span);
  });

  it.each(['0000:00:00 00:00:00', '2019-02-30', '2019', 'yesterday', '    ', 20191014, undefined])(
    'finds none in %s',
    (text) => {
      expect(spanOf(text)).toBeUndefined();
    },
  );

  it('joins two ends, unless they are reversed', () => {
    const [early, late] = [spanOf('2019-10-14T10:00:00Z')!, spanOf('2019-10-14T11:00:00Z')!];
    expect(between(early, late)).toEqual({ started: early.started, ended: late.ended });
    expect(between(late, early)).toBe(late);
    expect(between(undefined, late)).toBe(late);
  });
});
