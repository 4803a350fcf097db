import { foreseenActions } from '../../scheduler/index.ts';
import { Finding } from './finding.ts';
import { count, id, nullable, oneOf, string, Type } from './schema.ts';

/** What would become of each node. */
export const ForeseenNodes = Type.Array(
  Type.Object({
    name: Type.String({
      description: 'Of a node of a sub-recipe after that of the sub-recipe: `part/blur`.',
    }),
    node_type: oneOf(['job', 'recipe', 'condition']),
    action: Type.Unsafe({
      ...oneOf(foreseenActions),
      description:
        'RUN: it runs; REUSE: it takes what an earlier job made; KEEP: its result is carried over; SKIP: a condition decides against it; DECIDE: a condition that is decided; UNKNOWN: what comes before it decides.',
    }),
    reason: Type.String({ description: 'Why, in words.' }),
    output_id: nullable(Type.String({ description: 'Identity of what it makes, where that can be told.' })),
    reuses_job: nullable(Type.Object({ id }, { description: 'Whose output it would have.' })),
  }),
);

/** What a recipe would do. */
export const ForeseenDocument = Type.Object(
  {
    recipe_type: Type.Object({ name: string, revision_num: count }),
    run: Type.Unsafe({ ...count, description: 'Nodes that would run.' }),
    reuse: Type.Unsafe({ ...count, description: 'Nodes that would be reused.' }),
    nodes: ForeseenNodes,
    warnings: Type.Array(Finding),
  },
  { $id: 'Foreseen' },
);
