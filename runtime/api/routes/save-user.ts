import type { UserPatch } from '../../../seed-schema/index.ts';
import { changeUser, type Role, type UserChange, userById, type UserRow } from '../../auth/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Context } from '../context.ts';
import type { Call } from '../operation.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { note } from '../safety/notes.ts';

/**
 * The user of the address: anyone for an administrator, and oneself for others, to whom nobody else is there.
 * @param isChange a token that may less than its user changes nothing of that user: it could give itself the rest
 * @throws not-found; role-required
 */
export async function ownUser(
  { db }: Pick<Context, 'db'>,
  { request, principal }: Pick<Call, 'request' | 'principal'>,
  isChange = false,
): Promise<UserRow> {
  const id = idOf(request, 'id', 'user');
  if (principal.role !== 'admin' && principal.userId !== id) throw missing('user', id);
  const user = found(await userById(db, id), 'user', id);
  if (isChange && principal.role !== 'admin' && principal.role !== user.role)
    throw new SeedbedError('role-required', {
      role: user.role,
      actor: principal.actor,
      given: principal.role,
    });
  return user;
}

/** Changes the user of the address. @throws not-found, role-required, name-taken, invalid-request */
export async function saveUser(
  context: Pick<Context, 'db' | 'access'>,
  call: Pick<Call, 'request' | 'response' | 'principal'> & { readonly body: UserPatch },
): Promise<UserRow> {
  const { db, access } = context;
  const { body, principal, response } = call;
  const user = await ownUser(context, call, true);
  const change = userChange(body, user.role);
  const isPrivileged =
    (change.role !== undefined && change.role !== user.role) ||
    (change.isActive !== undefined && change.isActive !== user.is_active) ||
    (change.name !== undefined && change.name !== user.name);
  if (isPrivileged && principal.role !== 'admin')
    throw new SeedbedError('role-required', { role: 'admin', actor: principal.actor, given: principal.role });
  const changed = found(await changeUser(db, user.id, change), 'user', user.id);
  access.changed();
  note(response, { role: changed.role, is_active: changed.is_active });
  return changed;
}

/** @param current the role so far: `is_staff: false` makes an administrator a viewer, and others stay what they are */
export function userChange(body: UserPatch, current: Role | undefined): UserChange {
  return {
    name: body.username,
    password: body.password ?? undefined,
    role: roleOf(body, current),
    isActive: body.is_active,
    email: body.email,
    firstName: body.first_name,
    lastName: body.last_name,
  };
}

function roleOf({ role, is_staff, is_superuser }: UserPatch, current: Role | undefined): Role | undefined {
  const isAdmin = is_staff ?? is_superuser;
  const given = role === undefined ? isAdmin : role === 'admin';
  if ([is_staff, is_superuser].some((flag) => flag !== undefined && flag !== given))
    throw new SeedbedError('invalid-request', {
      problem: 'role, is_staff and is_superuser contradict each other: an admin is both, others are neither',
    });
  if (role !== undefined || isAdmin === undefined) return role;
  if (isAdmin) return 'admin';
  return current === 'admin' ? 'viewer' : current;
}
