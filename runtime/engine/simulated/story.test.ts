import { describe, expect, it } from '@jest/globals';
import { simulatedKey } from '../../../test/support/simulated.ts';
import type { SimulatedOptions } from './options.ts';
import { drawStory, type Story } from './story.ts';

const draw = (options: Partial<SimulatedOptions>, execution: number) =>
  drawStory({ seed: 1, images: [], ...options }, simulatedKey(execution));

/** The stories of executions 1 to 4000. */
const draws = (options: Partial<SimulatedOptions>) =>
  Array.from({ length: 4000 }, (_, at) => draw(options, at + 1));

const share = (stories: readonly Story[], is: (story: Story) => boolean) =>
  stories.filter(is).length / stories.length;

describe('a story', () => {
  const options = {
    durationMs: [10, 50],
    failureRate: 0.3,
    oomRate: 0.1,
    lossRate: 0.2,
    logLines: [0, 5],
  } as const;

  it('is that of its seed and execution, whatever was drawn before', () => {
    const forwards = [1, 2, 3].map((execution) => draw(options, execution));
    const backwards = [3, 2, 1].map((execution) => draw(options, execution)).reverse();
    expect(backwards).toEqual(forwards);
    expect(new Set(forwards.map(({ durationMs }) => durationMs)).size).toBe(3);
    expect(draw({ ...options, seed: 2 }, 1)).not.toEqual(forwards[0]);
    expect(drawStory({ ...options, seed: 1, images: [] }, { ...simulatedKey(1), attempt: 2 })).not.toEqual(
      forwards[0],
    );
  });

  it('is the same in every installation', () => {
    const other = drawStory({ ...options, seed: 1, images: [] }, simulatedKey(1, 'another'));
    expect(other).toEqual(draw(options, 1));
  });

  it('ends badly as often as it is to', () => {
    const stories = draws({ failureRate: 0.3, oomRate: 0.1, lossRate: 0.2, interruptionRate: 0.05 });
    expect(share(stories, ({ end }) => end === 'vanishes')).toBeCloseTo(0.2, 1);
    expect(share(stories, ({ end }) => end === 'interrupted')).toBeCloseTo(0.04, 1);
    expect(share(stories, ({ oomKilled }) => oomKilled)).toBeCloseTo(0.1, 1);
    expect(share(stories, ({ exitCode, oomKilled }) => exitCode !== 0 && !oomKilled)).toBeCloseTo(0.27, 1);
    expect(stories.every(({ exitCode, oomKilled }) => (oomKilled ? exitCode === 137 : exitCode <= 125))).toBe(
      true,
    );
  });

  it('ends well where nothing else is asked for, and always badly where that is', () => {
    const well = { durationMs: 0, end: 'exits', exitCode: 0, oomKilled: false, lines: [], outputs: {} };
    expect(draw({}, 7)).toMatchObject(well);
    expect(share(draws({ failureRate: 1 }), ({ exitCode }) => exitCode > 0)).toBe(1);
    expect(share(draws({ lossRate: 1 }), ({ end }) => end === 'vanishes')).toBe(1);
  });

  it('takes as long, and says as much, as it may', () => {
    const stories = draws({ durationMs: [10, 50], logLines: [1, 3] });
    const durations = stories.map(({ durationMs }) => durationMs);
    expect([Math.floor(Math.min(...durations)), Math.ceil(Math.max(...durations))]).toEqual([10, 50]);
    expect(new Set(stories.map(({ lines }) => lines.length))).toEqual(new Set([1, 2, 3]));
    expect(new Set(stories.flatMap(({ lines }) => lines.map(({ stream }) => stream))).size).toBe(2);
    expect(stories.every(({ lines, durationMs }) => lines.every(({ afterMs }) => afterMs < durationMs))).toBe(
      true,
    );
    expect(draw({ durationMs: [Infinity, Infinity] }, 1).durationMs).toBe(Infinity);
  });

  it('changes only in the part that an option is about', () => {
    const plain = draws({ durationMs: [10, 50] }).map(({ durationMs }) => durationMs);
    const failing = draws({ durationMs: [10, 50], failureRate: 0.5, lossRate: 0.5 }).map(
      ({ durationMs }) => durationMs,
    );
    expect(failing).toEqual(plain);
  });
});
