import { describe, expect, it } from '@jest/globals';
import { candidate, placementNode, placementRequest, shown } from '../../../test/support/placement.ts';
import { place, type PlacementRequest } from './index.ts';

const cpus = (amount: number) => ({ resources: { cpus: amount } });
const decide = (parts: Partial<PlacementRequest>) => place(placementRequest(parts));
const decided = (parts: Partial<PlacementRequest>) => shown(decide(parts));
const reasons = (parts: Partial<PlacementRequest>) =>
  decide(parts).skipped.map(({ jobId, reason }) => `${jobId} ${reason}`);

describe('what fits', () => {
  it('is what is not promised yet', () => {
    const nodes = [placementNode(1, { promised: { cpus: 2.5 } })];
    expect(decided({ nodes, candidates: [candidate(1), candidate(2)] })).toEqual(['1 → 1', '2 ⇢ 1']);
  });

  it('is as many jobs as there are slots', () => {
    const nodes = [placementNode(1, { freeSlots: 1 })];
    expect(decided({ nodes, candidates: [candidate(1), candidate(2)] })).toEqual(['1 → 1', '2 ⇢ 1']);
  });

  it('needs every resource, also custom ones, and one that a node does not name is 0 there', () => {
    const nodes = [placementNode(1), placementNode(2, { capacity: { cpus: 1, licences: 2 } })];
    const candidates = [
      candidate(1, { resources: { cpus: 1, mem: 1 } }),
      candidate(2, { resources: { licences: 2 } }),
      candidate(3, { resources: { gpus: 1 } }),
      candidate(4, { resources: { gpus: 0, licences: undefined } }),
    ];
    expect(decided({ nodes, candidates })).toEqual(['1 → 1', '2 → 2', '4 → 2']);
  });

  it('is not changed by rounding: ten times 0.1 fits where 1 is, and an eleventh does not', () => {
    const capacity = { cpus: 1 };
    for (const promised of [0.1 + 0.2, 0.1 * 3]) {
      const candidates = Array.from({ length: 8 }, (_, id) => candidate(id, cpus(0.1)));
      const nodes = [placementNode(1, { capacity, promised: { cpus: promised } })];
      expect(decide({ nodes, candidates }).placements).toHaveLength(7);
    }
  });

  it('is as many jobs as the numbers say where they have no end: six times 1/6 fits where 1 is', () => {
    const candidates = Array.from({ length: 7 }, (_, id) => candidate(id, cpus(1 / 6)));
    const nodes = [placementNode(1, { capacity: { cpus: 1 } })];
    expect(decide({ nodes, candidates }).placements).toHaveLength(6);
    nodes[0] = placementNode(1, { capacity: { cpus: 1 }, promised: { cpus: 5 / 6 } });
    expect(decide({ nodes, candidates }).placements).toHaveLength(1);
  });

  it('is never made by a negative amount, nor by one that is no number', () => {
    const nodes = [placementNode(1, { capacity: { cpus: 1 } })];
    const candidates = [
      candidate(1, cpus(-5)),
      candidate(2, cpus(NaN)),
      candidate(3, cpus(1)),
      candidate(4, cpus(1)),
    ];
    expect(decided({ nodes, candidates })).toEqual(['1 → 1', '3 → 1', '4 ⇢ 1']);
  });

  it('is not what needs nothing of a resource that is promised beyond a lowered capacity', () => {
    const nodes = [placementNode(1, { promised: { mem: 9999 } })];
    expect(decided({ nodes, candidates: [candidate(1, cpus(1))] })).toEqual(['1 → 1']);
  });
});

describe('the choice among nodes', () => {
  it('leaves the least over', () => {
    const nodes = [
      placementNode(1),
      placementNode(2, { promised: { cpus: 2 } }),
      placementNode(3, { promised: { cpus: 1 } }),
    ];
    const candidates = [candidate(1, cpus(2)), candidate(2, cpus(2)), candidate(3, cpus(2))];
    expect(decided({ nodes, candidates })).toEqual(['1 → 2', '2 → 3', '3 → 1']);
  });

  it('keeps GPUs for those who need them', () => {
    const nodes = [
      placementNode(1, { capacity: { cpus: 4, gpus: 1 } }),
      placementNode(2, { capacity: { cpus: 4.5 } }),
    ];
    expect(decided({ nodes, candidates: [candidate(1)] })).toEqual(['1 → 2']);
  });

  it('is the first node where they are alike, and one that has the image', () => {
    const nodes = [
      placementNode(3),
      placementNode(2),
      placementNode(1, { isReady: (revision) => revision === 7 }),
    ];
    expect(decided({ nodes, candidates: [candidate(1), candidate(2, { revisionId: 7 })] })).toEqual([
      '1 → 2',
      '2 → 2',
    ]);
    expect(decided({ nodes, candidates: [candidate(2, { revisionId: 7 })] })).toEqual(['2 → 1']);
  });
});

describe('a node is kept', () => {
  it('for a job that fits no node now, and nothing that comes later is placed there', () => {
    const nodes = [placementNode(1, { promised: { cpus: 3 } }), placementNode(2, { promised: { cpus: 2 } })];
    const candidates = [candidate(1, cpus(4)), candidate(2), candidate(3)];
    const { placements, reservations, skipped } = decide({ nodes, candidates });
    expect(reservations).toEqual([
      { jobId: 1, nodeId: 2 },
      { jobId: 3, nodeId: 1 },
    ]);
    expect(placements).toEqual([{ jobId: 2, nodeId: 1 }]);
    expect(skipped).toEqual([
      { jobId: 1, reason: 'short-now' },
      { jobId: 3, reason: 'short-now' },
    ]);
  });

  it('not against those that come before', () => {
    const nodes = [placementNode(1, { promised: { cpus: 1 } })];
    const candidates = [
      candidate(1, cpus(4)),
      candidate(2, { priority: 1 }),
      candidate(3, { priority: 200 }),
    ];
    expect(decided({ nodes, candidates })).toEqual(['2 → 1', '1 ⇢ 1']);
  });

  it('where only a slot is missing, before all others', () => {
    const nodes = [placementNode(1, { promised: { cpus: 3.5 } }), placementNode(2, { freeSlots: 0 })];
    expect(decided({ nodes, candidates: [candidate(1)] })).toEqual(['1 ⇢ 2']);
  });

  it('only where the job could ever fit', () => {
    const nodes = [
      placementNode(1, { promised: { cpus: 1 } }),
      placementNode(2, { capacity: { cpus: 8 }, promised: { cpus: 8 } }),
    ];
    expect(decided({ nodes, candidates: [candidate(1, cpus(5)), candidate(2)] })).toEqual(['2 → 1', '1 ⇢ 2']);
  });

  it('for one job each, and one node for each job', () => {
    const nodes = [1, 2].map((id) => placementNode(id, { promised: { cpus: 4 } }));
    const candidates = [1, 2, 3].map((id) => candidate(id));
    expect(decided({ nodes, candidates })).toEqual(['1 ⇢ 1', '2 ⇢ 2']);
  });

  it('not for a job that can fit nowhere at all', () => {
    const candidates = [candidate(1, cpus(5)), candidate(2)];
    expect(decided({ candidates })).toEqual(['2 → 1']);
    expect(reasons({ candidates })).toEqual(['1 fits-nowhere']);
    expect(reasons({ candidates, nodes: [] })).toEqual([]);
  });

  it('not for a job whose image is on no node that could hold it', () => {
    const nodes = [placementNode(1, { isReady: () => false }), placementNode(2, { capacity: { cpus: 1 } })];
    const candidates = [candidate(1, cpus(2)), candidate(2)];
    expect(decided({ nodes, candidates })).toEqual(['2 → 2']);
    expect(reasons({ nodes, candidates })).toEqual(['1 image-not-ready']);
  });

  it('with the image, though another node would have room and lacks the image', () => {
    const nodes = [placementNode(1, { isReady: () => false }), placementNode(2, { promised: { cpus: 4 } })];
    expect(decided({ nodes, candidates: [candidate(1)] })).toEqual(['1 ⇢ 2']);
  });

  it('and counts for fair shares, so that big jobs of one type do not keep all nodes', () => {
    const nodes = [1, 2].map((id) => placementNode(id, { promised: { cpus: 1 } }));
    const candidates = [candidate(1, cpus(4)), candidate(2, cpus(4)), candidate(3, { jobTypeId: 2 })];
    expect(decided({ nodes, candidates })).toEqual(['3 → 2', '1 ⇢ 1', '2 ⇢ 2']);
  });
});

describe('max_scheduled', () => {
  const loads = [{ jobTypeId: 1, running: 1, maxScheduled: 2 }];

  it('is never exceeded, and who waits for it alone keeps no node', () => {
    const candidates = [candidate(1), candidate(2, cpus(4)), candidate(3, { jobTypeId: 2 })];
    expect(decided({ candidates, loads })).toEqual(['3 → 1', '1 → 1']);
    expect(reasons({ candidates, loads })).toEqual(['2 type-limit']);
  });

  it('holds a place for the job that a node is kept for: a younger one of the type does not take it', () => {
    const nodes = [placementNode(1, { promised: { cpus: 1 } }), placementNode(2, { capacity: { cpus: 1 } })];
    expect(decided({ nodes, candidates: [candidate(1, cpus(4)), candidate(2)], loads })).toEqual(['1 ⇢ 1']);
  });

  it('of 0 lets nothing run', () => {
    const none = [{ jobTypeId: 1, running: 0, maxScheduled: 0 }];
    expect(decided({ candidates: [candidate(1)], loads: none })).toEqual([]);
  });
});

it('places no more than it is asked to', () => {
  const candidates = [1, 2, 3].map((id) => candidate(id));
  expect(decided({ candidates, limit: 2 })).toEqual(['1 → 1', '2 → 1']);
  expect(decided({ candidates, limit: 0 })).toEqual([]);
});
