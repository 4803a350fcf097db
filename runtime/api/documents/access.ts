import { anyObject, boolean, count, id, nullable, oneOf, string, time, Type } from './schema.ts';
import { roles } from '../../auth/index.ts';

const role = oneOf(roles);

/** A user, in the shape of Scale (which is Django's), with the role here. */
export const UserDocument = Type.Object(
  {
    id: Type.Integer({ minimum: 0, description: '0: no user, but the first token of the service.' }),
    username: string,
    first_name: string,
    last_name: string,
    email: string,
    is_staff: boolean,
    is_superuser: boolean,
    is_active: boolean,
    role,
    has_password: boolean,
    last_login: nullable(time),
    date_joined: nullable(time),
  },
  { $id: 'User' },
);

const tokenMembers = {
  id,
  name: string,
  user_id: id,
  username: string,
  role,
  is_login: Type.Boolean({ description: 'Made by a login.' }),
  created: time,
  expires: nullable(time),
  last_used: nullable(time),
  revoked: nullable(time),
};

/** A token, which is not shown again. */
export const TokenDocument = Type.Object(tokenMembers, { $id: 'Token' });

/** A token, when it is made. */
export const NewTokenDocument = Type.Object(
  { ...tokenMembers, token: Type.String({ description: 'To be sent as `Authorization: Token ...`.' }) },
  { $id: 'NewToken' },
);

/** What a login gives. */
export const LoginDocument = Type.Object({ token: string }, { $id: 'Login' });

/** As Scale's clients expect it. */
export const RefusedLoginDocument = Type.Object(
  { non_field_errors: Type.Array(string), detail: string, code: string },
  { $id: 'RefusedLogin' },
);

export const ProjectDocument = Type.Object(
  { id, name: string, title: string, description: string, created: time, last_modified: time },
  { $id: 'Project' },
);

/** One request that changed something, or was not allowed. */
export const AuditDocument = Type.Object(
  {
    id,
    at: time,
    actor: string,
    role: nullable(role),
    user_id: nullable(id),
    token_id: nullable(id),
    action: Type.String({ description: 'Method and route.' }),
    entity: string,
    entity_id: nullable(string),
    request_id: string,
    address: string,
    outcome: count,
    data: anyObject,
  },
  { $id: 'AuditEntry' },
);
