import { createHash } from 'node:crypto';
import { type Database, family, lockKeys, type Queries } from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { createToken } from './api-tokens.ts';
import { verifyPassword } from './passwords.ts';
import type { Principal } from './principal.ts';
import type { Role } from './role.ts';

/** Failures in a quarter of an hour, after which no further login is tried: for one name, and from one address. */
const mostFailures = { name: 10, address: 50 };
const window = `interval '15 minutes'`;
/** How long a login lasts, and how many a user may have; the oldest goes first. */
const loginDays = 30;
const mostLogins = 50;

export interface Credentials {
  readonly name: string;
  readonly password: string;
  /** Where the request comes from. */
  readonly address: string;
}

export interface LoggedIn {
  readonly token: string;
  readonly principal: Principal;
}

/**
 * Makes a token for whoever knows a user's password. Unknown names take as long, and count as much, as known ones.
 * @returns undefined for a wrong name or password
 * @throws login-limited
 */
export async function logIn(db: Database, credentials: Credentials): Promise<LoggedIn | undefined> {
  const { name, password, address } = credentials;
  const attempt = await beginAttempt(db, name, address);
  const [user] = await db.query<{ id: number; name: string; role: Role; password: string | null }>(
    'select id, name, role, case when is_active then password end as password from users where lower(name) = lower($1)',
    [name],
  );
  if (!(await verifyPassword(password, user?.password ?? null)) || !user) {
    await db.execute(`update login_attempt set outcome = 'failed' where id = $1`, [attempt]);
    return undefined;
  }
  return db.transaction(async (tx) => {
    await forgive(tx, attempt);
    const { token, row } = await createToken(tx, {
      userId: user.id,
      name: 'login',
      role: user.role,
      expires: new Date(Date.now() + loginDays * 86_400_000).toISOString(),
      isLogin: true,
    });
    await tx.execute('update users set last_login = now() where id = $1', [user.id]);
    await tx.execute(
      `delete from api_token where is_login and user_id = $1 and id not in (
         select id from api_token where is_login and user_id = $1 order by id desc limit $2)`,
      [user.id, mostLogins],
    );
    const principal = { actor: user.name, role: user.role, userId: user.id, tokenId: row.id };
    return { token, principal };
  });
}

/** Counts before it is judged, one after the other: of many at once, here and in other services, no more are judged than may be. */
async function beginAttempt(db: Database, name: string, address: string): Promise<number> {
  const digest = createHash('sha256').update(name.toLowerCase()).digest();
  const { id, seconds } = await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1, $2)', [family, lockKeys.countingLogins]);
    const [limit] = await tx.query<{ seconds: number | null }>(
      `select ceil(extract(epoch from greatest(
         ${failure('name_digest = $1', mostFailures.name)}, ${failure('address = $2', mostFailures.address)}
       ) + ${window} - now()))::integer as seconds`,
      [digest, address],
    );
    const [attempt] = await tx.query<{ id: number }>(
      'insert into login_attempt (name_digest, address, outcome) values ($1, $2, $3) returning id',
      [digest, address, limit!.seconds === null ? 'pending' : 'limited'],
    );
    return { id: attempt!.id, seconds: limit!.seconds };
  });
  if (seconds !== null) throw new SeedbedError('login-limited', { seconds: Math.max(1, seconds) });
  return id;
}

/** When the one happened whose end of the window makes room for another; null where there is room. */
function failure(condition: string, most: number): string {
  return `(select at from login_attempt
    where ${condition} and at > now() - ${window} and outcome in ('pending', 'failed')
    order by at desc limit 1 offset ${most - 1})`;
}

/** Whoever mistyped and then got it right starts anew. */
async function forgive(tx: Queries, attempt: number): Promise<void> {
  await tx.execute(
    `update login_attempt other set outcome = case when other.id = mine.id then 'succeeded' else 'forgiven' end
     from login_attempt mine
     where mine.id = $1 and other.name_digest = mine.name_digest and other.address = mine.address
       and (other.id = mine.id or other.outcome = 'failed')`,
    [attempt],
  );
}
