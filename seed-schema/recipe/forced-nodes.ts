import { makeValidator } from '../validator.ts';
import type { ForcedNodes } from './definition.ts';

/** Which nodes run again although nothing about them has changed: Scale's shape. */
export const forcedNodesSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:forced-nodes',
  title: 'Forced nodes',
  description: 'Nodes that run again although nothing about them has changed.',
  type: 'object',
  additionalProperties: false,
  required: ['all'],
  properties: {
    all: { type: 'boolean', description: 'Whether all nodes do, those of sub-recipes included.' },
    nodes: {
      type: 'array',
      items: { type: 'string' },
      'x-allowed': 'an array of names of nodes',
      description: 'Names of nodes that do.',
    },
    sub_recipes: {
      type: 'object',
      additionalProperties: { $ref: 'urn:seedbed:forced-nodes' },
      'x-allowed': 'an object of forced nodes by recipe node',
      description: 'The same for the sub-recipes, by the names of their nodes.',
    },
  },
} as const;

export const forcedNodesValidator = makeValidator<ForcedNodes>(forcedNodesSchema, 'forced_nodes');
