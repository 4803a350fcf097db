import { historyOf, provDocument, runEvents } from '../../provenance/index.ts';
import type { Context } from '../context.ts';
import { ProvenanceDocument } from '../documents/provenance.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { bounded, word } from '../request/parameters.ts';
import type { Route } from '../route.ts';

const formats = ['prov', 'openlineage'] as const;
const directions = ['ancestors', 'descendants', 'both'] as const;

/** Where a file comes from, in the words of others: `files/{id}/provenance/`. */
export function provenanceRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/files/:id/provenance',
      methods: {
        GET: operation({
          summary: 'Show the provenance of a file',
          description:
            'All files that it was made of, with the executions between them, as W3C PROV-JSON or as run events of OpenLineage.',
          role: 'viewer',
          query: {
            format: word(formats, 'Default: prov.'),
            direction: word(directions, 'Default: ancestors.'),
            depth: bounded(1, 100, 50, 'How many jobs may lie between, in each direction.'),
            limit: bounded(1, 10_000, 1000, 'How many links are followed in each direction.'),
          },
          answers: { 200: ProvenanceDocument },
          handle: async ({ request, query }) => {
            const id = idOf(request, 'id', 'file');
            const direction = query.direction ?? 'ancestors';
            const bounds = { depth: query.depth, links: query.limit, direction };
            const history = found(await historyOf(db, id, bounds), 'file', id);
            return { json: query.format === 'openlineage' ? runEvents(history) : provDocument(history) };
          },
        }),
      },
    },
  ];
}
