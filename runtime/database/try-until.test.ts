import { describe, expect, it } from '@jest/globals';
import { tryUntil } from './try-until.ts';

describe('tryUntil', () => {
  it('tries again until it succeeds', async () => {
    let tries = 0;
    const attempt = async () => {
      if (++tries < 3) throw new Error('not yet');
      return tries;
    };
    expect(await tryUntil(attempt, new AbortController().signal, () => undefined)).toBe(3);
  });

  it('ends with the signal, and gives away what comes too late', async () => {
    const closing = new AbortController();
    const surplus: string[] = [];
    let succeed: (value: string) => void = () => undefined;
    const slow = new Promise<string>((resolve) => (succeed = resolve));
    const trying = tryUntil(
      () => slow,
      closing.signal,
      (value) => surplus.push(value),
    );
    closing.abort();
    expect(await trying).toBeUndefined();
    succeed('late');
    await slow;
    expect(surplus).toEqual(['late']);
  });

  it('does not begin after the signal', async () => {
    const attempt = () => Promise.reject(new Error('must not be called'));
    expect(await tryUntil(attempt, AbortSignal.abort(), () => undefined)).toBeUndefined();
  });
});
