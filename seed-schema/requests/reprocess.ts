import { forcedNodesSchema } from '../recipe/forced-nodes.ts';
import type { ForcedNodes } from '../recipe/definition.ts';
import { makeValidator } from '../validator.ts';

const { title, description, type, additionalProperties, required, properties } = forcedNodesSchema;
const itself = { $ref: '#/definitions/forced_nodes' } as const;

/** Body of `POST recipes/{id}/reprocess/`. */
export const reprocessPostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:reprocess-post',
  title: 'Re-processing of a recipe',
  description:
    'As what a recipe is run again, and which of its nodes run although nothing about them has changed.',
  type: 'object',
  additionalProperties: false,
  properties: {
    forced_nodes: { ...itself, description },
    revision_num: {
      type: 'integer',
      minimum: 1,
      maximum: 2_147_483_647,
      'x-allowed': 'the number of a revision, 1 or more',
      description: 'Of its recipe type; the newest when left out.',
    },
  },
  definitions: {
    forced_nodes: {
      ...{ title, description, type, additionalProperties, required },
      properties: { ...properties, sub_recipes: { ...properties.sub_recipes, additionalProperties: itself } },
    },
  },
} as const;

export interface ReprocessPost {
  readonly forced_nodes?: ForcedNodes;
  readonly revision_num?: number;
}

export const reprocessPostValidator = makeValidator<ReprocessPost>(reprocessPostSchema, 'the re-processing');
