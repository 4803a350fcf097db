import { lineageOf } from '../../catalog/index.ts';
import type { Context } from '../context.ts';
import { LineageDocument } from '../documents/lineage.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { bounded, word } from '../request/parameters.ts';
import type { Route } from '../route.ts';

const directions = ['both', 'ancestors', 'descendants'] as const;

/** What a file was made of and what was made of it: `files/{id}/lineage/`. */
export function lineageRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/files/:id/lineage',
      methods: {
        GET: operation({
          summary: 'Show the lineage of a file',
          description: 'All its ancestors and descendants, with the jobs between them.',
          role: 'viewer',
          query: {
            direction: word(directions, 'Default: both.'),
            depth: bounded(1, 100, 50, 'How many jobs may lie between, in each direction.'),
            limit: bounded(1, 10_000, 1000, 'How many links are followed in each direction.'),
          },
          answers: { 200: LineageDocument },
          handle: async ({ request, query }) => {
            const id = idOf(request, 'id', 'file');
            const direction = query.direction ?? 'both';
            const bounds = { depth: query.depth, links: query.limit, direction };
            return { json: found(await lineageOf(db, id, bounds), 'file', id) };
          },
        }),
      },
    },
  ];
}
