import type { RecipeGraphNode } from '../../../seed-schema/index.ts';
import type { RecipeDetails, RecipeRow } from '../../recipes/index.ts';
import { definitionDocument } from './definition.ts';
import { wholeMiB } from './mib.ts';

/** A recipe as Scale lists it. */
export function recipeDocument(row: RecipeRow): Record<string, unknown> {
  const { revision_id, revision_num, batch_id, superseded_recipe_id: before, counters, ...shown } = row;
  return {
    ...shown,
    recipe_type_rev: { id: revision_id, recipe_type: { id: row.recipe_type.id }, revision_num },
    event: null,
    ingest_event: null,
    batch: batch_id === null ? null : { id: batch_id },
    superseded_recipe: before === null ? null : { id: before },
    input_file_size: row.input_file_size === null ? null : wholeMiB(row.input_file_size),
    ...counters,
  };
}

/** A recipe with all its details. */
export function recipeDetailsDocument(row: RecipeDetails): Record<string, unknown> {
  const { revision_created, definition, graph, conditions, superseded_recipe, ...base } = row;
  return {
    ...recipeDocument(base),
    recipe_type_rev: {
      id: row.revision_id,
      recipe_type: row.recipe_type,
      revision_num: row.revision_num,
      definition: definitionDocument(definition),
      created: revision_created,
    },
    superseded_recipe,
    details: { nodes: Object.fromEntries(graph.nodes.flatMap((node) => instance(node, conditions))) },
  };
}

/** What stands for a node in `details.nodes`: nothing for one of which nothing is there, as on Scale. */
function instance(
  node: RecipeGraphNode,
  conditions: RecipeDetails['conditions'],
): [string, { dependencies: unknown; node_type: object }][] {
  const { name, dependencies, items, state } = node;
  const runs = items && { items };
  const made = (node_type: object): [string, { dependencies: unknown; node_type: object }][] => [
    [name, { dependencies, node_type: { node_type: node.node_type, ...node_type, ...runs } }],
  ];
  if (node.job_type && (node.job_id !== null || items))
    return made({
      job_type_name: node.job_type.name,
      job_type_version: node.job_type.version,
      job_type_revision: node.job_type.revision_num,
      job_id: node.job_id,
      status: state,
    });
  if (node.recipe_type && (node.recipe_id !== null || items))
    return made({
      recipe_type_name: node.recipe_type.name,
      recipe_type_revision: node.recipe_type.revision_num,
      recipe_id: node.recipe_id,
      is_completed: state === 'COMPLETED',
      ...node.counters,
    });
  const id = conditions[name];
  if (id === undefined) return [];
  return made({ condition_id: id, is_processed: state === 'COMPLETED', is_accepted: node.accepted ?? false });
}
