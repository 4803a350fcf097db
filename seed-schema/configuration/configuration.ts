import { makeValidator } from '../validator.ts';
import { type ConfiguredMount, mountSchema } from './mount.ts';
import { outputWorkspacesSchema, resourcesSchema, retrySchema, type RetryConfiguration } from './parts.ts';

const properties = {
  version: {
    type: 'string',
    enum: ['6', '7', '2.0'],
    description: 'Of this shape; "6", "7" and "2.0" are the same.',
  },
  mounts: {
    type: 'object',
    additionalProperties: mountSchema,
    'x-allowed': 'an object of mounts by name',
    description: 'What the mounts of the manifest are, by name: `host` or `volume`.',
  },
  output_workspaces: outputWorkspacesSchema,
  priority: {
    type: 'integer',
    minimum: 1,
    'x-allowed': 'a whole number, 1 or more',
    description: 'Lower ones go first; 100 when left out.',
  },
  settings: {
    type: 'object',
    additionalProperties: { type: ['string', 'null'], 'x-allowed': 'a text, or null for no value' },
    'x-allowed': 'an object of texts by name',
    description: 'Values of the settings of the manifest, by name; null: the job is to run without that one.',
  },
  retry: retrySchema,
  resources: resourcesSchema,
  reuse: {
    type: 'boolean',
    description: 'true: what an earlier execution of the same identity made is taken; false: it is not.',
  },
} as const;

const shape = { type: 'object', additionalProperties: false, properties } as const;

/** How the jobs of a type run: Scale's members, and `retry` and `resources` of our own. */
export const jobTypeConfigurationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:job-type-configuration',
  title: 'Job type configuration',
  description: 'How the jobs of a type run.',
  ...shape,
} as const;

/** The same for one job; what it says takes the place of what its type says, member by member, name by name. */
export const jobConfigurationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:job-configuration',
  title: 'Job configuration',
  description: 'How one job runs, where that differs from its type.',
  ...shape,
} as const;

/** See `jobTypeConfigurationSchema` for each member. Of a job type, or of one job. */
export interface Configuration {
  readonly version?: '6' | '7' | '2.0';
  readonly mounts?: Readonly<Record<string, ConfiguredMount>>;
  readonly output_workspaces?: {
    readonly default?: string;
    readonly outputs?: Readonly<Record<string, string>>;
  };
  readonly priority?: number;
  readonly settings?: Readonly<Record<string, string | null>>;
  readonly retry?: RetryConfiguration;
  /** Cores, MiB, or units of the resource. */
  readonly resources?: Readonly<Record<string, number>>;
  readonly reuse?: boolean;
}

export const jobTypeConfigurationValidator = makeValidator<Configuration>(
  jobTypeConfigurationSchema,
  'the configuration',
);

export const jobConfigurationValidator = makeValidator<Configuration>(
  jobConfigurationSchema,
  'the configuration',
);
