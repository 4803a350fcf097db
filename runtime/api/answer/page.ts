import type { Request } from 'express';
import { SeedbedError } from '../../errors/index.ts';
import type { ListPage } from '../../database/index.ts';
import type { Query } from '../request/query.ts';
import type { Answer } from '../operation.ts';

/**
 * A page as Scale answers it: `{count, next, previous, results}`. The links are whole, as clients follow them as they are. A
 * count that is an estimate says so in one more member.
 * @throws not-found for a page behind the last one
 */
export async function pageAnswer<Row>(
  request: Request,
  query: Query,
  { count, isEstimate = false, rows, hasNext, cursor }: ListPage<Row>,
  shown: (row: Row) => unknown,
): Promise<Answer> {
  const { page, limit } = query.page();
  if (page > 1 && rows.length === 0) throw new SeedbedError('not-found', { what: `page ${page}` });
  const link = (name: string, value: string | number) => `${baseOf(request)}?${query.with(name, value)}`;
  const results = await Promise.all(rows.map(shown));
  const counted = { count, ...(isEstimate && { count_is_estimate: true }) };
  if (cursor !== undefined)
    return { json: { ...counted, next: cursor && link('cursor', cursor), previous: null, results } };
  return {
    json: {
      ...counted,
      next: (hasNext ?? page * limit < count) ? link('page', page + 1) : null,
      previous: page > 1 ? link('page', page - 1) : null,
      results,
    },
  };
}

/** The address of this request without its query, as its sender knows the service. */
function baseOf(request: Request): string {
  const forwarded = request.headers['x-forwarded-proto'];
  const scheme = forwarded === 'https' ? 'https' : 'http';
  return `${scheme}://${request.headers.host}${request.originalUrl.split('?')[0]}`;
}
