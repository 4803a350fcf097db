/** What somebody may do: each role may all that those before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Whether a role may do what takes another one. */
export function covers(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** The one of two roles that may less. */
export function lesser(one: Role, other: Role): Role {
  return covers(one, other) ? other : one;
}
