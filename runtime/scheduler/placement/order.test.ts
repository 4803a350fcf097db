import { describe, expect, it } from '@jest/globals';
import { candidate, placementNode, placementRequest, queuedAt } from '../../../test/support/placement.ts';
import { place, type PlacementRequest } from './index.ts';

/** The jobs in the order in which they are placed, where there is room for all. */
function order(parts: Partial<PlacementRequest>): number[] {
  const roomy = placementNode(1, { capacity: { cpus: 100 }, freeSlots: 100 });
  return place(placementRequest({ nodes: [roomy], ...parts })).placements.map(({ jobId }) => jobId);
}

describe('the order of the queue', () => {
  it('is by priority first, the lower number before the higher, whatever age and load', () => {
    const candidates = [
      candidate(1, { priority: 200 }),
      candidate(2, { priority: 9, jobTypeId: 2 }),
      candidate(3, { priority: 10 }),
    ];
    const loads = [{ jobTypeId: 2, running: 50, maxScheduled: null }];
    expect(order({ candidates, loads })).toEqual([2, 3, 1]);
  });

  it('is by age within a job type, and by id where that is the same', () => {
    const at = queuedAt(5);
    const candidates = [
      candidate(1, { queued: queuedAt(9) }),
      candidate(4, { queued: at }),
      candidate(3, { queued: at }),
    ];
    expect(order({ candidates })).toEqual([3, 4, 1]);
    expect(order({ candidates, mode: 'LIFO' })).toEqual([1, 4, 3]);
  });

  it('gives job types turns by what they run, and counts what is placed', () => {
    const candidates = [1, 2, 3, 4].map((id) => candidate(id));
    candidates.push(
      candidate(11, { jobTypeId: 2 }),
      candidate(12, { jobTypeId: 2 }),
      candidate(13, { jobTypeId: 2 }),
    );
    expect(order({ candidates })).toEqual([1, 11, 2, 12, 3, 13, 4]);
    const loads = [{ jobTypeId: 1, running: 2, maxScheduled: null }];
    expect(order({ candidates, loads })).toEqual([11, 12, 1, 13, 2, 3, 4]);
  });

  it('counts a job type of several priorities once, and its revisions as one', () => {
    const candidates = [
      candidate(1, { priority: 1, revisionId: 1 }),
      candidate(2, { priority: 2, revisionId: 2 }),
      candidate(3, { priority: 2, jobTypeId: 2, revisionId: 3 }),
    ];
    expect(order({ candidates })).toEqual([1, 3, 2]);
  });

  it('lets the older of two types with the same load begin, the younger with LIFO', () => {
    const candidates = [candidate(1, { jobTypeId: 2 }), candidate(2, { jobTypeId: 1 })];
    expect(order({ candidates })).toEqual([1, 2]);
    expect(order({ candidates, mode: 'LIFO' })).toEqual([2, 1]);
  });

  it('does not depend on the order in which candidates are given', () => {
    const candidates = [1, 2, 3, 4, 5].map((id) => candidate(id, { jobTypeId: id % 2, priority: id % 3 }));
    expect(order({ candidates: [...candidates].reverse() })).toEqual(order({ candidates }));
  });
});
