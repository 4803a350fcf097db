import type { Command } from 'commander';
import type { RegistryLogin } from '../engine/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { spelt } from './spelling/old-words.ts';
import { firstLine } from './first-line.ts';

/** How a registry is named and entered. */
export interface RegistryOptions extends LoginOptions {
  readonly registry?: string;
  readonly org?: string;
}

export interface LoginOptions {
  readonly user?: string;
  readonly password?: string;
  readonly passwordStdin?: boolean;
}

/** The path that `-O` gives; undefined without one. Scripts of seed-cli give an empty one for none. Pure. */
export function organisation(org: string | undefined): string | undefined {
  return org?.replace(/^\/+|\/+$/g, '') || undefined;
}

/** `-r`, `-O` and the login. */
export function withRegistryOptions(command: Command, what: string): Command {
  return withLoginOptions(
    command
      .addOption(spelt('-r, --registry <HOST>', what))
      .addOption(spelt('-O, --org <NAME>', 'organisation or path below the registry', 'o')),
  );
}

/** `-u`, `-p` and `--password-stdin`. */
export function withLoginOptions(command: Command): Command {
  return command
    .option('-u, --user <NAME>', 'user of the registry (default: as `docker login` stored it)')
    .option('-p, --password <PASSWORD>', 'password; others on this machine can see it')
    .option('--password-stdin', 'read the password from standard input');
}

/** The login that the command line gives, if any; scripts of seed-cli give an empty one for none. @throws invalid-usage */
export async function givenLogin(options: LoginOptions): Promise<RegistryLogin | undefined> {
  const { passwordStdin } = options;
  const user = options.user || undefined;
  const password = user === undefined ? options.password || undefined : options.password;
  const refuse = (problem: string) => new SeedbedError('invalid-usage', { problem });
  if (password !== undefined && passwordStdin) throw refuse('-p and --password-stdin contradict each other');
  if (user === undefined && (password !== undefined || passwordStdin))
    throw refuse('A password needs -u NAME');
  if (user === undefined) return undefined;
  const given = passwordStdin ? await firstLine(process.stdin) : password;
  if (given === undefined) throw refuse(`-u ${user} needs a password: -p PASSWORD or --password-stdin`);
  return { username: user, password: given };
}
