import { makeValidator } from '../validator.ts';

const draft = 'http://json-schema.org/draft-07/schema#';

const username = {
  type: 'string',
  pattern: '^[A-Za-z0-9_.@+-]{1,150}$',
  'x-allowed': 'a name of at most 150 letters, digits and @ . + - _',
  description: 'The name, whose case does not matter.',
};
const password = {
  type: ['string', 'null'],
  writeOnly: true,
  minLength: 8,
  maxLength: 1024,
  'x-allowed': 'a password of 8 to 1024 characters',
  description: 'Never shown again; null or left out in a new user: no login by password, tokens only.',
};
const role = {
  type: 'string',
  enum: ['viewer', 'operator', 'admin'],
  description: 'viewer reads; operator runs jobs and changes job types; admin does everything.',
};
const line = (description: string) => ({
  type: 'string',
  maxLength: 254,
  'x-allowed': 'a text of at most 254 characters',
  description,
});

const userMembers = {
  username,
  password,
  role,
  is_staff: { type: 'boolean', description: "Scale's word: true is the role admin, false any other." },
  is_superuser: { type: 'boolean', description: 'The same.' },
  is_active: { type: 'boolean', description: 'false: neither the password nor any token is taken.' },
  email: line('Where people write to.'),
  first_name: line('For people.'),
  last_name: line('For people.'),
};

/** Body of `POST accounts/users/` and `PUT accounts/users/{id}/`. */
export const userSchema = {
  $schema: draft,
  $id: 'urn:seedbed:user',
  title: 'User',
  description: 'Somebody who may use the service.',
  type: 'object',
  additionalProperties: false,
  required: ['username'],
  properties: userMembers,
} as const;

/** Body of `PATCH accounts/users/{id}/`. */
export const userPatchSchema = {
  ...userSchema,
  $id: 'urn:seedbed:user-patch',
  title: 'Change of a user',
  description: 'What changes a user; members that are left out stay as they are.',
  required: [],
} as const;

export interface UserPatch {
  readonly username?: string;
  readonly password?: string | null;
  readonly role?: 'viewer' | 'operator' | 'admin';
  readonly is_staff?: boolean;
  readonly is_superuser?: boolean;
  readonly is_active?: boolean;
  readonly email?: string;
  readonly first_name?: string;
  readonly last_name?: string;
}

export interface UserPost extends UserPatch {
  readonly username: string;
}

/** Body of `POST accounts/tokens/`. */
export const tokenPostSchema = {
  $schema: draft,
  $id: 'urn:seedbed:token-post',
  title: 'Token',
  description: 'A token for programs.',
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      'x-allowed': 'a text of 1 to 100 characters',
      description: 'What it is for.',
    },
    user_id: {
      type: 'integer',
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      'x-allowed': 'the id of a user',
      description: 'Whose it is; left out: of whoever asks. For others it takes the role admin.',
    },
    role: { ...role, description: 'What it may at most; left out: all that its user may.' },
    expires: {
      type: ['string', 'null'],
      format: 'date-time',
      'x-allowed': 'a time as 2030-01-01T00:00:00Z, or null',
      description: 'From when on it is refused; null or left out: never.',
    },
  },
} as const;

export interface TokenPost {
  readonly name: string;
  readonly user_id?: number;
  readonly role?: 'viewer' | 'operator' | 'admin';
  readonly expires?: string | null;
}

/** Body of `POST /api-token-auth/`. */
export const loginSchema = {
  $schema: draft,
  $id: 'urn:seedbed:login',
  title: 'Login',
  description: 'Name and password of a user.',
  type: 'object',
  additionalProperties: true,
  required: ['username', 'password'],
  properties: {
    username: { type: 'string', minLength: 1, maxLength: 150, 'x-allowed': 'a text of 1 to 150 characters' },
    password: {
      type: 'string',
      writeOnly: true,
      minLength: 1,
      maxLength: 1024,
      'x-allowed': 'a text of 1 to 1024 characters',
    },
  },
} as const;

export interface LoginPost {
  readonly username: string;
  readonly password: string;
}

/** Body of `POST projects/`. */
export const projectSchema = {
  $schema: draft,
  $id: 'urn:seedbed:project',
  title: 'Project',
  description: 'A name under which workspaces, job types and jobs stand together.',
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: {
      type: 'string',
      pattern: '^[A-Za-z0-9_.-]{1,100}$',
      'x-allowed': 'a name of at most 100 letters, digits and . - _',
      description: 'Unique.',
    },
    title: line('For people.'),
    description: {
      type: 'string',
      maxLength: 5000,
      'x-allowed': 'a text of at most 5000 characters',
      description: 'For people.',
    },
  },
} as const;

/** Body of `PATCH projects/{id}/`. */
export const projectPatchSchema = {
  ...projectSchema,
  $id: 'urn:seedbed:project-patch',
  title: 'Change of a project',
  description: 'What changes a project; members that are left out stay as they are.',
  required: [],
} as const;

export interface ProjectPatch {
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
}

export interface ProjectPost extends ProjectPatch {
  readonly name: string;
}

export const userValidator = makeValidator<UserPost>(userSchema, 'the user');
export const userPatchValidator = makeValidator<UserPatch>(userPatchSchema, 'the change');
export const tokenPostValidator = makeValidator<TokenPost>(tokenPostSchema, 'the token');
export const loginValidator = makeValidator<LoginPost>(loginSchema, 'the login');
export const projectValidator = makeValidator<ProjectPost>(projectSchema, 'the project');
export const projectPatchValidator = makeValidator<ProjectPatch>(projectPatchSchema, 'the change');
