import { makeValidator } from '../validator.ts';

const shown = {
  title: { type: 'string', maxLength: 250, description: 'For people.' },
  description: {
    type: ['string', 'null'],
    maxLength: 5000,
    'x-allowed': 'a text, or null',
    description: 'For people.',
  },
  base_url: {
    type: ['string', 'null'],
    maxLength: 1000,
    'x-allowed': 'an address, or null',
    description: 'Where others reach its files: the addresses of files begin with it.',
  },
  is_active: { type: 'boolean', description: 'false: nothing new is written there.' },
  configuration: {
    type: 'object',
    'x-allowed': 'an object with version and broker',
    description: '`{version, broker: {type: "host", host_path}}`: where its files are.',
  },
} as const;

const name = {
  type: 'string',
  minLength: 1,
  maxLength: 50,
  pattern: '^[^\\u0000-\\u001f/]+$',
  'x-allowed': 'a text of 1 to 50 characters without slashes',
  description: 'What configurations call it; made from the title where it is left out.',
} as const;

/** Body of `POST workspaces/` and `POST workspaces/validation/`. */
export const workspacePostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:workspace-post',
  title: 'New workspace',
  description: 'A place where files are kept.',
  type: 'object',
  additionalProperties: false,
  required: ['title', 'configuration'],
  properties: { name, ...shown },
} as const;

/** Body of `PATCH workspaces/{id}/`. */
export const workspacePatchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:workspace-patch',
  title: 'Change of a workspace',
  description: 'What changes a workspace; members that are left out stay as they are.',
  type: 'object',
  additionalProperties: false,
  properties: shown,
} as const;

/** `configuration` of a workspace. Other brokers than `host` are refused by their names, not by this schema. */
export const workspaceConfigurationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:workspace-configuration',
  title: 'Configuration of a workspace',
  description: 'Where its files are.',
  type: 'object',
  additionalProperties: false,
  required: ['broker'],
  properties: {
    version: { type: 'string', enum: ['1.0', '6', '7'], description: 'Of this shape; default 7.' },
    broker: {
      type: 'object',
      required: ['type', 'host_path'],
      additionalProperties: false,
      properties: {
        type: { type: 'string', enum: ['host'], description: 'A directory of this machine.' },
        host_path: { type: 'string', maxLength: 1000, description: 'Its absolute path.' },
      },
    },
  },
} as const;

export interface WorkspacePatch {
  readonly title?: string;
  readonly description?: string | null;
  readonly base_url?: string | null;
  readonly is_active?: boolean;
  /** Not judged yet. */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

export interface WorkspacePost extends WorkspacePatch {
  readonly name?: string;
  readonly title: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

export interface WorkspaceConfiguration {
  readonly version?: string;
  readonly broker: { readonly type: 'host'; readonly host_path: string };
}

export const workspacePostValidator = makeValidator<WorkspacePost>(workspacePostSchema, 'the workspace');
export const workspacePatchValidator = makeValidator<WorkspacePatch>(workspacePatchSchema, 'the change');
export const workspaceConfigurationValidator = makeValidator<WorkspaceConfiguration>(
  workspaceConfigurationSchema,
  'the configuration',
);
