import { describe, expect, it } from '@jest/globals';
import { readChallenge } from './challenge.ts';
import { chooseEntry } from './image.ts';
import { nextLink } from './pages.ts';
import { waitBefore } from './retry.ts';
import { NoAnswer, type Answer } from './transport.ts';

describe('readChallenge', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['Basic realm="a, b"', { scheme: 'basic' }],
    ['basic', { scheme: 'basic' }],
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      {
        scheme: 'bearer',
        realm: 'https://auth.docker.io/token',
        service: 'registry.docker.io',
        scope: 'repository:a/b:pull,push',
      },
    ],
    [
      'Basic realm="x", Bearer realm="https://t/", service=s',
      { scheme: 'bearer', realm: 'https://t/', service: 's' },
    ],
    ['Bearer service="without a realm"', { scheme: 'unknown', name: 'bearer' }],
    ['Negotiate', { scheme: 'unknown', name: 'negotiate' }],
  ])('%s', (header, expected) => {
    expect(readChallenge(header)).toEqual(expected);
  });
});

describe('nextLink', () => {
  it.each([
    [undefined, undefined],
    ['</v2/_catalog?last=a%2Cb&n=100>; rel="next"', '/v2/_catalog?last=a%2Cb&n=100'],
    ['</first>; rel="first", </v2/x?a=1,2>; title="t"; rel=next', '/v2/x?a=1,2'],
    ['</x>; rel="prev next"', '/x'],
    ['</x>; rel="nextish"', undefined],
    ['no link', undefined],
  ])('%s', (header, expected) => {
    expect(nextLink(header)).toBe(expected);
  });
});

describe('waitBefore', () => {
  const options = { backoff: [100, 400], longestWait: 5000 };
  const answer = (status: number, retry?: string) =>
    ({ status, headers: { ...(retry && { 'retry-after': retry }) } }) as Answer;

  it('waits as the backoff says, and gives up after it', () => {
    expect([0, 1, 2].map((tries) => waitBefore(answer(503), tries, options))).toEqual([100, 400, undefined]);
  });

  it('waits as long as the registry asks, in seconds or until a time, and not at all for too long', () => {
    expect(waitBefore(answer(429, '2'), 0, options)).toBe(2000);
    expect(waitBefore(answer(429, '0'), 0, options)).toBe(100);
    expect(waitBefore(answer(429, '6'), 0, options)).toBeUndefined();
    expect(waitBefore(answer(429, 'Fri, 01 Jan 2100 00:00:00 GMT'), 0, options)).toBeUndefined();
    expect(waitBefore(answer(429, 'Sat, 01 Jan 2000 00:00:00 GMT'), 0, options)).toBe(100);
    expect(waitBefore(answer(429, 'soon'), 0, options)).toBe(100);
  });

  it('repeats what may be otherwise next time, and nothing else', () => {
    const refused = new NoAnswer('connection', '', Object.assign(new Error(), { code: 'ECONNREFUSED' }));
    const reset = new NoAnswer('connection', '', Object.assign(new Error(), { code: 'ECONNRESET' }));
    const outcomes = [200, 401, 404, 405, 501].map((status) => answer(status));
    for (const outcome of [...outcomes, refused, new NoAnswer('timeout', '')])
      expect(waitBefore(outcome, 0, options)).toBeUndefined();
    for (const outcome of [reset, answer(429), answer(500), answer(502), answer(504)])
      expect(waitBefore(outcome, 0, options)).toBe(100);
  });
});

describe('chooseEntry', () => {
  const entry = (os: string, architecture: string) => ({ platform: { os, architecture } });

  it('takes Linux on this processor, else the first that is for any platform', () => {
    const arm = entry('linux', 'arm64');
    const intel = entry('linux', 'amd64');
    const windows = entry('windows', 'amd64');
    const attestation = entry('unknown', 'unknown');
    expect(chooseEntry([attestation, windows, arm, intel], 'x64')).toBe(intel);
    expect(chooseEntry([attestation, windows, intel, arm], 'arm64')).toBe(arm);
    expect(chooseEntry([attestation, arm], 'x64')).toBe(arm);
    expect(chooseEntry([attestation], 'x64')).toBe(attestation);
    expect(chooseEntry([], 'x64')).toBeUndefined();
  });
});
