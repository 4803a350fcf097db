import { Argument, Command } from 'commander';
import { formatOption } from '../format-option.ts';

export type DagAction = 'encode' | 'diff' | 'save' | 'load';

export interface DagOptions {
  readonly output?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed dag`. */
export function dagCommand(): Command {
  return new Command('dag')
    .description('Give tasks that depend on each other identities, which tell what has to be done again.')
    .addArgument(new Argument('<action>', 'what to do').choices(['encode', 'diff', 'save', 'load']))
    .argument(
      '<files...>',
      'descriptions of tasks in YAML or JSON, or files that were saved; - is standard input',
    )
    .option('-o, --output <FILE>', 'with save: write to this file (default: standard output)')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
  encode FILE    print the identity of what each task makes; with --format json all that it is made of
  diff OLD NEW   say what differs, and which tasks have to be run
  save FILE      write all of it down, bencoded
  load FILE      read that again, and check every identity

Exit codes: 0 done, 2 refused; diff ends with 0 also where there are differences.

Example:
  seed dag encode tasks.yaml`,
    );
}
