import type { FromSchema } from 'json-schema-to-ts';

const hostMount = {
  title: 'Host mount',
  type: 'object',
  additionalProperties: false,
  required: ['type', 'host_path'],
  properties: {
    type: { type: 'string', const: 'host' },
    host_path: {
      type: 'string',
      'x-allowed': 'an absolute path of the host',
      description: 'Absolute path of the host, below one of SEED_HOST_ROOTS.',
    },
  },
} as const;

const volumeMount = {
  title: 'Volume mount',
  type: 'object',
  additionalProperties: false,
  required: ['type'],
  properties: {
    type: { type: 'string', const: 'volume' },
    driver: { type: 'string', description: "Volume driver; empty or left out: the engine's own, `local`." },
    driver_opts: {
      type: 'object',
      additionalProperties: { type: 'string' },
      'x-allowed': 'an object of texts',
      description: "The driver's options.",
    },
  },
} as const;

/** What a mount of the manifest is given: a path of the host, or a volume of the engine (Scale's two shapes). */
export const mountSchema = {
  title: 'Mount',
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: [hostMount, volumeMount],
  'x-allowed': '"host" or "volume"',
} as const;

export const mountSchemas = { host: hostMount, volume: volumeMount } as const;

export type HostMount = Readonly<FromSchema<typeof hostMount>>;
export type VolumeMount = Readonly<FromSchema<typeof volumeMount>>;
/** A mount as it is configured. */
export type ConfiguredMount = HostMount | VolumeMount;
