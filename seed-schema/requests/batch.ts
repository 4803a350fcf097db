import type { ForcedNodes } from '../recipe/definition.ts';
import { forcedNodesSchema } from '../recipe/forced-nodes.ts';
import { makeValidator } from '../validator.ts';
import { shown } from './shown.ts';

const id = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, 'x-allowed': 'an id' } as const;
const { title, description, type, additionalProperties, required, properties } = forcedNodesSchema;
const itself = { $ref: '#/definitions/forced_nodes' } as const;
const version = { type: 'string', description: 'Of the document, as Scale writes it; not read.' } as const;

const definitions = {
  forced_nodes: {
    ...{ title, description, type, additionalProperties, required },
    properties: { ...properties, sub_recipes: { ...properties.sub_recipes, additionalProperties: itself } },
  },
} as const;

const definition = {
  type: 'object',
  additionalProperties: false,
  'x-allowed': 'a batch definition',
  description: 'Of what the recipes or jobs are made: one of dataset, previous_batch and tasks.',
  properties: {
    version,
    dataset: { ...id, description: 'A dataset, of each of whose members one is made.' },
    previous_batch: {
      type: 'object',
      additionalProperties: false,
      required: ['root_batch_id'],
      description:
        'Re-processes the recipes, or runs the jobs again, of the last batch that has this one as its first.',
      properties: {
        root_batch_id: { ...id, description: 'The first batch of the chain.' },
        forced_nodes: {
          ...itself,
          description: 'Nodes of recipes that run again although nothing has changed.',
        },
      },
    },
    tasks: {
      type: 'boolean',
      description: 'true: it takes tasks until it is finalized; none of them is begun before.',
    },
    project: {
      type: 'string',
      minLength: 1,
      maxLength: 250,
      'x-allowed': 'a text of at most 250 characters',
      description:
        'With what the commands begin the unique ids that they generate for its tasks; kept for them.',
    },
    supersedes: {
      type: 'boolean',
      description:
        'Whether recipes and jobs supersede those that they are made of; default true. false: they are new ones.',
    },
    forced_nodes: { ...itself, description: 'As in previous_batch, which comes first.' },
  },
} as const;

const configuration = {
  type: 'object',
  additionalProperties: false,
  'x-allowed': 'a batch configuration',
  description: 'How all of it is run.',
  properties: {
    version,
    priority: {
      type: 'integer',
      minimum: 1,
      maximum: 2_147_483_647,
      'x-allowed': 'a whole number, 1 or more',
      description: 'Of all its jobs, over what nodes and job types say; lower ones come first.',
    },
    reuse: {
      type: 'boolean',
      description:
        'Whether its jobs take what an earlier execution of the same identity made; default: as each says.',
    },
    inputMap: {
      type: 'array',
      maxItems: 1000,
      description: 'Which parameter of the dataset an input is given; default: the one of its name.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['input', 'datasetParameter'],
        properties: { input: { type: 'string' }, datasetParameter: { type: 'string' } },
      },
    },
  },
} as const;

const judged = {
  recipe_type_id: { ...id, description: 'What is run; its newest revision.' },
  revision_num: {
    type: 'integer',
    minimum: 1,
    maximum: 2_147_483_647,
    'x-allowed': 'the number of a revision',
    description: 'Of a batch of tasks: which revision of the recipe type, in place of the newest.',
  },
  job_type_id: { ...id, description: 'What is run, instead: single jobs.' },
  definition,
  configuration,
} as const;

/** Body of `POST batches/`. */
export const batchPostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:batch-post',
  title: 'New batch',
  description: 'What is to be run many times.',
  type: 'object',
  additionalProperties: false,
  required: ['definition'],
  properties: {
    name: {
      type: ['string', 'null'],
      minLength: 1,
      maxLength: 250,
      pattern: '^(?![0-9]+$)[^\\u0000-\\u001f]+$',
      'x-allowed': 'a text of at most 250 characters that is no number',
      description: 'By which tasks and commands name it; no two batches have the same.',
    },
    ...shown,
    ...judged,
  },
  definitions,
} as const;

/** Body of `POST batches/validation/`; what clients would post. */
export const batchValidationSchema = {
  ...batchPostSchema,
  $id: 'urn:seedbed:batch-validation-post',
  title: 'Batch to be judged',
} as const;

/** Body of `PATCH batches/{id}/`. */
export const batchPatchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:batch-patch',
  title: 'Change of a batch',
  description: 'What changes a batch; members that are left out stay as they are.',
  type: 'object',
  additionalProperties: false,
  properties: { ...shown, configuration },
} as const;

/** Scale's `definition` of a batch, with `tasks`. */
export interface BatchDefinition {
  readonly dataset?: number;
  readonly previous_batch?: { readonly root_batch_id: number; readonly forced_nodes?: ForcedNodes };
  readonly tasks?: boolean;
  /** With what unique ids of tasks begin that commands generate. */
  readonly project?: string;
  readonly supersedes?: boolean;
  readonly forced_nodes?: ForcedNodes;
}

/** Scale's `configuration` of a batch. */
export interface BatchConfiguration {
  readonly priority?: number;
  readonly reuse?: boolean;
  readonly inputMap?: readonly { readonly input: string; readonly datasetParameter: string }[];
}

export interface BatchPost {
  readonly name?: string | null;
  readonly title?: string | null;
  readonly description?: string | null;
  readonly recipe_type_id?: number;
  /** Of the recipe type. */
  readonly revision_num?: number;
  readonly job_type_id?: number;
  readonly definition: BatchDefinition;
  readonly configuration?: BatchConfiguration;
}

export interface BatchPatch {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly configuration?: BatchConfiguration;
}

export const batchPostValidator = makeValidator<BatchPost>(batchPostSchema, 'the batch');
export const batchToJudgeValidator = makeValidator<BatchPost>(batchValidationSchema, 'the batch');
export const batchPatchValidator = makeValidator<BatchPatch>(batchPatchSchema, 'the change');
