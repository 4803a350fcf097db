import { nameSchema } from '../manifest/parts.ts';
import { makeValidator } from '../validator.ts';
import type {
  DataFilter,
  Filter,
  ForEach,
  JobNodeType,
  JsonParameter,
  NodeConfiguration,
  NodeOutput,
  RecipeDefinition,
  RecipeNodeType,
  Connection,
  FileParameter,
} from './definition.ts';
import { nodeSchema } from './nodes.ts';
import { dataInterfaceSchema, longestNodeName } from './parts.ts';

/** What a recipe type does: Scale's versions "6" and "7", with `output`, `forEach` and `configuration` of our own. */
export const recipeDefinitionSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:recipe-definition',
  title: 'Recipe definition',
  description: 'What a recipe takes, which nodes it has, and how they are connected.',
  type: 'object',
  additionalProperties: false,
  properties: {
    version: {
      type: 'string',
      enum: ['6', '7'],
      default: '7',
      description: 'Of this shape; "6" and "7" are the same.',
    },
    input: { ...dataInterfaceSchema, default: {}, description: 'What a recipe takes.' },
    output: {
      type: 'object',
      propertyNames: nameSchema,
      additionalProperties: {
        title: 'Output',
        type: 'object',
        additionalProperties: false,
        required: ['node', 'output'],
        properties: {
          node: { type: 'string', description: 'Name of a node.' },
          output: { type: 'string', description: 'One of its outputs.' },
        },
        'x-allowed': 'an object with node and output',
      },
      'x-allowed': 'an object of outputs by name',
      default: {},
      description: 'What a recipe gives to the recipe that it is a part of, by name.',
    },
    nodes: {
      type: 'object',
      propertyNames: {
        minLength: 1,
        maxLength: longestNodeName,
        'x-allowed': `a text of 1 to ${longestNodeName} characters`,
      },
      additionalProperties: nodeSchema,
      'x-allowed': 'an object of nodes by name',
      default: {},
      description: 'What it does, by name.',
    },
  },
} as const;

interface InterfaceDocument {
  readonly files?: readonly (Pick<FileParameter, 'name'> & Partial<FileParameter>)[];
  readonly json?: readonly (Pick<JsonParameter, 'name' | 'type'> & Partial<JsonParameter>)[];
}

type Essential<T, Key extends keyof T> = Pick<T, Key> & Partial<T>;

interface ConditionNodeDocument {
  readonly node_type: 'condition';
  readonly interface: InterfaceDocument;
  readonly data_filter?: {
    readonly filters?: readonly Essential<Filter, 'name' | 'type' | 'condition' | 'values'>[];
    readonly all?: DataFilter['all'];
  };
}

export interface NodeDocument {
  readonly dependencies?: readonly { readonly name: string; readonly acceptance?: boolean }[];
  readonly input?: Readonly<Record<string, Connection>>;
  readonly node_type:
    | Essential<JobNodeType, 'node_type' | 'job_type_name' | 'job_type_version'>
    | Essential<RecipeNodeType, 'node_type' | 'recipe_type_name'>
    | ConditionNodeDocument;
  readonly forEach?: string | Essential<ForEach, 'input'>;
  readonly configuration?: NodeConfiguration;
}

/** See `recipeDefinitionSchema` for each member. What authors write; `RecipeDefinition` is what is made of it. */
export interface RecipeDefinitionDocument {
  readonly version?: RecipeDefinition['version'];
  readonly input?: InterfaceDocument;
  readonly output?: Readonly<Record<string, NodeOutput>>;
  readonly nodes?: Readonly<Record<string, NodeDocument>>;
}

export type { InterfaceDocument };

export const recipeDefinitionValidator = makeValidator<RecipeDefinitionDocument>(
  recipeDefinitionSchema,
  'the definition',
);
