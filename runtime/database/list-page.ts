import type { Conditions, Window } from './conditions.ts';
import { countRows } from './count.ts';
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
  { tables, id, conditions, order, fields, columns, joins }: Listing,
  { limit, offset, cursor }: Window,
): Promise<ListPage<Row>> {
  const counted = await countRows(db, tables, conditions.text, conditions.values);
  const place = cursor === undefined ? undefined : placeOf(cursor, order);
  if (place) addAfter(conditions, place, order, fields, id);
  const keys = order.map(({ field }, nth) => `${fields[field]!.sql} as key_${nth}`);
  const texts = order.map((_, nth) => `found.key_${nth}::text`);
  const found = await db.query<Row & { page_keys: (string | null)[] }>(
    `with page as materialized (
       select p.*, row_number() over () as place from (
         select found.id, array[${texts.join(', ')}]::text[] as page_keys
         from (select ${[`${id} as id`, ...keys].join(', ')} from ${tables} where ${conditions.text}
           ${counted.isEstimate ? '' : foundFirst}) found
         order by ${orderBy(order, keyFields(order, fields), 'found.id')}
         limit ${conditions.bind(limit + 1, 'bigint')} offset ${conditions.bind(place ? 0 : offset, 'bigint')}
       ) p
     )
     select ${columns}, page.page_keys from page join ${joins} order by page.place`,
    conditions.values,
  );
  const rows = found.slice(0, limit).map(({ page_keys: _keys, ...row }) => row as unknown as Row);
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

/**
 * Ends a subquery whose rows are to be found before they are sorted. Where few are, that is quick. The planner rather goes
 * through all rows in the order of an index until it has a page, and takes those that are meant for spread evenly: 0.5 s
 * where they are the newest 4,000 of a million jobs.
 */
const foundFirst = 'offset 0';

/** The fields of the order as the subquery names them. */
function keyFields(order: Order, fields: OrderFields): OrderFields {
  return Object.fromEntries(
    order.map(({ field }, nth) => [field, { ...fields[field]!, sql: `found.key_${nth}` }]),
  );
}
