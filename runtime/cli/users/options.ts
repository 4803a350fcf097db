import { Command, Option } from 'commander';
import { formatOption } from '../format-option.ts';

export type RoleOption = 'viewer' | 'operator' | 'admin';

export interface UsersOptions {
  readonly add?: string;
  readonly change?: string;
  readonly disable?: string;
  readonly enable?: string;
  readonly remove?: string;
  readonly role?: RoleOption;
  readonly passwordStdin?: boolean;
  readonly format: 'text' | 'json';
}

/** `--role`, the same for users and tokens. */
export function roleOption(what: string): Option {
  return new Option('--role <ROLE>', what).choices(['viewer', 'operator', 'admin']);
}

/** Describes `seed users`. */
export function usersCommand(): Command {
  return new Command('users')
    .description('List the users of the service, add them, change and remove them.')
    .option('--add <NAME>', 'add a user')
    .option('--change <NAME>', 'give a user another role or password')
    .option('--disable <NAME>', 'take neither the password nor the tokens of this user')
    .option('--enable <NAME>', 'take them again')
    .option('--remove <NAME>', 'remove this user, with all tokens')
    .addOption(
      roleOption(
        'with --add (default: viewer) or --change: viewer reads, operator runs jobs, admin does everything',
      ),
    )
    .option('--password-stdin', 'with --add or --change: read the password from standard input')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
A user without a password uses tokens only: \`seed tokens\`.

Exit codes: 0 listed, 2 refused, 3 no service answers (SEED_URL).

Example:
  seed users --add jane --role operator`,
    );
}
