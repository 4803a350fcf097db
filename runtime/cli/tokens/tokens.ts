import type { Page, TokenDocument } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { moment } from '../service/words.ts';
import { table } from '../table.ts';
import { idOf } from '../users/users.ts';
import { wholeNumber } from '../whole-number.ts';
import type { TokensOptions } from './options.ts';

/** `seed tokens`: makes one and prints it alone, or revokes one where that is asked for and lists. @returns 0 */
export async function tokens(options: TokensOptions): Promise<0> {
  const { create, user, role, revoke, format } = options;
  if (create === undefined && [user, role, options.days].some((value) => value !== undefined))
    throw refuse('--user, --role and --days are for --create');
  if (create !== undefined && revoke !== undefined) throw refuse('--create and --revoke are two commands');
  const days = options.days === undefined ? undefined : wholeNumber('--days', options.days, { most: 36_500 });
  const id = revoke === undefined ? undefined : wholeNumber('--revoke', revoke);
  const client = await openClient();
  if (create !== undefined) {
    const made = await client.makeToken({
      name: create,
      ...(user !== undefined && { user_id: await idOf(client, user) }),
      ...(role !== undefined && { role }),
      ...(days !== undefined && { expires: new Date(Date.now() + days * 86_400_000).toISOString() }),
    });
    await print(format, made, () => `${made.token}\n`);
    return 0;
  }
  if (id !== undefined) await client.revokeToken(id);
  const page = await client.tokens();
  await print(format, page, () => asText(page));
  return 0;
}

function refuse(problem: string): SeedbedError {
  return new SeedbedError('invalid-usage', { problem });
}

function asText({ count, results }: Page<TokenDocument>): string {
  if (results.length === 0)
    return 'There are no tokens but the first one; `seed tokens --create NAME` makes one.\n';
  const rows = results.map((token) => [
    `${token.id}`,
    token.username,
    token.name,
    token.role,
    state(token),
    moment(token.last_used),
  ]);
  const more = count > results.length ? `${results.length} of ${count} tokens\n` : '';
  return `${table([['ID', 'USER', 'TOKEN', 'ROLE', 'STATE', 'LAST USED'], ...rows])}${more}`;
}

function state({ expires, revoked }: TokenDocument): string {
  if (revoked !== null) return 'revoked';
  if (expires === null) return 'active';
  return Date.parse(expires) <= Date.now() ? 'expired' : `until ${moment(expires)}`;
}
