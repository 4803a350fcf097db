import type { Principal, UserRow } from '../../auth/index.ts';

/** A user as Scale (Django) shows it, with the role here. */
export function userDocument(user: UserRow): Record<string, unknown> {
  const { id, name, role, created, ...shown } = user;
  const isAdmin = role === 'admin';
  return {
    id,
    username: name,
    ...shown,
    role,
    is_staff: isAdmin,
    is_superuser: isAdmin,
    date_joined: created,
  };
}

/** Whoever is no user: the first token. */
export function strangerDocument({ actor, role }: Principal): Record<string, unknown> {
  return userDocument({
    id: 0,
    name: actor,
    role,
    is_active: true,
    has_password: false,
    email: '',
    first_name: '',
    last_name: '',
    created: null as never,
    last_login: null,
  });
}
