import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface NodesOptions {
  readonly pause?: string;
  readonly resume?: string;
  readonly reason?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed nodes`. */
export function nodesCommand(): Command {
  return new Command('nodes')
    .description('List the nodes of the service: their state, what they have, and what is wrong with them.')
    .option('--pause <NAME>', 'start no more jobs on this node; those that run go on')
    .option('--reason <TEXT>', 'why it is paused')
    .option('--resume <NAME>', 'start jobs on this node again')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 listed, 2 there is no such node, 3 no service answers (SEED_URL).\n\nExample:\n  seed nodes',
    );
}
