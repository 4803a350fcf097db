import { createHash, randomBytes } from 'node:crypto';
import { Conditions, type Queries, type Window } from '../database/index.ts';
import type { Role } from './role.ts';

/** A token of a user, without the token itself. */
export interface TokenRow {
  readonly id: number;
  readonly name: string;
  readonly user_id: number;
  readonly username: string;
  /** What it may now: never more than its user. */
  readonly role: Role;
  readonly is_login: boolean;
  readonly created: string;
  readonly expires: string | null;
  /** To the minute. */
  readonly last_used: string | null;
  readonly revoked: string | null;
}

export interface NewToken {
  readonly userId: number;
  readonly name: string;
  readonly role: Role;
  /** ISO 8601; null: never. */
  readonly expires: string | null;
  readonly isLogin?: boolean;
}

/** So that scanners for secrets find one that was published by mistake. */
const prefix = 'seedbed_';

const columns = `t.id, t.name, t.user_id, u.name as username,
  (array['viewer', 'operator', 'admin'])[least(array_position(array['viewer', 'operator', 'admin'], t.role),
    array_position(array['viewer', 'operator', 'admin'], u.role))] as role,
  t.is_login, t.created, t.expires, t.last_used, t.revoked`;

/** @returns the row, and the token, which nobody can read again */
export async function createToken(
  db: Queries,
  { userId, name, role, expires, isLogin = false }: NewToken,
): Promise<{ readonly row: TokenRow; readonly token: string }> {
  const token = `${prefix}${randomBytes(32).toString('base64url')}`;
  const [made] = await db.query<{ id: number }>(
    `insert into api_token (user_id, name, digest, role, expires, is_login) values ($1, $2, $3, $4, $5, $6) returning id`,
    [userId, name, digestOf(token), role, expires, isLogin],
  );
  const { rows } = await listTokens(db, { id: made!.id }, { limit: 1, offset: 0 });
  return { row: rows[0]!, token };
}

/** Newest first. */
export async function listTokens(
  db: Queries,
  { id, userId }: { readonly id?: number | undefined; readonly userId?: number | undefined },
  window: Window,
): Promise<{ readonly count: number; readonly rows: readonly TokenRow[] }> {
  const conditions = new Conditions().equal('t.id', id, 'bigint').equal('t.user_id', userId, 'bigint');
  const [total] = await db.query<{ count: number }>(
    `select count(*) as count from api_token t where ${conditions.text}`,
    conditions.values,
  );
  const rows = await db.query<TokenRow>(
    `select ${columns} from api_token t join users u on u.id = t.user_id where ${conditions.text} order by t.id desc
     limit ${conditions.bind(window.limit, 'bigint')} offset ${conditions.bind(window.offset, 'bigint')}`,
    conditions.values,
  );
  return { count: total!.count, rows };
}

/** Once and for all; twice is fine. @returns whether there is such a token */
export async function revokeToken(db: Queries, id: number): Promise<boolean> {
  const changed = await db.execute(
    'update api_token set revoked = coalesce(revoked, now()) where id = $1::bigint',
    [id],
  );
  return changed > 0;
}

/** The token that a request carries, if it counts now; notes that it was used. */
export async function livingToken(db: Queries, token: string): Promise<TokenRow | undefined> {
  const [row] = await db.prepared<TokenRow & { readonly is_stale: boolean }>(
    'living-token',
    `select ${columns}, coalesce(t.last_used < now() - interval '1 minute', true) as is_stale
     from api_token t join users u on u.id = t.user_id
     where t.digest = $1 and t.revoked is null and coalesce(t.expires > now(), true) and u.is_active`,
    [digestOf(token)],
  );
  if (row?.is_stale)
    await db.execute('update api_token set last_used = now() where id = $1::bigint', [row.id]);
  return row;
}

/** What is kept of a token. */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
