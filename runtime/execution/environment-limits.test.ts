import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { SeedbedError } from '../errors/index.ts';
import { checkEnvironment } from './environment-limits.ts';

/** What is thrown, as text; undefined when all is well. */
function refusal(variables: Record<string, string>, argv: string[] = []): string | undefined {
  try {
    checkEnvironment(variables, argv);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof SeedbedError)) throw thrown;
    return `${thrown.error}: ${thrown.message}`;
  }
}

/** Whether the kernel starts a program with these. */
const execs = (env: Record<string, string>, argv: string[]) =>
  spawnSync('/bin/true', argv, { env }).error === undefined;

describe('checkEnvironment', () => {
  it.each([
    ['V', 'x'.repeat(131_069)],
    ['V', 'x'.repeat(131_070)],
    ['V', `${'é'.repeat(65_534)}x`],
    ['V', 'é'.repeat(65_535)],
    ['LONGER', 'x'.repeat(131_064)],
    ['LONGER', 'x'.repeat(131_065)],
  ])('draws the line for a variable %s where the kernel draws it', (name, value) => {
    expect(refusal({ [name]: value }) === undefined).toBe(execs({ [name]: value }, []));
  });

  it.each([131_071, 131_072])('draws it there for an argument of %d bytes too', (length) => {
    expect(refusal({}, ['x'.repeat(length)]) === undefined).toBe(execs({}, ['x'.repeat(length)]));
  });

  it('says which and how long, never what', () => {
    const found = refusal({ KEY: 'secret'.repeat(30_000) });
    expect(found).toBe(
      'environment-value-too-long: The variable KEY is 180004 bytes long; the kernel takes at most 131071 for a variable with its name.',
    );
    expect(refusal({}, ['a', 'b'.repeat(200_000)])).toMatch(
      /^environment-value-too-long: Argument 2 of the command is 200000/,
    );
  });

  it('refuses what is too much together, and takes what a process can have', () => {
    const some = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`V${i}`, 'x'.repeat(120_000)]));
    expect(refusal(some(16))).toBeUndefined();
    expect(execs(some(16), [])).toBe(true);
    expect(refusal(some(17))).toMatch(
      /^environment-value-too-long: The environment together with the command/,
    );
    expect(refusal(some(16), ['x'.repeat(120_000)])).toMatch(/^environment-value-too-long/);
  });

  it.each([
    ['a\0b', 'NUL'],
    ['a\ud800b', 'half of a UTF-16 pair'],
  ])('refuses %j, which no process can be given', (value, problem) => {
    expect(refusal({ V: value })).toMatch(
      new RegExp(`^invalid-environment-value: The variable V contains .*${problem}`),
    );
    expect(refusal({}, [value])).toMatch(/^invalid-environment-value: Argument 1 of the command/);
  });
});
