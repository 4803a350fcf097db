import type { FromSchema } from 'json-schema-to-ts';
import { makeValidator } from './validator.ts';
import { warningSchema } from './warning.ts';

const mount = {
  type: 'object',
  additionalProperties: false,
  required: ['source', 'target', 'mode', 'name'],
  properties: {
    source: { type: 'string', description: 'Absolute path on this machine.' },
    target: { type: 'string', description: 'Absolute path in the container.' },
    mode: { type: 'string', enum: ['ro', 'rw'] },
    name: { type: 'string', description: 'The input or mount of the manifest that this is.' },
  },
} as const;

const amount = { type: ['number', 'null'] } as const;

const limits = {
  type: 'object',
  additionalProperties: false,
  required: ['cpus', 'mem', 'sharedMem', 'pids', 'gpus'],
  properties: {
    cpus: { type: 'number', description: 'CPU cores.' },
    mem: { type: 'number', description: 'MiB, without swap.' },
    sharedMem: { ...amount, description: "MiB of /dev/shm; null for the engine's default." },
    pids: { type: 'integer', description: 'Processes and threads.' },
    gpus: { ...amount, description: 'Whole GPUs; null for none.' },
  },
} as const;

/** What `seed-run --dry-run --format json` prints: the container that would be launched. */
export const planSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:plan',
  title: 'Plan',
  description: 'What would be launched, fully decided.',
  type: 'object',
  additionalProperties: false,
  required: [
    'status',
    'image',
    'argv',
    'environment',
    'mounts',
    'limits',
    'resources',
    'network',
    'timeout',
    'output_directory',
    'warnings',
  ],
  properties: {
    status: { type: 'string', const: 'planned' },
    image: { type: 'string', description: 'Image reference.' },
    argv: {
      type: ['array', 'null'],
      items: { type: 'string' },
      description: "Arguments in place of the image's CMD, secrets as ******; null: the image's own.",
    },
    environment: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: "Variables beside the image's own; the values of secret settings are ******.",
    },
    mounts: { type: 'array', items: mount, description: 'What the container sees of this machine.' },
    limits: { ...limits, description: 'What the engine enforces.' },
    resources: {
      type: 'object',
      additionalProperties: { type: 'number' },
      description: 'What the job is allotted, by name: cores for cpus, MiB for mem, disk and sharedMem.',
    },
    network: { type: 'string', description: 'Container network; `none` by default.' },
    timeout: { type: ['integer', 'null'], description: 'Seconds; null for no limit.' },
    output_directory: { type: 'string', description: 'Absolute path of the directory for the outputs.' },
    warnings: { type: 'array', items: warningSchema, description: 'What is unwise or unexpected.' },
  },
} as const;

/** See `planSchema` for each member. */
export type PlanDocument = FromSchema<typeof planSchema>;

export const planValidator = makeValidator<PlanDocument>(planSchema, 'the plan');
