import { describe, expect, it } from '@jest/globals';
import { placementNode } from '../../../test/support/placement.ts';
import { shortfall } from './index.ts';

describe('shortfall', () => {
  it('is nothing where a job fits', () => {
    expect(shortfall({ cpus: 4, mem: 10, gpus: 0 }, placementNode(1))).toEqual({
      now: {},
      ever: {},
      slots: 0,
    });
  });

  it('says how much is short now, and how much would be short even on an idle node', () => {
    const node = placementNode(1, { promised: { cpus: 3.8, mem: 96 }, freeSlots: 0 });
    const resources = { cpus: 0.3, mem: 5096, disk: 5, gpus: 1 };
    expect(shortfall(resources, node)).toEqual({
      now: { cpus: 0.1, mem: 1096, gpus: 1 },
      ever: { mem: 1000, gpus: 1 },
      slots: 1,
    });
  });

  it('agrees with placement about rounding', () => {
    const node = placementNode(1, { capacity: { cpus: 0.3 }, promised: { cpus: 0.1 + 0.1 } });
    expect(shortfall({ cpus: 0.1 }, node).now).toEqual({});
    expect(shortfall({ cpus: 0.10001 }, node).now).toEqual({ cpus: 0.00001 });
  });
});
