import {
  Conditions,
  hasCode,
  listPage,
  type ListPage,
  type Queries,
  type Window,
} from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { hashPassword } from './passwords.ts';
import { reservedNames } from './principal.ts';
import type { Role } from './role.ts';

/** Somebody with a name. */
export interface UserRow {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly is_active: boolean;
  readonly has_password: boolean;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly created: string;
  readonly last_login: string | null;
}

/** What is set of a user; undefined members stay as they are. */
export interface UserChange {
  readonly name?: string | undefined;
  readonly password?: string | undefined;
  readonly role?: Role | undefined;
  readonly isActive?: boolean | undefined;
  readonly email?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
}

const columns = `users.id, users.name, users.role, users.is_active, users.password is not null as has_password, users.email, users.first_name, users.last_name, users.created, users.last_login`;

export function listUsers(db: Queries, window: Window): Promise<ListPage<UserRow>> {
  const listing = {
    tables: 'users',
    id: 'users.id',
    conditions: new Conditions(),
    order: [{ field: 'id', descending: false }],
    fields: { id: { sql: 'users.id', type: 'bigint' } },
    columns,
    joins: 'users on users.id = page.id',
  } as const;
  return listPage<UserRow>(db, listing, window);
}

export async function userById(db: Queries, id: number): Promise<UserRow | undefined> {
  const [user] = await db.query<UserRow>(`select ${columns} from users where id = $1::bigint`, [id]);
  return user;
}

/** Without a password, a user comes in with tokens only. @throws name-taken, login-limited */
export async function createUser(
  db: Queries,
  name: string,
  { password, role = 'viewer', isActive = true, email = '', firstName = '', lastName = '' }: UserChange,
): Promise<UserRow> {
  expectFree(name);
  const hashed = password === undefined ? null : await hashPassword(password);
  const [user] = await unique(
    name,
    db.query<UserRow>(
      `insert into users (name, password, role, is_active, email, first_name, last_name)
       values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
      [name, hashed, role, isActive, email, firstName, lastName],
    ),
  );
  return user!;
}

/**
 * A new password ends every login with the old one; tokens with a name stay.
 * @returns undefined when there is no such user
 * @throws name-taken, login-limited
 */
export async function changeUser(db: Queries, id: number, change: UserChange): Promise<UserRow | undefined> {
  const { name, password, role, isActive, email, firstName, lastName } = change;
  expectFree(name);
  const hashed = password === undefined ? null : await hashPassword(password);
  const [user] = await unique(
    name ?? '',
    db.query<UserRow>(
      `with ended as (
         update api_token set revoked = now() where user_id = $1 and $3::text is not null and is_login and revoked is null
       )
       update users set name = coalesce($2, name), password = coalesce($3, password), role = coalesce($4, role),
         is_active = coalesce($5, is_active), email = coalesce($6, email), first_name = coalesce($7, first_name),
         last_name = coalesce($8, last_name), last_modified = now()
       where id = $1::bigint returning ${columns}`,
      [id, ...[name, hashed, role, isActive, email, firstName, lastName].map((value) => value ?? null)],
    ),
  );
  return user;
}

/** With all tokens. @returns whether there was one */
export async function deleteUser(db: Queries, id: number): Promise<boolean> {
  return (await db.execute('delete from users where id = $1::bigint', [id])) > 0;
}

/** What a name may not be counts as taken. */
function expectFree(name: string | undefined): void {
  if (name !== undefined && reservedNames.includes(name.toLowerCase()))
    throw new SeedbedError('name-taken', { name });
}

function unique<T>(name: string, saved: Promise<T>): Promise<T> {
  return saved.catch((thrown: unknown) => {
    throw hasCode(thrown, '23505') ? new SeedbedError('name-taken', { name }) : thrown;
  });
}
