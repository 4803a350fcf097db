import type { FromSchema } from 'json-schema-to-ts';

/** Where the files of a job's outputs go. */
export const outputWorkspacesSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    default: {
      type: 'string',
      description: 'Workspace of every output that `outputs` does not name; empty or left out: `seedbed`.',
    },
    outputs: {
      type: 'object',
      additionalProperties: { type: 'string' },
      'x-allowed': 'an object of names of workspaces by output',
      description: 'Workspaces by name of file output.',
    },
  },
  description: 'Where the files of the outputs go.',
} as const;

/** When a failed execution is followed by another. */
export const retrySchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    max_tries: {
      type: 'integer',
      minimum: 1,
      maximum: 100,
      'x-allowed': 'a whole number from 1 to 100',
      description: 'Executions at most, the first included; 3 when left out. 1: no retries.',
    },
    errors: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      'x-allowed': 'an array of names of errors, or ["*"]',
      description:
        'Errors that are retried besides those of the system: names of the manifest or of docs/errors.md, or `*` for all.',
    },
    memory_factor: {
      type: 'number',
      exclusiveMinimum: 1,
      maximum: 16,
      'x-allowed': 'a number above 1, up to 16',
      description: 'A job that ran out of memory is retried with so many times the memory.',
    },
  },
  description: 'When a failed execution is followed by another one.',
} as const;

const amount = { type: 'number', minimum: 0 } as const;

/** Amounts in place of the manifest's. */
export const resourcesSchema = {
  type: 'object',
  additionalProperties: { ...amount, 'x-allowed': 'a number, 0 or more' },
  properties: {
    cpus: { ...amount, description: 'CPU cores.' },
    mem: { ...amount, description: 'Memory, MiB.' },
    disk: { ...amount, description: 'Disk, MiB.' },
    sharedMem: { ...amount, description: 'MiB of /dev/shm.' },
    gpus: { type: 'integer', minimum: 0, description: 'Whole GPUs.' },
  },
  description: "Amounts in place of the manifest's; other names are custom resources of the manifest.",
} as const;

export type RetryConfiguration = Readonly<FromSchema<typeof retrySchema>>;
