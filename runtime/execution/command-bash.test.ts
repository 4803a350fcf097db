import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { SeedbedError } from '../errors/index.ts';
import { expandCommand } from './command.ts';

const variables: Readonly<Record<string, string>> = {
  V: 'abcabc',
  E: '',
  S: ' x  y ',
  T: 'a\tb\nc',
  B: 'a\\*b',
  P: 'a*',
  U: 'ünïß Ä😀',
  Q: `it's "q"`,
  D: '$V ${V} $(id) `id`',
  F: '/data/a b; rm -rf $HOME.png',
  N_1: '1',
};

/** The arguments that Bash makes of each command, in one process; undefined where it refuses. */
function bash(commands: readonly string[]): (string[] | undefined)[] {
  const script = commands.map(
    (command) => `(printf '%s\\0' begin ${command}\n) 2>/dev/null; printf 'end\\0'\n`,
  );
  const { stdout, error } = spawnSync(
    '/bin/bash',
    ['-c', `set -f; shopt -u patsub_replacement; ${script.join('')}`],
    {
      env: { ...variables, PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  if (error) throw error;
  const results: (string[] | undefined)[] = [];
  let current: string[] | undefined;
  for (const text of stdout.split('\0').slice(0, -1)) {
    if (text === 'end') {
      results.push(current);
      current = undefined;
    } else if (current) current.push(text);
    else current = [];
  }
  return results;
}

function ours(command: string): string[] | undefined {
  try {
    const scope = Object.entries(variables).map(
      ([name, value]) => [name, { value, splittable: true }] as const,
    );
    return expandCommand(command, new Map(scope));
  } catch (thrown) {
    if (thrown instanceof SeedbedError && thrown.error === 'invalid-command') return undefined;
    throw thrown;
  }
}

function disagreements(commands: readonly string[]) {
  const expected = bash(commands);
  return commands
    .map((command, index) => ({ command, bash: expected[index], ours: ours(command) }))
    .filter(({ bash, ours }) => JSON.stringify(bash) !== JSON.stringify(ours));
}

/** One command on each line. */
const cases = readFileSync(new URL('command-bash.cases.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .concat(['"a\nb" c', 'a\\\nb', '"a\\\nb"']);

/** Deterministic: mulberry32. */
function generator(seed: number) {
  let state = seed;
  const next = (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const pick = <Item>(items: readonly Item[]): Item => items[next(items.length)]!;
  return { next, pick };
}

/** Random commands of everything that is meant to agree with Bash. */
function randomCommand({ next, pick }: ReturnType<typeof generator>): string {
  const many = (most: number, make: () => string) => Array.from({ length: 1 + next(most) }, make).join('');
  const names = [...Object.keys(variables), 'NONE', 'NADA'];
  const plain = () => pick(['a', 'b', 'c', '-d', '=', '.', ',', 'é', 'x1', '_', '+', ':']);
  const quoted = () =>
    pick([`'a b'`, `''`, String.raw`'\$V'`, '\\ ', '\\$', '\\"', String.raw`$'\t'`, `$'a\\'b'`]);
  const doubled = (depth: number): string =>
    `"${many(3, () => (next(2) ? pick(['a', ' ', '  b', '\\"', '\\$', '\\\\', '\\a', 'é']) : parameter(depth - 1, true)))}"`;
  const operand = (depth: number, inDouble: boolean) =>
    next(6) === 0
      ? ''
      : many(3, () =>
          pick([
            plain,
            plain,
            () => pick([' ', ' b', '\\}', '\\$']),
            // Bash itself drops the word in "${N:-"$V"x}".
            () => (inDouble ? 'c' : pick([quoted(), doubled(depth - 1)])),
            () => (depth > 0 ? parameter(depth - 1, inDouble) : 'z'),
          ])(),
        );
  // No quoted `*`: Bash 5.2 misses a prefix that ends in one (V='a*b'; ${V/#*'*'/x}).
  const pattern = (depth: number) =>
    many(3, () =>
      pick([
        () => pick(['a', 'b', 'c', 'ab', 'x', 'ü']),
        () => pick(['*', '?', '[ab]', '[!a]', '[a-c]', '[b', '\\?', "'?'", '" "', '[[:space:]]']),
        () => (depth > 0 && next(3) === 0 ? '$P' : 'b'),
      ])(),
    );
  const parameter = (depth: number, inDouble = false): string => {
    const name = pick(names);
    if (depth <= 0) return next(2) ? `\${${name}}` : `\${${name}:-d}`;
    const offset = () => pick(['0', '1', '2', ' -1', ' -2', '(-3)', '7', '$N_1', '']);
    return pick([
      () => `\${${name}}`,
      () => `\${#${name}}`,
      () => `\${${name}${pick(['-', ':-', '+', ':+', '=', ':=', ':?'])}${operand(depth, inDouble)}}`,
      () => `\${${name}:${pick(['0', '1', ' -1', ' -2', '(-3)', '$N_1'])}${next(2) ? `:${offset()}` : ''}}`,
      () => `\${${name}${pick(['#', '##', '%', '%%'])}${pattern(depth)}}`,
      () => `\${${name}${pick(['/', '//', '/#', '/%'])}${pattern(depth)}/${operand(depth, false)}}`,
      () => `\${${name}${pick(['/#', '/%'])}/${operand(depth, false)}}`,
      () => `\${${name}${pick(['^', '^^', ',', ',,'])}${next(3) === 0 ? pattern(0) : ''}}`,
    ])();
  };
  const word = () =>
    many(3, () => pick([plain, quoted, () => doubled(2), () => parameter(2), () => `$${pick(names)}`])());
  return Array.from({ length: 1 + next(3) }, word).join(' ');
}

describe('expandCommand, compared with bash', () => {
  it('has a table of cases worth the name, and Bash accepts nearly all of them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(bash(cases).filter((result) => result === undefined).length).toBeLessThan(12);
  });

  it('makes the same arguments of every command of the table', () => {
    expect(disagreements(cases)).toEqual([]);
  });

  it.each([1, 2, 3])('makes the same arguments of 400 random commands (seed %d)', (seed) => {
    const source = generator(seed);
    const commands = Array.from({ length: 400 }, () => randomCommand(source));
    expect(disagreements(commands)).toEqual([]);
  });
});
