import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { joinSignals } from './index.ts';

const aborted = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('joined signals', () => {
  it('abort with the first of them, and hold none of the others then', () => {
    const [a, b] = [new AbortController(), new AbortController()];
    const { signal } = joinSignals([a.signal, undefined, b.signal], 60_000);
    expect(signal.aborted).toBe(false);
    b.abort('b');
    expect(signal.reason).toBe('b');
    expect(getEventListeners(a.signal, 'abort')).toEqual([]);
  });

  it('are aborted from the beginning when one is', () => {
    const a = new AbortController();
    const later = AbortSignal.abort('before');
    expect(joinSignals([a.signal, later]).signal.reason).toBe('before');
    expect(getEventListeners(a.signal, 'abort')).toEqual([]);
  });

  it('abort when their time is over, although nobody else knows of them and garbage is collected meanwhile', async () => {
    const reason = aborted(joinSignals([new AbortController().signal], 50).signal);
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(await reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('are left alone once they are released', () => {
    const a = new AbortController();
    const { signal, release } = joinSignals([a.signal], 0);
    release();
    a.abort();
    expect(signal.aborted).toBe(false);
    expect(getEventListeners(a.signal, 'abort')).toEqual([]);
  });
});
