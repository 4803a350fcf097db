import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { queuedAt } from '../../../test/support/placement.ts';
import { replay } from '../../../test/support/placement-replay.ts';
import { place, type PlacementNode, type PlacementRequest, type Amounts } from './index.ts';

const names = ['cpus', 'mem', 'disk', 'gpus', 'licences'] as const;

/** Small whole amounts of some resources, so that jobs compete and nodes tie. */
const amounts = (max: number): fc.Arbitrary<Amounts> =>
  fc.record(Object.fromEntries(names.map((name) => [name, fc.integer({ min: 0, max })])), {
    requiredKeys: ['cpus'],
  });

const node = fc
  .record({
    capacity: amounts(8),
    share: fc.constantFrom(0, 0.5, 1, 1.5),
    freeSlots: fc.integer({ min: 0, max: 4 }),
    images: fc.subarray([1, 2, 3], { minLength: 0 }),
  })
  .map(({ capacity, share, freeSlots, images }) => ({
    capacity,
    promised: Object.fromEntries(
      Object.entries(capacity).map(([name, amount]) => [name, Math.floor(amount! * share)]),
    ),
    freeSlots,
    isReady: (revision: number) => images.includes(revision),
  }));

const job = fc.record({
  jobTypeId: fc.integer({ min: 1, max: 3 }),
  revisionId: fc.integer({ min: 1, max: 3 }),
  priority: fc.constantFrom(1, 100),
  queued: fc.integer({ min: 0, max: 9 }).map(queuedAt),
  resources: amounts(6),
});

const request: fc.Arbitrary<PlacementRequest> = fc.record({
  candidates: fc
    .array(job, { maxLength: 25 })
    .map((jobs) => jobs.map((each, at) => ({ jobId: at + 1, ...each }))),
  nodes: fc.array(node, { maxLength: 6 }).map((nodes) => nodes.map((each, at) => ({ id: at + 1, ...each }))),
  loads: fc
    .array(
      fc.record({
        jobTypeId: fc.integer({ min: 1, max: 3 }),
        running: fc.integer({ min: 0, max: 3 }),
        maxScheduled: fc.option(fc.integer({ min: 0, max: 6 })),
      }),
    )
    .map((loads) => [...new Map(loads.map((load) => [load.jobTypeId, load])).values()]),
  mode: fc.constantFrom('FIFO', 'LIFO'),
  limit: fc.oneof({ weight: 4, arbitrary: fc.constant(Infinity) }, fc.integer({ min: 0, max: 5 })),
});

const runs = { numRuns: 1000 };

describe('placement, whatever it is given', () => {
  it('decides as a naive scheduler does, turn by turn', () => {
    fc.assert(
      fc.property(request, (given) => expect(replay(given, place(given))).toBeUndefined()),
      runs,
    );
  });

  it('never promises what is not there, nor more slots, nor more of a type than it may', () => {
    fc.assert(
      fc.property(request, (given) => {
        const { placements } = place(given);
        const jobs = new Map(given.candidates.map((each) => [each.jobId, each]));
        expect(new Set(placements.map(({ jobId }) => jobId)).size).toBe(placements.length);
        for (const each of given.nodes) {
          const here = placements
            .filter(({ nodeId }) => nodeId === each.id)
            .map(({ jobId }) => jobs.get(jobId)!);
          expect(here.length).toBeLessThanOrEqual(each.freeSlots);
          expect(here.every(({ revisionId }) => each.isReady(revisionId))).toBe(true);
          const asked = (name: string) =>
            here.reduce((sum, { resources }) => sum + (resources[name] ?? 0), 0);
          const free = (name: string) => (each.capacity[name] ?? 0) - (each.promised[name] ?? 0);
          expect(names.filter((name) => asked(name) > 0 && asked(name) > free(name))).toEqual([]);
        }
        const started = (type: number) =>
          placements.filter(({ jobId }) => jobs.get(jobId)!.jobTypeId === type).length;
        const beyond = given.loads.filter(
          ({ jobTypeId, running, maxScheduled }) =>
            started(jobTypeId) > 0 && running + started(jobTypeId) > (maxScheduled ?? Infinity),
        );
        expect(beyond).toEqual([]);
        expect(placements.length).toBeLessThanOrEqual(given.limit);
      }),
      runs,
    );
  });

  it('never passes a job over for a later one on a node where it would have fitted just then', () => {
    fc.assert(
      fc.property(request, (given) => {
        const { placements, skipped } = place(given);
        const jobs = new Map(given.candidates.map((each) => [each.jobId, each]));
        const waiting = skipped
          .filter(({ reason }) => reason === 'short-now')
          .map(({ jobId }) => jobs.get(jobId)!);
        const used = new Map<number, Amounts[]>();
        for (const { jobId, nodeId } of placements) {
          const later = jobs.get(jobId)!;
          const here = given.nodes.find(({ id }) => id === nodeId)!;
          const taken = used.get(nodeId) ?? [];
          const wronged = waiting.filter(
            (passed) =>
              isBefore(passed, later, given.mode) &&
              here.isReady(passed.revisionId) &&
              fits(passed.resources, here, taken),
          );
          expect(wronged).toEqual([]);
          used.set(nodeId, [...taken, later.resources]);
        }
      }),
      runs,
    );
  });

  it('decides the same for fractions as for the whole numbers that they are made of', () => {
    fc.assert(
      fc.property(request, fc.constantFrom(10, 100, 1000), (given, parts) => {
        const divided = (resources: Amounts) =>
          Object.fromEntries(Object.entries(resources).map(([name, amount]) => [name, amount! / parts]));
        const fractions = {
          ...given,
          candidates: given.candidates.map((each) => ({ ...each, resources: divided(each.resources) })),
          nodes: given.nodes.map((each) => ({
            ...each,
            capacity: divided(each.capacity),
            promised: divided(each.promised),
          })),
        };
        expect(place(fractions)).toEqual(place(given));
      }),
      runs,
    );
  });
});

interface Ranked {
  readonly jobTypeId: number;
  readonly priority: number;
  readonly queued: string;
  readonly jobId: number;
}

/** Whether one comes before another whatever the loads are. */
function isBefore(a: Ranked, b: Ranked, mode: 'FIFO' | 'LIFO'): boolean {
  if (a.priority !== b.priority) return a.priority < b.priority;
  if (a.jobTypeId !== b.jobTypeId) return false;
  const older = a.queued === b.queued ? a.jobId < b.jobId : a.queued < b.queued;
  return mode === 'FIFO' ? older : !older;
}

function fits(resources: Amounts, here: PlacementNode, taken: readonly Amounts[]): boolean {
  if (taken.length >= here.freeSlots) return false;
  return names.every((name) => {
    const asked = resources[name] ?? 0;
    const promised = taken.reduce((sum, each) => sum + (each[name] ?? 0), here.promised[name] ?? 0);
    return asked === 0 || asked + promised <= (here.capacity[name] ?? 0);
  });
}
