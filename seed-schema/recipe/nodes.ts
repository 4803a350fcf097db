import { resourcesSchema } from '../configuration/parts.ts';
import { dataFilterSchema, dataInterfaceSchema } from './parts.ts';

const text = { type: 'string' } as const;
const revision = {
  type: 'integer',
  minimum: 1,
  'x-allowed': 'the number of a revision, 1 or more',
} as const;

const jobNode = {
  title: 'Job node',
  type: 'object',
  additionalProperties: false,
  required: ['node_type', 'job_type_name', 'job_type_version'],
  properties: {
    node_type: { type: 'string', const: 'job' },
    job_type_name: { ...text, description: 'Name of the job type.' },
    job_type_version: { ...text, description: 'Version of the job type.' },
    job_type_revision: { ...revision, description: 'Of that version; the newest when left out.' },
  },
} as const;

const recipeNode = {
  title: 'Recipe node',
  type: 'object',
  additionalProperties: false,
  required: ['node_type', 'recipe_type_name'],
  properties: {
    node_type: { type: 'string', const: 'recipe' },
    recipe_type_name: { ...text, description: 'Name of the recipe type.' },
    recipe_type_revision: { ...revision, description: 'The newest when left out.' },
  },
} as const;

const conditionNode = {
  title: 'Condition node',
  type: 'object',
  additionalProperties: false,
  required: ['node_type', 'interface'],
  properties: {
    node_type: { type: 'string', const: 'condition' },
    interface: { ...dataInterfaceSchema, description: 'What it takes, and passes on unchanged.' },
    data_filter: { ...dataFilterSchema, description: 'What it accepts; everything when left out.' },
  },
} as const;

const recipeConnection = {
  title: 'Connection to the recipe',
  type: 'object',
  additionalProperties: false,
  required: ['type', 'input'],
  properties: {
    type: { type: 'string', const: 'recipe' },
    input: { ...text, description: 'An input of the recipe.' },
  },
} as const;

const dependencyConnection = {
  title: 'Connection to a node',
  type: 'object',
  additionalProperties: false,
  required: ['type', 'node', 'output'],
  properties: {
    type: { type: 'string', const: 'dependency' },
    node: { ...text, description: 'Name of the node.' },
    output: { ...text, description: 'One of its outputs.' },
  },
} as const;

const dependency = {
  title: 'Dependency',
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { ...text, description: 'Name of the node that goes first.' },
    acceptance: {
      type: 'boolean',
      default: true,
      description: 'Of a condition: whether it must accept, or reject. Ignored for other nodes.',
    },
  },
} as const;

const forEachObject = {
  title: 'For each',
  type: 'object',
  additionalProperties: false,
  required: ['input'],
  properties: {
    input: { ...text, description: 'The input of the node whose elements are taken one by one.' },
    concurrency: {
      type: 'integer',
      minimum: 1,
      'x-allowed': 'a whole number, 1 or more',
      description: 'Runs at once at most; all when left out.',
    },
    require: {
      type: ['string', 'number'],
      if: { type: 'string' },
      then: { enum: ['all', 'any'], 'x-allowed': '"all", "any" or a share from 0 to 1' },
      else: { minimum: 0, maximum: 1, 'x-allowed': '"all", "any" or a share from 0 to 1' },
      'x-allowed': '"all", "any" or a share from 0 to 1',
      default: 'all',
      description: 'How many runs must succeed: all of them, at least one, or this share.',
    },
  },
} as const;

const forEach = {
  type: ['string', 'object'],
  if: { type: 'string' },
  then: {},
  else: forEachObject,
  'x-allowed': 'the name of an input, or an object with input, concurrency and require',
  description: 'Run once for each file or element of this input.',
} as const;

const configuration = {
  title: 'Node configuration',
  type: 'object',
  additionalProperties: false,
  properties: {
    priority: {
      type: 'integer',
      minimum: 1,
      'x-allowed': 'a whole number, 1 or more',
      description: 'Lower ones go first.',
    },
    max_tries: {
      type: 'integer',
      minimum: 1,
      maximum: 100,
      'x-allowed': 'a whole number from 1 to 100',
      description: 'Executions at most, the first included.',
    },
    timeout: {
      type: 'integer',
      minimum: 1,
      'x-allowed': 'a whole number of seconds, 1 or more',
      description: "Seconds; the manifest's when that is lower.",
    },
    resources: resourcesSchema,
    settings: {
      type: 'object',
      additionalProperties: { type: 'string' },
      'x-allowed': 'an object of texts by setting',
      description: 'Values of settings of the manifest, by name; none that is secret.',
    },
  },
} as const;

export const nodeSchema = {
  title: 'Node',
  type: 'object',
  additionalProperties: false,
  required: ['node_type'],
  properties: {
    dependencies: {
      type: 'array',
      items: dependency,
      'x-allowed': 'an array of dependencies',
      default: [],
      description: 'Nodes that go first. One whose output is connected need not be listed.',
    },
    input: {
      type: 'object',
      additionalProperties: {
        title: 'Connection',
        type: 'object',
        required: ['type'],
        discriminator: { propertyName: 'type' },
        oneOf: [recipeConnection, dependencyConnection],
        'x-allowed': '"recipe" or "dependency"',
      },
      'x-allowed': 'an object of connections by input',
      default: {},
      description: 'Where the inputs of the node come from, by their names.',
    },
    node_type: {
      title: 'Type of node',
      type: 'object',
      required: ['node_type'],
      discriminator: { propertyName: 'node_type' },
      oneOf: [jobNode, recipeNode, conditionNode],
      'x-allowed': '"job", "recipe" or "condition"',
      description: 'What it runs.',
    },
    forEach,
    configuration: {
      ...configuration,
      description: 'What the jobs of this node have otherwise than their job type says.',
    },
  },
} as const;
