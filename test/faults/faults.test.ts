import { describe, expect, it } from '@jest/globals';
import { canStartPrivateEngine } from '../support/engine-private.ts';
import { runFaults } from './run.ts';
import { scheduleOf } from './schedule.ts';

const supported = canStartPrivateEngine ? describe : describe.skip;

describe('a schedule of faults', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(scheduleOf(5, 200)).toEqual(scheduleOf(5, 200));
    expect(scheduleOf(5, 200)).not.toEqual(scheduleOf(6, 200));
    const { jobs, faults } = scheduleOf(5, 20);
    expect(new Set(jobs.map(({ kind }) => kind)).size).toBe(9);
    expect(new Set(faults.map(({ what }) => what)).size).toBe(7);
  });
});

// The short form of `npm run test:faults`.
supported('runtimes, engine, database and network that fail', () => {
  it('leave every job in its right state exactly once, and nothing else', async () => {
    const lines: string[] = [];
    const say = (line: string) => lines.push(line);
    const { problems, log } = await runFaults({ seed: 4, jobs: 20, minutes: 8, say });
    expect(problems.length === 0 ? [] : [...problems, ...lines, log]).toEqual([]);
  }, 600_000);
});
