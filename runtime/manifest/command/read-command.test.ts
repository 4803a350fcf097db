import { describe, expect, it } from '@jest/globals';
import { literalOf, parametersIn } from './parameters.ts';
import { readCommand } from './read-command.ts';

const read = (command: string): unknown =>
  readCommand(command).words.map((word) => [
    literalOf(word),
    ...[...parametersIn(word)].map(({ parameter }) => parameter.name),
  ]);

describe('readCommand', () => {
  it.each([
    ['', []],
    ['  a  b\tc\n', [['a'], ['b'], ['c']]],
    ['a"b c"\'d e\'\\ f', [['ab cd e f']]],
    ['""', [['']]],
    ['$A${B}x"$C"', [['x', 'A', 'B', 'C']]],
    ["'$A' \\$B", [['$A'], ['$B']]],
    ['$ $1 $$ a$', [['$'], ['', '1'], ['$$'], ['a$']]],
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
    expect(readCommand(command).problem?.message).toContain('is never closed');
  });

  it('keeps what it read before the problem', () => {
    expect(read('$A "b $C ${D')).toEqual([
      ['', 'A'],
      ['b  ', 'C'],
    ]);
  });

  it('reads a megabyte of nested braces in linear time and without overflowing the stack', () => {
    const { problem } = readCommand('${A:-'.repeat(100_000) + '}'.repeat(100_000));
    expect(problem?.parameters).toEqual({ position: 251, problem: '${ is nested more than 50 levels deep' });
  });
});
