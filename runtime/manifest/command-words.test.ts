import { describe, expect, it } from '@jest/globals';
import { readCommand } from './command-words.ts';

const read = (command: string): unknown =>
  readCommand(command).words.map(({ literal, references }) => [
    literal,
    ...references.map(({ name }) => name),
  ]);

describe('readCommand', () => {
  it.each([
    ['', []],
    ['  a  b\tc\n', [['a'], ['b'], ['c']]],
    ['a"b c"\'d e\'\\ f', [['ab cd e f']]],
    ['""', [['']]],
    ['$A${B}x"$C"', [['x', 'A', 'B', 'C']]],
    ["'$A' \\$B", [['$A'], ['$B']]],
    ['$ $1 $$ a$', [['$'], ['$1'], ['$$'], ['a$']]],
    ['${A/#/-d } b', [['', 'A'], ['b']]],
    ['${A:-${B} c} d', [['', 'A', 'B'], ['d']]],
    ['"it\'s $A"', [["it's ", 'A']]],
    [
      '$A-b ${A-b}',
      [
        ['-b', 'A'],
        ['', 'A'],
      ],
    ],
  ])('%j', (command, words) => {
    expect(read(command)).toEqual(words);
    expect(readCommand(command).problem).toBeUndefined();
  });

  it.each(['${A', '"a', "'a", '"${A', '${A:-${B}'])('%j cannot be expanded', (command) => {
    expect(readCommand(command).problem).toContain('is not closed');
  });

  it('reads a megabyte of nested braces in linear time and without overflowing the stack', () => {
    const command = '${A:-'.repeat(100_000) + '}'.repeat(100_000);
    expect(readCommand(command).words[0]?.references).toHaveLength(21);
  });
});
