import { fileReferences, type FileDocument, timeSchema } from '../file.ts';
import { resultSchema, type ResultDocument } from '../result.ts';
import { makeValidator } from '../validator.ts';
import { type GraphState, graphStates } from './graph-document.ts';

const result = resultSchema.properties;
const idOrNull = { type: ['integer', 'null'] } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const timeOrNull = { type: ['string', 'null'], format: 'date-time' } as const;

/** How one node of a recipe went. */
export const recipeResultNodeSchema = {
  title: 'Node',
  description: 'How a node, or one run of a node with forEach, went.',
  type: 'object',
  additionalProperties: false,
  required: [
    'node',
    'node_type',
    'state',
    'job',
    'job_type',
    'recipe',
    'accepted',
    'reason',
    'error',
    'directory',
    'outputs',
    'logs',
    'started',
    'ended',
  ],
  properties: {
    node: {
      type: 'string',
      description:
        'Names of the nodes above it and its own; behind one with forEach which run: `mosaic/invert/3`.',
    },
    node_type: { type: 'string', enum: ['job', 'recipe', 'condition'] },
    state: {
      type: 'string',
      enum: graphStates,
      description: 'Where it stands, as in the graph of a recipe.',
    },
    job: { ...idOrNull, description: 'Number of its job.' },
    job_type: { ...textOrNull, description: 'Name and version.' },
    recipe: { ...idOrNull, description: 'Number of its recipe, of a recipe node.' },
    accepted: { type: ['boolean', 'null'], description: 'What a condition decided.' },
    reason: { ...textOrNull, description: 'Why it was skipped, or cannot go on.' },
    error: { ...result.error, description: 'Why its job did not complete, as in a result.' },
    directory: { ...textOrNull, description: 'Absolute path of its products; null where it left none here.' },
    outputs: result.outputs,
    reused: result.reused,
    logs: result.logs,
    started: { ...timeOrNull, description: 'When it began to run; null when it did not.' },
    ended: timeOrNull,
  },
} as const;

/** What `seed-run --recipe` and `seed submit-recipe --wait` print with `--format json`, in every case: a rejection too. */
export const recipeResultSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:recipe-result',
  title: 'Recipe result',
  description: 'How a recipe went, node by node, and what it left.',
  type: 'object',
  additionalProperties: false,
  required: [
    'status',
    'error',
    'recipe',
    'recipe_type',
    'output_directory',
    'inputs',
    'outputs',
    'nodes',
    'warnings',
    'started',
    'ended',
  ],
  properties: {
    status: {
      type: 'string',
      enum: ['completed', 'failed', 'rejected'],
      description: '`rejected`: there was no recipe.',
    },
    error: { ...result.error, description: 'Why it did not complete.' },
    recipe: { ...idOrNull, description: 'Number of the recipe.' },
    recipe_type: {
      type: ['object', 'null'],
      additionalProperties: false,
      required: ['name', 'revision_num'],
      properties: { name: { type: 'string' }, revision_num: { type: 'integer', minimum: 1 } },
    },
    output_directory: {
      ...textOrNull,
      description: 'Absolute path of the directory that holds the directories of the nodes.',
    },
    inputs: { ...result.inputs, description: 'Files and JSON values given, by the names of the recipe.' },
    outputs: { ...result.outputs, description: 'What the recipe type declares as its output.' },
    nodes: {
      type: 'array',
      items: recipeResultNodeSchema,
      description: 'Nodes and runs in the order of the definition.',
    },
    warnings: result.warnings,
    started: { ...timeSchema, description: 'When the command began.' },
    ended: { ...timeSchema, description: 'When it ended.' },
  },
} as const;

interface FilesAndJson {
  files: Record<string, FileDocument[]>;
  json: Record<string, unknown>;
}

/** See `recipeResultSchema` for each member. */
export interface RecipeResultNode {
  node: string;
  node_type: 'job' | 'recipe' | 'condition';
  state: GraphState;
  job: number | null;
  job_type: string | null;
  recipe: number | null;
  accepted: boolean | null;
  reason: string | null;
  error: ResultDocument['error'];
  directory: string | null;
  outputs: FilesAndJson;
  reused?: ResultDocument['reused'];
  logs: ResultDocument['logs'];
  started: string | null;
  ended: string | null;
}

/** See `recipeResultSchema` for each member. */
export interface RecipeResultDocument {
  status: 'completed' | 'failed' | 'rejected';
  error: ResultDocument['error'];
  recipe: number | null;
  recipe_type: { name: string; revision_num: number } | null;
  output_directory: string | null;
  inputs: FilesAndJson;
  outputs: FilesAndJson;
  nodes: RecipeResultNode[];
  warnings: ResultDocument['warnings'];
  started: string;
  ended: string;
}

export const recipeResultValidator = makeValidator<RecipeResultDocument>(
  recipeResultSchema,
  'the result of the recipe',
  fileReferences,
);
