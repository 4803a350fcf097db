import type { Conditions, Window } from './conditions.ts';
import { type Count, countRows, expectRows, mostCounted, seemFew } from './count.ts';
import { addAfter, cursorOf, placeOf } from './cursor.ts';
import { type Order, orderBy, type OrderFields } from './order.ts';
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
}

/**
 * A page of a list: by its number, or the one after a cursor, which neither repeats nor skips rows when others are added
 * meanwhile.
 */
export async function listPage<Row extends { readonly id: number }>(
  db: Queries,
  listing: Listing,
  { limit, offset, cursor }: Window,
): Promise<ListPage<Row>> {
  const { tables, id, conditions, order, fields } = listing;
  const all = `select from ${tables} where ${conditions.text}`;
  const values = [...conditions.values];
  const expected = await expectRows(db, all, values);
  const place = cursor === undefined ? undefined : placeOf(cursor, order);
  if (place) addAfter(conditions, place, order, fields, id);
  const part = `limit ${conditions.bind(limit + 1, 'bigint')} offset ${conditions.bind(place ? 0 : offset, 'bigint')}`;
  const read = (areFew: boolean) =>
    db.query<Found<Row>>(statementOf(listing, part, areFew), conditions.values);

  let counted: Count | undefined;
  let found: Found<Row>[] = [];
  if (!place && seemFew(expected)) {
    found = await read(true);
    const count = found[0]?.page_total ?? (offset === 0 ? 0 : Infinity);
    if (count <= mostCounted) counted = { count, isEstimate: false };
  }
  if (!counted) {
    counted = await countRows(db, all, values, expected);
    found = await read(!counted.isEstimate);
  }

  const rows = found
    .slice(0, limit)
    .map(({ page_keys: _keys, page_total: _total, ...row }) => row as unknown as Row);
  const hasNext = found.length > limit;
  const last = found[limit - 1];
  if (cursor !== undefined) {
    const next = hasNext && last ? cursorOf({ keys: last.page_keys, id: last.id }, order) : null;
    return { ...counted, rows, hasNext, cursor: next };
  }
  if (!hasNext && (rows.length > 0 || offset === 0))
    return { count: offset + rows.length, isEstimate: false, rows, hasNext };
  return {
    ...counted,
    count: hasNext ? Math.max(counted.count, offset + limit + 1) : counted.count,
    rows,
    hasNext,
  };
}

type Found<Row> = Row & { readonly page_keys: (string | null)[]; readonly page_total: number };

/**
 * The rows of a page. Where few rows are, they are found before they are sorted, and counted by the way. The planner rather
 * goes through all rows in the order of an index until it has a page, and takes those that are meant for spread evenly: 0.5 s
 * where they are the newest 4,000 of a million jobs.
 */
function statementOf(
  { tables, id, conditions, order, fields, columns, joins }: Listing,
  part: string,
  areFew: boolean,
): string {
  const keys = order.map(({ field }, nth) => `${fields[field]!.sql} as key_${nth}`);
  const texts = order.map((_, nth) => `found.key_${nth}::text`);
  const named = order.map(({ field }, nth) => [field, { ...fields[field]!, sql: `found.key_${nth}` }]);
  return `
    with found as ${areFew ? '' : 'not'} materialized (
      select ${[`${id} as id`, ...keys].join(', ')} from ${tables} where ${conditions.text}
      ${areFew ? `limit ${mostCounted + 1}` : ''}
    ), page as materialized (
      select p.*, row_number() over () as place from (
        select found.id, array[${texts.join(', ')}]::text[] as page_keys from found
        order by ${orderBy(order, Object.fromEntries(named) as OrderFields, 'found.id')} ${part}
      ) p
    )
    select ${columns}, page.page_keys, ${areFew ? '(select count(*) from found)' : 'null'} as page_total
    from page join ${joins} order by page.place`;
}
