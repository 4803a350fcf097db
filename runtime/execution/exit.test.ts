import { describe, expect, it } from '@jest/globals';
import { SeedbedError } from '../errors/index.ts';
import type { ErrorMapping, Manifest } from '../manifest/manifest.ts';
import { type ExitRequest, judgeExit, mappingOf } from './exit.ts';

const errors: ErrorMapping[] = [
  {
    code: 1,
    name: 'image-Corrupt-1',
    description: 'Image input is not recognized as a valid PNG.',
    category: 'data',
  },
  { code: 2, name: 'algorithm-failure', category: 'job' },
  { code: 3, name: 'titled', title: 'No luck', category: 'job' },
  { code: 0, name: 'fine', category: 'job' },
];
const manifest = { job: { errors } } as unknown as Manifest;

function judge(
  exitCode: number,
  changes: Partial<ExitRequest['exit']> = {},
  stoppedFor?: SeedbedError,
): string | null {
  const exit = { exitCode, oomKilled: false, interrupted: false, ...changes };
  try {
    judgeExit({ exit, stoppedFor, mem: 64, manifest, stderr: '/logs/stderr.log' });
    return null;
  } catch (thrown) {
    if (!(thrown instanceof SeedbedError)) throw thrown;
    return `${thrown.code} ${thrown.error}: ${thrown.message}`;
  }
}

describe('judgeExit', () => {
  const timeout = new SeedbedError('timeout', { seconds: 30 });
  const canceled = new SeedbedError('canceled', { signal: 'SIGINT' });

  it('finds nothing wrong with 0, whatever the manifest or the out-of-memory flag says', () => {
    expect(judge(0)).toBeNull();
    expect(judge(0, { oomKilled: true })).toBeNull();
  });

  it.each<[string, string | null, RegExp]>([
    [
      'a mapped code',
      judge(1),
      /^SB2002 job-error: .* exit code 1: Image input is not recognized as a valid PNG\.$/,
    ],
    [
      'its name where there is no description',
      judge(2),
      /^SB2002 job-error: .* exit code 2: algorithm-failure\.$/,
    ],
    ['its title before its name', judge(3), /: No luck\.$/],
    ['an unmapped code', judge(42), /^SB2001 job-failed: .* exit code 42/],
    ['out of memory', judge(137, { oomKilled: true }), /^SB2004 out-of-memory: .* 64 MiB/],
    ['out of memory before a mapped code', judge(1, { oomKilled: true }), /^SB2004/],
    ['137 without the flag', judge(137), /^SB2001/],
    ['a timeout, though it exits 0', judge(0, {}, timeout), /^SB2003 timeout: .* 30 s/],
    ['a timeout before out of memory', judge(137, { oomKilled: true }, timeout), /^SB2003/],
    ['canceled', judge(143, {}, canceled), /^SB2013 canceled: .* SIGINT/],
    [
      'an interrupted engine before all else',
      judge(0, { interrupted: true, oomKilled: true }, timeout),
      /^SB3003 engine-interrupted/,
    ],
  ])('names %s', (_, found, expected) => {
    expect(found).toMatch(expected);
  });
});

describe('mappingOf', () => {
  it('finds the error of a code; none for 0, for an unknown code and for no code', () => {
    expect(mappingOf(manifest, 2)).toBe(errors[1]);
    expect([0, 99, null].map((code) => mappingOf(manifest, code))).toEqual([undefined, undefined, undefined]);
  });
});
