import { describe, expect, it } from '@jest/globals';
import { allocate, type AllocationRequest } from './resources.ts';

const MiB = 2 ** 20;

function request(changes: Partial<AllocationRequest> = {}): AllocationRequest {
  return {
    scalar: [],
    inputBytes: 0,
    overrides: new Map(),
    defaults: { cpus: 0.25, mem: 128, disk: 0 },
    minimums: { cpus: 0, mem: 0, disk: 0 },
    available: { cpus: 4, mem: 8192, gpus: false },
    ...changes,
  };
}

const scalar = (name: string, value: number, inputMultiplier = 0) => ({ name, value, inputMultiplier });

/** Amounts and what is wrong with them. */
function outcome(changes: Partial<AllocationRequest>) {
  const { allocated, problems } = allocate(request(changes));
  return { allocated, problems: problems.map(({ error }) => error) };
}

describe('allocate', () => {
  it('gives what is not declared its default', () => {
    expect(allocate(request())).toEqual({
      allocated: { cpus: 0.25, mem: 128, disk: 0 },
      limits: { cpus: 0.25, mem: 128 },
      problems: [],
    });
  });

  it.each<[string, Partial<AllocationRequest>, Record<string, number>]>([
    [
      'declared amounts as they are',
      { scalar: [scalar('mem', 64.5), scalar('cpus', 1.5)] },
      { mem: 64.5, cpus: 1.5 },
    ],
    ['input × multiplier', { scalar: [scalar('mem', 10, 2)], inputBytes: 3.25 * MiB }, { mem: 17 }],
    ['no noise above a whole MiB', { scalar: [scalar('disk', 0, 0.1)], inputBytes: 30 * MiB }, { disk: 3 }],
    ['computed cpus exactly', { scalar: [scalar('cpus', 1, 0.5)], inputBytes: 1.5 * MiB }, { cpus: 1.75 }],
    ['no input', { scalar: [scalar('disk', 5, 3)] }, { disk: 5 }],
    ['minimums', { minimums: { cpus: 1, mem: 256, disk: 10 } }, { cpus: 1, mem: 256, disk: 10 }],
    [
      'minimums below',
      { scalar: [scalar('mem', 512)], minimums: { cpus: 0, mem: 256, disk: 0 } },
      { mem: 512 },
    ],
    ['what the engine needs', { scalar: [scalar('mem', 1), scalar('cpus', 0)] }, { mem: 6, cpus: 0.01 }],
    [
      'overrides',
      { scalar: [scalar('mem', 64, 9)], inputBytes: MiB, overrides: new Map([['mem', 32]]) },
      { mem: 32 },
    ],
    ['overrides of what is not declared', { overrides: new Map([['sharedmem', 64]]) }, { sharedMem: 64 }],
    ['any spelling', { scalar: [scalar('MEM', 64)], overrides: new Map([['Mem', 32]]) }, { mem: 32 }],
    ['the larger of two', { scalar: [scalar('mem', 64), scalar('Mem', 32)] }, { mem: 64 }],
    [
      'a custom resource',
      { scalar: [scalar('my-Lic', 2)], overrides: new Map([['MY_LIC', 3]]) },
      { 'my-Lic': 3 },
    ],
    ['none of a custom one', { scalar: [scalar('lic', 0)] }, { lic: 0 }],
    [
      'whole GPUs',
      { scalar: [scalar('gpus', 0, 0.5)], inputBytes: 3 * MiB, available: { cpus: 1, mem: 999, gpus: true } },
      { gpus: 2 },
    ],
  ])('honours %s', (_, changes, allocated) => {
    const { allocated: found, problems } = outcome(changes);
    expect(problems).toEqual([]);
    expect(found).toMatchObject(allocated);
    expect(found).toEqual({
      cpus: expect.any(Number),
      mem: expect.any(Number),
      disk: expect.any(Number),
      ...allocated,
    });
  });

  it.each<[string, Partial<AllocationRequest>, string, RegExp]>([
    [
      'cpus',
      { scalar: [scalar('cpus', 64)] },
      'resource-unavailable',
      /64 of cpus, .* has 4\. .*--resource cpus=/,
    ],
    [
      'mem',
      { scalar: [scalar('mem', 9000)] },
      'resource-unavailable',
      /9000 MiB of mem, .* has 8192 MiB\. .*--resource mem=/,
    ],
    ['sharedMem', { scalar: [scalar('sharedMem', 9000)] }, 'resource-unavailable', /--resource sharedMem=/],
    [
      'gpus',
      { scalar: [scalar('gpus', 1)] },
      'resource-unavailable',
      /1 of gpus, .* has none\. .*--resource gpus=/,
    ],
    ['custom', { scalar: [scalar('licenses', 1)] }, 'resource-unavailable', /--resource licenses=/],
    [
      'negative',
      { scalar: [scalar('mem', -5)] },
      'invalid-resource',
      /mem comes to -5, and cannot be negative/,
    ],
    [
      'negative sum',
      { scalar: [scalar('disk', 5, -1)], inputBytes: 9 * MiB },
      'invalid-resource',
      /disk comes to -4/,
    ],
    ['negative override', { overrides: new Map([['cpus', -1]]) }, 'invalid-resource', /cpus comes to -1/],
    ['no number', { overrides: new Map([['mem', NaN]]) }, 'invalid-resource', /must be a number/],
    ['infinite', { scalar: [scalar('disk', Infinity)] }, 'invalid-resource', /must be a number/],
    ['half a GPU', { scalar: [scalar('gpus', 0.5)] }, 'invalid-resource', /whole/],
    [
      'unknown',
      { overrides: new Map([['cpu', 2]]) },
      'unknown-name',
      /no resource called cpu; it has: cpus, mem, disk/,
    ],
  ])('refuses %s', (_, changes, error, sentence) => {
    const { problems } = allocate(request(changes));
    expect(problems.map((problem) => problem.error)).toEqual([error]);
    expect(`${problems[0]!.message} ${problems[0]!.advice}`).toMatch(sentence);
  });

  it('names everything that is wrong at once', () => {
    const changes = { scalar: [scalar('cpus', 64), scalar('mem', -1), scalar('x', 1)] };
    expect(outcome(changes).problems).toEqual([
      'resource-unavailable',
      'invalid-resource',
      'resource-unavailable',
    ]);
  });

  it('makes the limits, in whole bytes, and none of what is 0', () => {
    const available = { cpus: 4, mem: 8192, gpus: true };
    const declared = [scalar('mem', 100.1), scalar('SHAREDMEM', 64), scalar('gpus', 2)];
    const { limits } = allocate(request({ scalar: declared, available }));
    expect(limits).toEqual({ cpus: 0.25, mem: 104962458 / MiB, sharedMem: 64, gpus: 2 });
    expect(allocate(request({ scalar: [scalar('sharedMem', 0), scalar('gpus', 0)] })).limits).toEqual({
      cpus: 0.25,
      mem: 128,
    });
  });

  it('never gives less than declared, whatever the input', () => {
    for (let bytes = 0; bytes < 50; bytes++) {
      const inputBytes = bytes * 333_333;
      const { allocated } = allocate(request({ scalar: [scalar('mem', 7.3, 1.7)], inputBytes }));
      const exact = 7.3 + 1.7 * (inputBytes / MiB);
      expect(allocated.mem).toBeGreaterThanOrEqual(exact);
      expect(allocated.mem).toBeLessThan(exact + 1);
    }
  });
});
