import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { World, type WorldJob } from '../../../test/support/placement-world.ts';

const longest = 4;
const smallJob = (jobTypeId: fc.Arbitrary<number>): fc.Arbitrary<WorldJob> =>
  fc.record({
    jobTypeId,
    cpus: fc.integer({ min: 1, max: 3 }),
    rounds: fc.integer({ min: 1, max: longest }),
  });

/** What is missing on the node that is kept only becomes less: in `longest` rounds by a core, or it moves to a like node. */
const enough = (cores: readonly number[]) => longest * (Math.max(...cores) + 1) * cores.length;

/** Starts small jobs until all nodes are full, then a big one, and goes on with the small ones. @returns whether it started */
function bigOneStarts(cores: readonly number[], big: WorldJob, stream: readonly WorldJob[]): boolean {
  const world = new World(cores, 'FIFO');
  let at = 0;
  // As many as could be placed at most, so that there is never a lack of small ones.
  const fill = () => {
    while (world.queued < cores.reduce((sum, each) => sum + each))
      world.submit(stream[at++ % stream.length]!);
  };
  for (let round = 0; round < longest; round++) {
    fill();
    world.next();
  }
  const id = world.submit(big);
  const before = Math.ceil(world.queued / cores.length) * longest;
  for (let round = 0; round < before + enough(cores) && !world.started.includes(id); round++) {
    fill();
    world.next();
  }
  return world.started.includes(id);
}

describe('a big job', () => {
  const cores = fc.array(fc.integer({ min: 3, max: 8 }), { minLength: 1, maxLength: 4 });

  it('starts though small jobs of other types keep coming', () => {
    const stream = fc.array(smallJob(fc.integer({ min: 2, max: 4 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(cores, stream, (sizes, jobs) => {
        const big = { jobTypeId: 1, cpus: Math.max(...sizes), rounds: 1 };
        expect(bigOneStarts(sizes, big, jobs)).toBe(true);
      }),
    );
  });

  it('starts though small jobs of its own type keep coming', () => {
    const stream = fc.array(smallJob(fc.constant(1)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(cores, stream, (sizes, jobs) => {
        const big = { jobTypeId: 1, cpus: Math.max(...sizes), rounds: 1 };
        expect(bigOneStarts(sizes, big, jobs)).toBe(true);
      }),
    );
  });
});

describe('jobs of one size', () => {
  it.each(['FIFO', 'LIFO'] as const)('start in the order of the queue, %s', (mode) => {
    const job = fc.record({
      rounds: fc.integer({ min: 1, max: longest }),
      gap: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(job, { minLength: 1, maxLength: 40 }), (jobs) => {
        const world = new World([2, 1], mode);
        const waiting = new Set<number>();
        const expected: number[] = [];
        const next = () => {
          const from = world.started.length;
          world.next();
          for (let count = world.started.length - from; count > 0; count--) {
            const first = mode === 'FIFO' ? Math.min(...waiting) : Math.max(...waiting);
            waiting.delete(first);
            expected.push(first);
          }
        };
        for (const { rounds, gap } of jobs) {
          waiting.add(world.submit({ jobTypeId: 1, cpus: 1, rounds }));
          for (let round = 0; round < gap; round++) next();
        }
        for (let round = 0; round < jobs.length * longest; round++) next();
        expect(world.queued).toBe(0);
        expect(world.started).toEqual(expected);
      }),
    );
  });
});
