import { describe, expect, it } from '@jest/globals';
import { type ErrorName, registry } from '../../errors/index.ts';
import { interruptions, retryPolicy, type Tries } from './index.ts';

const by = (name: ErrorName) => ({ name, code: registry[name].code });
const ofManifest = (name: string) => ({ name, code: registry['job-error'].code });
const nothing = { retryErrors: [], memoryFactor: undefined };
const first: Tries = { jobId: 7, counted: 1, interrupted: 0, maxTries: 3, mem: 100 };

const retried = (
  error: { name: string; code: string },
  configuration: Partial<Parameters<typeof retryPolicy>[1]> = {},
  tries: Partial<Tries> = {},
) => retryPolicy(error, { ...nothing, ...configuration }, { ...first, ...tries });

describe('retryPolicy', () => {
  it('repeats what the registry calls an error of the system that a retry can help, and nothing else', () => {
    const repeated = (Object.keys(registry) as ErrorName[]).filter((name) => retried(by(name)).retry);
    const expected = Object.entries(registry)
      .filter(([, { category, retry }]) => category === 'system' && retry)
      .map(([name]) => name);
    expect(repeated).toEqual(expected);
    expect(repeated).toEqual(expect.arrayContaining(['engine-error', 'disk-full']));
    expect(repeated).not.toEqual(expect.arrayContaining(['timeout']));
  });

  it('repeats up to max_tries', () => {
    expect(retried(by('disk-full'), {}, { counted: 2 }).retry).toBe(true);
    expect(retried(by('disk-full'), {}, { counted: 3 }).retry).toBe(false);
    expect(retried(by('disk-full'), {}, { counted: 3, maxTries: 8 }).retry).toBe(true);
  });

  it('pauses after a requeue as it did at first', () => {
    expect(retried(by('disk-full'), {}, { counted: 5, before: 4, maxTries: 8 })).toEqual(
      retried(by('disk-full'), {}, { counted: 1 }),
    );
  });

  it.each([
    ['its name', ofManifest('bad-weather'), 'bad-weather'],
    ['the name of all errors of a manifest', ofManifest('bad-weather'), 'job-error'],
    ['*', ofManifest('bad-weather'), '*'],
    ['a name of the registry', by('timeout'), 'timeout'],
    ['its name where memory is not raised', by('out-of-memory'), 'out-of-memory'],
  ])('repeats an error that the configuration names by %s', (_, error, name) => {
    expect(retried(error).retry).toBe(false);
    expect(retried(error, { retryErrors: ['other'] }).retry).toBe(false);
    expect(retried(error, { retryErrors: ['other', name] }).retry).toBe(true);
    expect(retried(error, { retryErrors: [name] }, { counted: 3 }).retry).toBe(false);
  });

  it('does not take an error of the manifest for one of the system that is called the same', () => {
    expect(retried(ofManifest('disk-full')).retry).toBe(false);
    expect(retried(ofManifest('runtime-lost')).retry).toBe(false);
  });

  it.each(interruptions)('repeats after %s whatever was tried, but not for ever', (name) => {
    expect(retried(by(name), {}, { counted: 3, interrupted: 1 }).retry).toBe(true);
    expect(retried(by(name), {}, { counted: 0, interrupted: 10 }).retry).toBe(true);
    expect(retried(by(name), {}, { counted: 0, interrupted: 11 }).retry).toBe(false);
  });

  it('never repeats what is to run once, nor what was canceled', () => {
    expect(retried(by('runtime-lost'), { retryErrors: ['*'] }, { maxTries: 1, interrupted: 1 }).retry).toBe(
      false,
    );
    expect(retried(by('canceled'), { retryErrors: ['*', 'canceled'] }).retry).toBe(false);
  });

  it('gives more memory after out-of-memory, up to what the largest node has', () => {
    const more = (tries: Partial<Tries>) => retried(by('out-of-memory'), { memoryFactor: 1.5 }, tries);
    expect(more({ mem: 101 })).toMatchObject({ retry: true, resources: { mem: 152 } });
    expect(more({ mem: 100, mostMem: 120 })).toMatchObject({ retry: true, resources: { mem: 120 } });
    expect(more({ mem: 120, mostMem: 120 })).toEqual({ retry: false });
    expect(more({ counted: 3 })).toEqual({ retry: false });
    expect(retried(by('disk-full'), { memoryFactor: 2 })).not.toHaveProperty('resources');
  });

  it('waits longer each time, up to a limit, and each job a little differently', () => {
    const delays = (jobId: number) =>
      Array.from({ length: 8 }, (_, nth) => {
        const decision = retried(by('disk-full'), {}, { jobId, counted: nth + 1, maxTries: 100 });
        return decision.retry ? decision.delaySeconds : NaN;
      });
    expect(delays(7)).toEqual(delays(7));
    expect(new Set(Array.from({ length: 20 }, (_, job) => delays(job)[0])).size).toBe(20);
    for (let job = 0; job < 20; job++)
      for (const [nth, delay] of delays(job).entries()) {
        const middle = Math.min(300, 4 ** nth);
        expect(delay).toBeGreaterThanOrEqual(middle * 0.75);
        expect(delay).toBeLessThanOrEqual(middle * 1.25);
      }
    const interrupted = retried(by('runtime-lost'), {}, { counted: 3, interrupted: 1 });
    expect(interrupted).toMatchObject({ retry: true, delaySeconds: delays(7)[0] });
  });
});
