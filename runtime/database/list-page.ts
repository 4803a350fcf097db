import type { Conditions, Window } from './conditions.ts';
import { type Count, countAll, countRows, type Expected, expectRows, mostCounted, seemFew } from './count.ts';
import { cursorOf, type Place, placeOf } from './cursor.ts';
import type { Order, OrderFields } from './order.ts';
import { type Found, readFew, readInOrder, readOn } from './page-rows.ts';
import type { Queries } from './queries.ts';

/** One page of a list. */
export interface ListPage<Row> {
  /** Rows on all pages. */
  readonly count: number;
  /** The count is about that. */
  readonly isEstimate?: boolean;
  readonly rows: readonly Row[];
  /** Whether rows follow; default: the count says so. */
  readonly hasNext?: boolean;
  /** Of the next page, where the list is read by cursors. */
  readonly cursor?: string | null;
}

/** How the rows of a list are found. */
export interface Listing {
  /** What decides which rows there are and how they are sorted, e.g. `job j join job_type t on ...`. */
  readonly tables: string;
  /** Of a row in `tables`, e.g. `j.id`. */
  readonly id: string;
  readonly conditions: Conditions;
  readonly order: Order;
  readonly fields: OrderFields;
  readonly columns: string;
  /** To follow `from page join`, with a condition on `page.id`: what is costly is looked up for the rows of the page alone. */
  readonly joins: string;
  /** The conditions as they are best written where rows are read in their order; default: the same. */
  readonly walk?: Conditions | undefined;
  /** What there is to expect; default: what the planner expects. */
  readonly expected?: Expected | undefined;
  /** The conditions are one of a few texts, and best carried out in one way, whatever their values are. */
  readonly isPlannedOnce?: boolean;
}

/**
 * A page of a list: by its number, or the one after a cursor, which neither repeats nor skips rows when others are added
 * meanwhile.
 */
export async function listPage<Row extends { readonly id: number }>(
  db: Queries,
  listing: Listing,
  { limit, offset, cursor, isExact = false }: Window,
): Promise<ListPage<Row>> {
  const { tables, conditions, order } = listing;
  const all = `select from ${tables} where ${conditions.text}`;
  const { values } = conditions;
  const expected = listing.expected ?? (await expectRows(db, all, values));
  const place = cursor === undefined ? undefined : placeOf(cursor, order);
  const part = { place, offset: place ? 0 : offset, count: limit + 1 };

  let counted: Count | undefined;
  let found: Found<Row>[] = [];
  if (!place && seemFew(expected)) {
    found = await readFew(db, listing, part);
    const count = found[0]?.total ?? (offset === 0 ? 0 : Infinity);
    if (count <= mostCounted) counted = { count, isEstimate: false };
  }
  if (!counted) {
    counted = await (isExact ? countAll(db, all, values) : countRows(db, all, values, expected));
    const areFew = !counted.isEstimate && counted.count <= mostCounted;
    const isApart = cursor !== undefined || listing.fields[order[0]?.field ?? '']?.nullsLast === true;
    const read = areFew ? readFew : isApart ? readOn : readInOrder;
    found = await read<Row>(db, listing, part);
  }

  const rows = found.slice(0, limit).map(({ row }) => row);
  const hasNext = found.length > limit;
  const last = found[limit - 1];
  if (cursor !== undefined)
    return { ...counted, rows, hasNext, cursor: hasNext && last ? cursorOf(placeIn(last), order) : null };
  if (!hasNext && (rows.length > 0 || offset === 0))
    return { count: offset + rows.length, isEstimate: false, rows, hasNext };
  return {
    ...counted,
    count: hasNext ? Math.max(counted.count, offset + limit + 1) : counted.count,
    rows,
    hasNext,
  };
}

/** Where a row stands in its list. */
export function placeIn({ row, keys }: Found<{ readonly id: number }>): Place {
  return { keys, id: row.id };
}
