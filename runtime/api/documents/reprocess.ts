import { ForeseenNodes } from './foreseen.ts';
import { Finding } from './finding.ts';
import { anyObject, count, id, oneOf, string, Type } from './schema.ts';

const PlannedNode = Type.Object({
  name: string,
  node_type: oneOf(['job', 'recipe', 'condition']),
  action: Type.Unsafe({
    ...oneOf(['CARRIED_OVER', 'RUN', 'DELETED']),
    description: 'Whether its results are taken over, it runs again, or the revision does not have it.',
  }),
  status: Type.Unsafe({
    ...oneOf(['NEW', 'CHANGED', 'UNCHANGED', 'DELETED']),
    description: 'Compared to the revision before.',
  }),
  changes: Type.Array(Finding, { description: 'Compared to the revision before.' }),
  reason: Type.String({ description: 'Why, in words.' }),
  nodes: Type.Optional(
    Type.Array(anyObject, {
      description: 'The same of the nodes of a sub-recipe that is re-processed node by node.',
    }),
  ),
});

/** What re-processing a recipe does. */
export const ReprocessPlanDocument = Type.Object(
  {
    recipe: Type.Object({ id }, { description: 'The one that is superseded.' }),
    recipe_type: Type.Object({ id, name: string }),
    previous_revision_num: Type.Unsafe({ ...count, description: 'Of the recipe that is superseded.' }),
    revision_num: Type.Unsafe({ ...count, description: 'Of the recipe that supersedes it.' }),
    nodes: Type.Array(PlannedNode),
  },
  { $id: 'ReprocessPlan' },
);

/** The same with what its jobs would run, and what they would reuse. */
export const ForeseenReprocessDocument = Type.Object(
  { ...ReprocessPlanDocument.properties, foreseen: ForeseenNodes },
  { $id: 'ForeseenReprocess' },
);

/** A recipe that supersedes another one. */
export const ReprocessedDocument = Type.Object(
  { id: Type.Unsafe({ ...id, description: 'Of the new recipe.' }), ...ReprocessPlanDocument.properties },
  { $id: 'ReprocessedRecipe' },
);
