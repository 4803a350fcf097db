import { describe, expect, it } from '@jest/globals';
import { respell } from '../spelling/respell.ts';
import { batchCommand, type BatchOptions, jobsAtOnce } from './options.ts';

function read(...args: string[]): BatchOptions {
  const command = batchCommand();
  return command.parse(respell(command, args), { from: 'user' }).opts<BatchOptions>();
}

describe('the options of seed batch', () => {
  it('are those of seed-cli, in its spelling', () => {
    expect(
      read(
        '-in',
        'i',
        '-d',
        'dir',
        '-b=f.csv',
        '-e',
        'A=1',
        '-setting',
        'B=2',
        '-m',
        'M=/x',
        '-o',
        'out',
        '-s',
        'f',
        '-rm',
      ),
    ).toMatchObject({
      ...{ imageName: 'i', directory: 'dir', batch: 'f.csv', setting: ['A=1', 'B=2'], mount: ['M=/x'] },
      ...{ outDir: 'out', schema: 'f', rm: true },
    });
  });

  it('say how many jobs run at once', () => {
    expect([jobsAtOnce(read()), jobsAtOnce(read('--jobs', '4'))]).toEqual([undefined, 4]);
  });

  it.each([[['--jobs', '0']], [['--jobs', '1.5']], [['--jobs', '']], [['--retry-failed']]])(
    '%j is refused',
    (args) => {
      expect(() => jobsAtOnce(read(...args))).toThrow(/--jobs takes a whole number|add --resume/);
    },
  );
});
