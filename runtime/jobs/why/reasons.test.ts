import { describe, expect, it } from '@jest/globals';
import { reasonsToWait, type WaitFacts, type WaitNode } from './reasons.ts';

const node: WaitNode = {
  name: 'here',
  paused: false,
  online: true,
  problems: [],
  capacity: { cpus: 4, mem: 1000, disk: 100 },
  promised: { cpus: 1, mem: 100, disk: 0 },
  freeSlots: 2,
  image: { state: 'READY', since: '2026-01-01T00:00:00Z', error: null },
};

const facts: WaitFacts = {
  status: 'QUEUED',
  resources: { cpus: 1, mem: 100, disk: 0 },
  notBefore: null,
  error: null,
  awaitsInput: false,
  parents: [],
  canceling: false,
  schedulerPaused: false,
  type: { name: 'tiles', version: '1.0.0', paused: false, active: true, maxScheduled: null, running: 0 },
  image: 'tiles:1',
  missing: [],
  ahead: 3,
  nodes: [node],
  runtimeLives: null,
};

const namesOf = (change: Partial<WaitFacts>) =>
  reasonsToWait({ ...facts, ...change }).map(({ name }) => name);
const onNode = (change: Partial<WaitNode>) => namesOf({ nodes: [{ ...node, ...change }] });

describe('why a job waits', () => {
  it.each<[string, Partial<WaitFacts>]>([
    ['scheduler-paused', { schedulerPaused: true }],
    ['job-type-paused', { type: { ...facts.type, paused: true } }],
    ['job-type-inactive', { type: { ...facts.type, active: false } }],
    ['retry-later', { notBefore: '2026-01-01T00:00:00Z', error: { name: 'engine-error' } }],
    ['limit-reached', { type: { ...facts.type, maxScheduled: 2, running: 2 } }],
    ['no-runtime', { nodes: [] }],
    ['behind-others', {}],
    ['parent-failed', { status: 'BLOCKED' }],
    ['parent-not-done', { status: 'PENDING', awaitsInput: true }],
    ['missing-configuration', { status: 'PENDING', missing: [{ kind: 'setting', name: 'KEY' }] }],
    ['canceling', { status: 'RUNNING', canceling: true, runtimeLives: true }],
    ['runtime-lost', { status: 'RUNNING', runtimeLives: false }],
    [
      'node-offline',
      { status: 'RUNNING', runtimeLives: true, lostEngine: { node: 'b', problem: 'No engine answers.' } },
    ],
  ])('%s', (name, change) => {
    expect(namesOf(change)).toEqual([name]);
  });

  it.each<[string, Partial<WaitNode>]>([
    ['node-paused', { paused: true }],
    ['resources-lacking', { capacity: { cpus: 0.5, mem: 1000, disk: 100 } }],
    ['image-failed', { image: { state: 'FAILED', since: '', error: { message: 'no such image' } } }],
    ['image-pulling', { image: { state: 'PULLING', since: '2026-01-01T00:00:00Z', error: null } }],
    ['resources-short', { promised: { cpus: 3.5, mem: 0, disk: 0 } }],
    ['slots-taken', { freeSlots: 0 }],
  ])('%s on its only node', (name, change) => {
    expect(onNode(change)).toEqual([name]);
  });

  it('says that no service is at work, and of which node', () => {
    expect(onNode({ online: false })).toEqual(['no-runtime', 'node-offline']);
  });

  it('ends what a node says with one full stop', () => {
    const problem = { title: 'The engine does not answer', description: 'No engine answers; start Docker.' };
    const [, offline] = reasonsToWait({ ...facts, nodes: [{ ...node, online: false, problems: [problem] }] });
    expect(offline!.description).toBe('The node here takes no jobs: No engine answers; start Docker.');
  });

  it('is nothing of a node while another one has room', () => {
    expect(namesOf({ nodes: [{ ...node, paused: true }, node] })).toEqual(['behind-others']);
  });

  it('puts first what will not pass by itself', () => {
    const small = { ...node, capacity: { cpus: 0.5, mem: 10, disk: 0 } };
    expect(namesOf({ nodes: [{ ...node, freeSlots: 0 }, small] })).toEqual([
      'resources-lacking',
      'slots-taken',
    ]);
  });

  it('says how much is short, exactly, in spite of binary fractions', () => {
    const [reason] = reasonsToWait({
      ...facts,
      resources: { cpus: 0.4, mem: 100, disk: 0, license: 2 },
      nodes: [
        {
          ...node,
          capacity: { cpus: 1, mem: 1000, disk: 0, license: 2 },
          promised: { cpus: 0.7, mem: 0, disk: 0, license: 1 },
        },
      ],
    });
    expect(reason).toMatchObject({
      name: 'resources-short',
      node: 'here',
      short: [
        { resource: 'cpus', needed: 0.4, available: expect.closeTo(0.3, 6) },
        { resource: 'license', needed: 2, available: 1 },
      ],
    });
    expect(reason!.description).toBe(
      'On here it needs 0.4 cores of cpus, and 0.3 cores are free; it needs 2 of license, and 1 are free.',
    );
  });

  it('names the nodes of its recipe that it waits for', () => {
    const parent = { node: 'tile', kind: 'job', state: 'RUNNING', jobId: 12, recipeId: null } as const;
    const part = { node: 'sub', kind: 'recipe', state: 'FAILED', jobId: null, recipeId: 7 } as const;
    const check = {
      node: 'check',
      kind: 'condition',
      state: 'PENDING',
      jobId: null,
      recipeId: null,
    } as const;
    const awaiting = { ...facts, status: 'PENDING', awaitsInput: true } as const;
    expect(reasonsToWait({ ...awaiting, parents: [parent, check] })).toMatchObject([
      {
        name: 'parent-not-done',
        description: 'It waits for node tile (job 12, RUNNING).',
        recipe_node: 'tile',
        job_id: 12,
        state: 'RUNNING',
      },
      { name: 'parent-not-done', description: 'It waits for node check (condition, PENDING).', job_id: null },
    ]);
    expect(
      reasonsToWait({ ...facts, status: 'BLOCKED', parents: [part, { ...parent, state: 'FAILED' }] }),
    ).toMatchObject([
      {
        name: 'parent-failed',
        description: 'The node sub (recipe 7, FAILED) cannot go on; requeue the jobs of it that failed.',
        recipe_id: 7,
      },
      { name: 'parent-failed', description: 'The node tile (job 12, FAILED) cannot go on; requeue job 12.' },
    ]);
  });

  it('tells what its type lacks before what it waits for', () => {
    const parent = { node: 'tile', kind: 'job', state: 'RUNNING', jobId: 12, recipeId: null } as const;
    const missing = [{ kind: 'setting', name: 'KEY' }];
    expect(namesOf({ status: 'PENDING', awaitsInput: true, parents: [parent], missing })).toEqual([
      'missing-configuration',
      'parent-not-done',
    ]);
  });

  it.each(['COMPLETED', 'FAILED', 'CANCELED'] as const)('is nothing for a job that is %s', (status) => {
    expect(namesOf({ status })).toEqual([]);
  });

  it('is nothing for a job that runs well', () => {
    expect(namesOf({ status: 'RUNNING', runtimeLives: true })).toEqual([]);
    expect(namesOf({ status: 'RUNNING', runtimeLives: null })).toEqual([]);
  });
});
