import { fateActions } from '../../batch/index.ts';
import { count, id, oneOf, string, Type } from './schema.ts';

const run = Type.Unsafe({ ...count, description: 'Jobs that would run.' });
const reuse = Type.Unsafe({ ...count, description: 'Jobs that would take what an earlier one made.' });
const depend = Type.Unsafe({ ...count, description: 'Jobs that hang on those that would run.' });

const fates = {
  ...{ run, reuse, depend },
  skip: Type.Unsafe({ ...count, description: 'Jobs against which a condition decides.' }),
  unknown: Type.Unsafe({ ...count, description: 'Jobs of which that cannot be told yet.' }),
};
const reason = Type.String({ description: 'In words; names no single job or file.' });

/** What would become of all of it. */
const Whole = Type.Object(
  {
    members: Type.Unsafe({ ...count, description: 'Recipes or jobs that were decided on.' }),
    refused: Type.Unsafe({ ...count, description: 'Of those: that could not be made.' }),
    refusals: Type.Array(Type.Object({ reason: Type.String({ description: 'Names of errors.' }), count })),
    ...fates,
    nodes: Type.Array(
      Type.Object({
        name: Type.String({
          description:
            'Of the node, after that of the sub-recipe that it is in: `part/blur`; of single jobs: of their type.',
        }),
        ...fates,
        reasons: Type.Array(
          Type.Object({
            action: Type.Unsafe({
              ...oneOf(fateActions),
              description:
                'RUN: it runs; REUSE: it takes what an earlier job made; DEPEND: it runs, since what it is given is made anew; SKIP: a condition decides against it; UNKNOWN: that cannot be told yet.',
            }),
            ...{ reason, count },
          }),
        ),
      }),
    ),
  },
  { description: 'Of all that is not made yet.' },
);

/** What a batch would do. */
export const ForeseenBatchDocument = Type.Object(
  {
    runs_estimated: Type.Unsafe({ ...count, description: 'Recipes or jobs that it would have.' }),
    looked_at: Type.Unsafe({ ...count, description: 'The first of them, which are told of.' }),
    refused: Type.Unsafe({ ...count, description: 'Of those: that could not be made.' }),
    ...{ run, reuse, depend },
    runs: Type.Array(
      Type.Object({
        position: Type.Unsafe({
          ...id,
          description: 'Of the member, the task, the recipe or the job that it is made of.',
        }),
        ...{ run, reuse, depend },
        reason: Type.String({ description: 'Why its first job would run, or else be reused; in words.' }),
        errors: Type.Array(Type.Object({ name: string, description: string })),
      }),
    ),
    whole: Whole,
  },
  { $id: 'ForeseenBatch' },
);
