import { explain } from '../../provenance/index.ts';
import type { Context } from '../context.ts';
import { ExplanationDocument } from '../documents/explanation.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { number } from '../request/parameters.ts';
import type { Route } from '../route.ts';

/** `jobs/{id}/explain/`. */
export function explainRoute({ db }: Context): Route {
  return {
    path: '/jobs/:id/explain',
    shape: 'own',
    methods: {
      GET: operation({
        summary: 'Say why a job ran, and was not reused',
        description:
          'Names what differs from the most similar job of its type that had completed before, or from the one given with `against`.',
        role: 'viewer',
        query: { against: number('Id of a job to compare it with.') },
        answers: { 200: ExplanationDocument },
        handle: async ({ request, query }) => {
          const id = idOf(request, 'id', 'job');
          return { json: found(await explain(db, id, query.against), 'job', id) };
        },
      }),
    },
  };
}
