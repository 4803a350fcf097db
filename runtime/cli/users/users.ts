import type { Client, Page, ServiceUser } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { firstLine } from '../first-line.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { moment } from '../service/words.ts';
import { table } from '../table.ts';
import type { UsersOptions } from './options.ts';

/** `seed users`: does what is asked for, and lists all. @returns 0 */
export async function users(options: UsersOptions): Promise<0> {
  const { add, change, disable, enable, remove, role, passwordStdin, format } = options;
  if ((role !== undefined || passwordStdin) && add === undefined && change === undefined)
    throw refuse('--role and --password-stdin are for --add and --change');
  const password = passwordStdin ? await givenPassword() : undefined;
  const given = { ...(role !== undefined && { role }), ...(password !== undefined && { password }) };
  if (change !== undefined && Object.keys(given).length === 0)
    throw refuse('--change takes --role or --password-stdin');
  const client = await openClient();
  if (add !== undefined) await client.addUser({ username: add, ...given });
  if (change !== undefined) await client.changeUser(await idOf(client, change), given);
  if (disable !== undefined) await client.changeUser(await idOf(client, disable), { is_active: false });
  if (enable !== undefined) await client.changeUser(await idOf(client, enable), { is_active: true });
  if (remove !== undefined) await client.removeUser(await idOf(client, remove));
  const page = await client.users();
  await print(format, page, () => asText(page));
  return 0;
}

/** @throws unknown-name */
export async function idOf(client: Client, name: string): Promise<number> {
  const { results } = await client.users();
  const user = results.find(({ username }) => username.toLowerCase() === name.toLowerCase());
  if (user) return user.id;
  const known = results.map(({ username }) => username).join(', ') || 'none';
  throw new SeedbedError('unknown-name', { kind: 'user', name, known });
}

async function givenPassword(): Promise<string> {
  const password = await firstLine(process.stdin);
  if (password) return password;
  throw refuse('--password-stdin found no password on standard input');
}

function refuse(problem: string): SeedbedError {
  return new SeedbedError('invalid-usage', { problem });
}

function asText({ results }: Page<ServiceUser>): string {
  if (results.length === 0) return 'There are no users; `seed users --add NAME` makes one.\n';
  const rows = results.map((user) => [
    user.username,
    user.role,
    user.is_active ? 'active' : 'disabled',
    user.has_password ? 'yes' : 'no',
    moment(user.last_login),
  ]);
  return table([['USER', 'ROLE', 'STATE', 'PASSWORD', 'LAST LOGIN'], ...rows]);
}
