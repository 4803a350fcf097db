import { recipeDataSchema, type RecipeDataDocument } from '../recipe/data.ts';
import type { DataInterface, InterfaceDocument } from '../recipe/index.ts';
import { dataInterfaceSchema } from '../recipe/parts.ts';
import { makeValidator } from '../validator.ts';
import { shown } from './shown.ts';

const draft07 = 'http://json-schema.org/draft-07/schema#';
const { $schema: _schema, $id: _id, ...data } = recipeDataSchema;

/** `definition` of a dataset, as Scale has it. */
export const datasetDefinitionSchema = {
  $schema: draft07,
  $id: 'urn:seedbed:dataset-definition',
  title: 'Definition of a dataset',
  description: 'Which files and values each member has, and which all of them share.',
  type: 'object',
  additionalProperties: false,
  required: ['parameters'],
  properties: {
    version: { type: 'string', description: 'Of this shape: "6" or "7", which are the same.' },
    parameters: { ...dataInterfaceSchema, description: 'What each member has.' },
    global_parameters: { ...dataInterfaceSchema, description: 'What all members share.' },
    global_data: { ...data, description: 'Files and values of the `global_parameters`.' },
  },
} as const;

const told = {
  ...shown,
  definition: {
    type: 'object',
    'x-allowed': 'an object with parameters',
    description: 'As `urn:seedbed:dataset-definition` says.',
  },
} as const;

const members = {
  data_template: {
    type: 'object',
    'x-allowed': 'an object with files and json',
    description:
      'Of a member for each file that the filters find: `{"files": {"SCENE": "FILE_VALUE"}, "json": {}}`; `FILE_VALUE` is the file.',
  },
  dry_run: { type: 'boolean', default: false, description: 'true: nothing is kept.' },
} as const;

const dataOf = { type: 'object', 'x-allowed': 'an object with files and json' } as const;

/** Filters of files, by the names that they have at `files/`; read as the query of an address is. */
const filterValue = {
  type: ['string', 'number', 'boolean', 'array'],
  items: { type: ['string', 'number', 'boolean'] },
  'x-allowed': 'a value of a filter of files, or an array of them',
} as const;

/** Body of `POST datasets/`. */
export const datasetPostSchema = {
  $schema: draft07,
  $id: 'urn:seedbed:dataset-post',
  title: 'New dataset',
  description: 'A dataset, perhaps with its first members: besides these members the filters of `files/`.',
  type: 'object',
  required: ['definition'],
  additionalProperties: filterValue,
  properties: {
    ...told,
    data: {
      anyOf: [dataOf, { type: 'array', items: dataOf }],
      'x-allowed': 'an object with files and json, or an array of them',
      description: 'Its first members.',
    },
    ...members,
  },
} as const;

/** Body of `POST datasets/validation/`. */
export const datasetToJudgeSchema = {
  $schema: draft07,
  $id: 'urn:seedbed:dataset-validation',
  title: 'Dataset to be judged',
  description: 'A dataset that is only thought of.',
  type: 'object',
  required: ['definition'],
  additionalProperties: false,
  properties: told,
} as const;

/** Body of `POST datasets/{id}/`. */
export const datasetMembersPostSchema = {
  $schema: draft07,
  $id: 'urn:seedbed:dataset-members-post',
  title: 'New members of a dataset',
  description: 'Either `data`, or `data_template` with the filters and `order` of `files/` besides.',
  type: 'object',
  additionalProperties: filterValue,
  properties: {
    data: {
      type: 'array',
      items: dataOf,
      'x-allowed': 'an array of objects with files and json',
      description: 'The members, one by one.',
    },
    ...members,
  },
} as const;

export interface DatasetDefinitionDocument {
  readonly version?: string;
  readonly parameters: InterfaceDocument;
  readonly global_parameters?: InterfaceDocument;
  readonly global_data?: RecipeDataDocument;
}

/** The same, judged: every member there, defaults filled in. */
export interface DatasetDefinition {
  readonly parameters: DataInterface;
  readonly global_parameters: DataInterface;
  readonly global_data: {
    readonly files: Readonly<Record<string, readonly number[]>>;
    readonly json: Readonly<Record<string, unknown>>;
  };
}

export interface DatasetToJudge {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly definition: Readonly<Record<string, unknown>>;
}

/** Besides these, filters of files. */
export interface DatasetMembersPost {
  readonly data?: Readonly<Record<string, unknown>>[];
  readonly data_template?: Readonly<Record<string, unknown>>;
  readonly dry_run?: boolean;
  readonly [filter: string]: unknown;
}

export interface DatasetPost extends Omit<DatasetMembersPost, 'data'>, DatasetToJudge {
  readonly data?: DatasetMembersPost['data'] | Readonly<Record<string, unknown>>;
}

export const datasetDefinitionValidator = makeValidator<DatasetDefinitionDocument>(
  datasetDefinitionSchema,
  'the definition',
);
export const datasetPostValidator = makeValidator<DatasetPost>(datasetPostSchema, 'the dataset');
export const datasetToJudgeValidator = makeValidator<DatasetToJudge>(datasetToJudgeSchema, 'the dataset');
export const datasetMembersPostValidator = makeValidator<DatasetMembersPost>(
  datasetMembersPostSchema,
  'the members',
);
