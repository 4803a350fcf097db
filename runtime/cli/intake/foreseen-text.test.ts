import { expect, it } from '@jest/globals';
import { foreseenText } from './foreseen-text.ts';

it('says of each recipe or job what becomes of it, and why', () => {
  const run = { run: 0, reuse: 0, depend: 0, reason: '', errors: [] };
  const runs = [
    { ...run, position: 1, run: 1, reuse: 1, reason: 'new' },
    { ...run, position: 2, reuse: 2, reason: 'done' },
    { ...run, position: 3 },
    { ...run, position: 4, reason: 'It waits' },
    { ...run, position: 5, errors: [{ name: 'X', description: 'wrong' }] },
  ];
  const counts = { run: 1, reuse: 3, depend: 0, refused: 1 };
  const whole = { ...counts, members: 5, skip: 0, unknown: 1, refusals: [], nodes: [] };
  const text = foreseenText('one', { ...counts, runs_estimated: 5, looked_at: 5, runs, whole });
  const rows = text.trimEnd().split('\n').slice(2);
  expect(rows.map((row) => row.split(/ +/).slice(0, 3).join(' '))).toEqual([
    '1 run new',
    '2 reuse done',
    '3 none None',
    '4 unknown It',
    '5 refuse wrong',
  ]);
});
