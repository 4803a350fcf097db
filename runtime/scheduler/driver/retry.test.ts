import { describe, expect, it } from '@jest/globals';
import type { ExecutionFacts } from '../../jobs/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { failed } from './outcome.ts';
import { retryOf } from './retry.ts';

const facts = {
  jobId: 1,
  tries: 2,
  maxTries: 4,
  interrupted: 0,
  resources: { cpus: 1, mem: 100, disk: 0 },
  mostMem: 1000,
  typeConfiguration: {},
  configuration: {},
} as unknown as ExecutionFacts;
const lost = failed(new SeedbedError('engine-interrupted', {}));
const nothing = { retryErrors: [], memoryFactor: undefined };
const once = { retry: { max_tries: 1 } };

describe('a requeued job', () => {
  it('is repeated when its engine was interrupted', () => {
    expect(retryOf(lost, facts, nothing)).toMatchObject({ counts: false });
  });

  it.each([
    ['its job type', { typeConfiguration: once }],
    ['its own configuration', { configuration: once }],
  ])('is not repeated by itself where %s says that it runs once', (_, more) => {
    expect(retryOf(lost, { ...facts, ...more }, nothing)).toBeUndefined();
  });

  it('is repeated where its own configuration says otherwise than its type', () => {
    const more = { typeConfiguration: once, configuration: { retry: { max_tries: 2 } } };
    expect(retryOf(lost, { ...facts, ...more }, nothing)).toBeDefined();
  });
});
