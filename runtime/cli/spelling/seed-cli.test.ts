import type { Command } from 'commander';
import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { batchCommand } from '../batch/options.ts';
import { buildCommand } from '../build/options.ts';
import { initCommand } from '../init/options.ts';
import { publishCommand } from '../publish/options.ts';
import { pullCommand } from '../pull/options.ts';
import { runCommand } from '../run/options.ts';
import { searchCommand } from '../search/options.ts';
import { unpublishCommand } from '../unpublish/options.ts';
import { validateCommand } from '../validate/options.ts';
import { respell } from './respell.ts';

const registry = ['r VALUE', 'registry VALUE', 'O VALUE', 'org VALUE'];
const login = ['u VALUE', 'user VALUE', 'p VALUE', 'password VALUE'];
const bumps = ['f', 'P', 'pm', 'pp', 'J', 'jm', 'jp'];
const directory = ['d VALUE', 'directory VALUE'];
const manifest = ['M VALUE', 'manifest VALUE'];
const image = ['in VALUE', 'imageName VALUE'];
const version = ['v VALUE', 'version VALUE'];

/** Every flag of seed-cli 1.3, by command: its flag sets, and what its pages add (`-JM`, `-o` for the organisation). */
const flags: [Command, string[]][] = [
  [initCommand(), [...directory, ...version]],
  [
    buildCommand(),
    [
      ...[...directory, ...manifest, ...version, ...login, ...registry, ...bumps],
      ...['c VALUE', 'cache-from VALUE', 'D VALUE', 'dockerfile VALUE', 'w', 'warnAsErrors', 'publish', 'JM'],
    ],
  ],
  [validateCommand(), [...directory, ...version, 's VALUE', 'schema VALUE', 'w', 'warnAsErrors']],
  [
    runCommand('run'),
    [
      ...[
        ...image,
        ...manifest,
        'i VALUE',
        'inputs VALUE',
        'j VALUE',
        'json VALUE',
        'e VALUE',
        'setting VALUE',
      ],
      ...['m VALUE', 'mount VALUE', 'o VALUE', 'outDir VALUE', 'rm', 'q', 'quiet', 's VALUE', 'schema VALUE'],
      ...['rep VALUE', 'repetitions VALUE'],
    ],
  ],
  [
    batchCommand(),
    [
      ...[
        ...directory,
        ...image,
        ...manifest,
        'b VALUE',
        'batch VALUE',
        'e VALUE',
        'setting VALUE',
        'm VALUE',
      ],
      ...['mount VALUE', 'o VALUE', 'outDir VALUE', 'rm', 's VALUE', 'schema VALUE'],
    ],
  ],
  [searchCommand(), [...registry, ...login, 'o VALUE', 'f VALUE', 'filter VALUE']],
  [publishCommand(), [...registry, ...image, ...manifest, ...directory, ...bumps, ...login, 'o VALUE']],
  [unpublishCommand(), [...image, ...manifest, ...registry, ...login]],
  [pullCommand(), [...image, ...registry, ...login]],
];

/** What seed-cli takes for "not given", or skips; its scripts give it with a variable that is empty. */
const nothings: [Command, string[]][] = [
  [buildCommand(), ['-M=', '-M=.', '-D=', '-D=.', '-d=', '-c=']],
  [runCommand('run'), ['-in=', '-M=', '-M=.', '-o=', '-e=', '-i=', '-j=', '-m=', '-s=']],
  [batchCommand(), ['-in=', '-M=', '-M=.', '-d=', '-b=', '-o=', '-e=', '-m=', '-s=']],
  [validateCommand(), ['-d=', '-s=']],
  [publishCommand(), ['-in=', '-M=', '-M=.', '-d=']],
  [unpublishCommand(), ['-in=', '-M=', '-M=.']],
  [pullCommand(), ['-in=']],
];

it.each(nothings.map(([command, args]) => [command.name(), command, args] as const))(
  'seed %s takes an empty value for none, as seed-cli does',
  (_, command, args) => {
    expect(args.flatMap((arg) => respell(command, [arg]))).toEqual([]);
  },
);

const page = await readFile(path.join(import.meta.dirname, '../../../docs/coming-from-seed-cli.md'), 'utf8');

describe.each(flags.map(([command, list]) => [command.name(), command, list] as const))(
  'seed %s',
  (_, command, list) => {
    it.each(list)('takes -%s', (flag) => {
      const [name = '', value] = flag.split(' ');
      const long = (args: string[]) => respell(command, args)[0]!;
      const option = command.options.find((one) => one.long === long([`-${name}`]).split('=')[0]);
      expect(option?.required).toBe(value !== undefined);
      if (value === undefined) return;
      for (const args of [[`-${name}`, 'X'], [`-${name}=X`], [`--${name}`, 'X']])
        expect(long(args)).toBe(`${option!.long}=X`);
    });

    it('is explained to those who come from there, flag by flag', () => {
      expect(
        list.map((flag) => `-${flag.split(' ')[0]!}`).filter((flag) => !page.includes(`\`${flag}\``)),
      ).toEqual([]);
    });
  },
);
