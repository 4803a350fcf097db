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
    description:
      '`{version, broker: {type: "host", host_path}}`, or a broker of type `nfs` or `s3`: where its files are.',
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

const hostPath = { type: 'string', maxLength: 1000 } as const;

const configurationSchema = <Type extends string, Properties extends object>(
  type: Type,
  what: string,
  required: readonly string[],
  properties: Properties,
) =>
  ({
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:seedbed:workspace-configuration-${type === 's3' ? 'bucket' : type}`,
    title: `Configuration of a workspace: ${type}`,
    description: 'Where its files are.',
    type: 'object',
    additionalProperties: false,
    required: ['broker'],
    properties: {
      version: { type: 'string', enum: ['1.0', '6', '7'], description: 'Of this shape; default 7.' },
      broker: {
        type: 'object',
        required: ['type', ...required],
        additionalProperties: false,
        properties: { type: { type: 'string', enum: [type], description: what }, ...properties },
      },
    },
  }) as const;

/** `configuration` of a workspace that is a directory. */
export const workspaceConfigurationSchema = configurationSchema(
  'host',
  'A directory of this machine.',
  ['host_path'],
  { host_path: { ...hostPath, description: 'Its absolute path.' } },
);

/** ... that is a directory of an NFS server. */
export const nfsWorkspaceSchema = configurationSchema(
  'nfs',
  'A directory of an NFS server that is mounted on this machine.',
  ['nfs_path'],
  {
    nfs_path: {
      type: 'string',
      maxLength: 1000,
      pattern: '^[^\\s/]+:/[^\\u0000]*$',
      'x-allowed': 'server:/path',
      description: '`server:/path`.',
    },
    host_path: {
      ...hostPath,
      description: 'Where it is mounted; found among the mounts of this machine where it is left out.',
    },
  },
);

const credential = { type: 'string', minLength: 1, maxLength: 1000 } as const;

/** ... that is a bucket. */
export const s3WorkspaceSchema = configurationSchema(
  's3',
  'A bucket of S3, or of any store that speaks it.',
  ['bucket_name'],
  {
    bucket_name: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$',
      'x-allowed': 'the name of a bucket',
      description: 'The bucket.',
    },
    prefix: {
      type: 'string',
      maxLength: 900,
      description: 'A directory in the bucket; its files are those below it.',
    },
    endpoint_url: {
      type: 'string',
      maxLength: 1000,
      description: 'Of a store other than that of AWS, as `http://127.0.0.1:9000`.',
    },
    path_style: {
      type: 'boolean',
      description:
        'Whether the bucket stands in the path, not in the host name; default: where `endpoint_url` is given.',
    },
    region_name: {
      type: 'string',
      maxLength: 100,
      description: 'Default: that of the environment, else us-east-1.',
    },
    host_path: { ...hostPath, description: 'Where the bucket is mounted on this machine, if it is.' },
    credentials: {
      type: ['object', 'null'],
      'x-allowed': 'an object with access_key_id and secret_access_key, or null',
      required: ['access_key_id', 'secret_access_key'],
      additionalProperties: false,
      description:
        'Kept as secrets, and never shown. Left out: those that it has, else those of the AWS environment. null: it has none any more.',
      properties: {
        access_key_id: { ...credential, description: 'The access key.' },
        secret_access_key: { ...credential, description: 'Its secret.' },
      },
    },
  },
);

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

export interface S3Broker {
  readonly type: 's3';
  readonly bucket_name: string;
  readonly prefix?: string;
  readonly endpoint_url?: string;
  readonly path_style?: boolean;
  readonly region_name?: string;
  readonly host_path?: string;
  readonly credentials?: { readonly access_key_id: string; readonly secret_access_key: string } | null;
}

export type WorkspaceBroker =
  | { readonly type: 'host'; readonly host_path: string }
  | { readonly type: 'nfs'; readonly nfs_path: string; readonly host_path?: string }
  | S3Broker;

export interface WorkspaceConfiguration {
  readonly version?: string;
  readonly broker: WorkspaceBroker;
}

export const workspacePostValidator = makeValidator<WorkspacePost>(workspacePostSchema, 'the workspace');
export const workspacePatchValidator = makeValidator<WorkspacePatch>(workspacePatchSchema, 'the change');
const ofConfiguration = (schema: object) =>
  makeValidator<WorkspaceConfiguration>(schema, 'the configuration');

/** By the type of the broker. */
export const workspaceConfigurationValidators = {
  host: ofConfiguration(workspaceConfigurationSchema),
  nfs: ofConfiguration(nfsWorkspaceSchema),
  s3: ofConfiguration(s3WorkspaceSchema),
};
