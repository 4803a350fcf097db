import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { roleOption, type RoleOption } from '../users/options.ts';

export interface TokensOptions {
  readonly create?: string;
  readonly user?: string;
  readonly role?: RoleOption;
  readonly days?: string;
  readonly revoke?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed tokens`. */
export function tokensCommand(): Command {
  return new Command('tokens')
    .description('List tokens of the service, make and revoke them.')
    .option('--create <NAME>', 'make a token and print it; it is never shown again')
    .option('--user <USER>', 'with --create: whose it is (default: of whoever asks)')
    .addOption(roleOption('with --create: what it may at most (default: all that its user may)'))
    .option('--days <N>', 'with --create: how long it lasts (default: for ever)')
    .option('--revoke <ID>', 'take this token no more')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Administrators see and make the tokens of all users, others those of their own.

Exit codes: 0 listed, 2 refused, 3 no service answers (SEED_URL).

Example:
  seed tokens --create nightly --user jane --role operator --days 90`,
    );
}
