import { count, id, string, Type } from './schema.ts';

const run = Type.Unsafe({ ...count, description: 'Jobs that would run.' });
const reuse = Type.Unsafe({ ...count, description: 'Jobs that would take what an earlier one made.' });
const depend = Type.Unsafe({ ...count, description: 'Jobs that hang on those that would run.' });

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
          description: 'Of the member, the task or the recipe that it is made of.',
        }),
        ...{ run, reuse, depend },
        reason: Type.String({ description: 'Why its first job would run, or else be reused; in words.' }),
        errors: Type.Array(Type.Object({ name: string, description: string })),
      }),
    ),
  },
  { $id: 'ForeseenBatch' },
);
