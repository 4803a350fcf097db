import type { FromSchema } from 'json-schema-to-ts';
import { makeValidator } from './validator.ts';

const check = {
  title: 'Check',
  description: 'One thing that was looked at.',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'status', 'found', 'advice'],
  properties: {
    name: { type: 'string', pattern: '^[a-z][a-z-]*$', description: 'What was looked at, e.g. `engine`.' },
    status: {
      type: 'string',
      enum: ['ok', 'warning', 'failure'],
      description:
        '`failure`: it would stop a job. `warning`: it is unwise or costs something, or could not be looked at.',
    },
    found: { type: 'string', description: 'What was found, in words; without secrets.' },
    advice: {
      type: ['string', 'null'],
      description: 'What to do about it; null where nothing is to be done.',
    },
  },
} as const;

/** What `seed doctor --format json` prints. */
export const doctorSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:doctor',
  title: 'Diagnosis',
  description: 'What is right and wrong with an installation.',
  type: 'object',
  additionalProperties: false,
  required: ['is_well', 'checks'],
  properties: {
    is_well: { type: 'boolean', description: 'True when nothing would stop a job; warnings do not count.' },
    checks: { type: 'array', items: check, description: 'What was looked at, one by one.' },
  },
} as const;

/** See `doctorSchema` for each member. */
export type DoctorDocument = Readonly<FromSchema<typeof doctorSchema>>;

export type DoctorCheck = Readonly<FromSchema<typeof check>>;

export const doctorValidator = makeValidator<DoctorDocument>(doctorSchema, 'the diagnosis');
