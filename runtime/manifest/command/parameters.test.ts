import { describe, expect, it } from '@jest/globals';
import { parametersIn } from './parameters.ts';
import { readCommand } from './read-command.ts';

const parameters = (command: string) => readCommand(command).words.flatMap((word) => [...parametersIn(word)]);

describe('parametersIn', () => {
  it('finds every variable that a command refers to, in operands too', () => {
    const command = '$A "${B:-${C#$D}}" \'$NO\' \\$NO ${E:$F:$G} ${H/$I/$J} ${K^^$L} ${#M}';
    expect(parameters(command).map(({ parameter }) => parameter.name)).toEqual([...'ABCDEFGHIJKLM']);
  });

  it('tells how each stands', () => {
    const command = '$A "${B:-${C#$D}}" x${E:-"$F"}';
    expect(parameters(command).map(({ parameter, quoted }) => [parameter.name, quoted])).toEqual([
      ['A', false],
      ['B', true],
      ['C', true],
      ['D', false],
      ['E', false],
      ['F', true],
    ]);
  });
});
