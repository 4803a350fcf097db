import { createHash } from 'node:crypto';
import type { Conditions } from './conditions.ts';
import { mostCounted } from './count.ts';
import { addAfter, type Place } from './cursor.ts';
import type { Listing } from './list-page.ts';
import { orderBy, type OrderFields } from './order.ts';
import type { Queries } from './queries.ts';

/** A row, and what it was sorted by, which is its place in the list. */
export interface Found<Row> {
  readonly row: Row;
  readonly keys: (string | null)[];
  /** Of all rows, where they were few; else null. */
  readonly total: number | null;
}

interface Identified {
  readonly id: number;
}

/** Which rows of a list, in its order. */
export interface Part {
  /** Those after it; undefined: from the first one on. */
  readonly place?: Place | undefined;
  readonly offset?: number;
  /** At most. */
  readonly count: number;
}

/** The rows of a part, of a list with so few that all of them are found before they are sorted, and counted by the way. */
export function readFew<Row extends Identified>(
  db: Queries,
  listing: Listing,
  part: Part,
): Promise<Found<Row>[]> {
  return readOnce(db, listing, part, true);
}

/** The rows of a part, read in their order, and no others. */
export function readInOrder<Row extends Identified>(
  db: Queries,
  listing: Listing,
  part: Part,
): Promise<Found<Row>[]> {
  return readOnce(db, { ...listing, conditions: listing.walk ?? listing.conditions }, part, false);
}

/**
 * As `readInOrder`, for those who go on from place to place. Rows without a value of the first field come after the others,
 * or in descending order before them. They are read apart: no index gives `greater than this, or null` in its order, so that
 * each page would go through all before it; and among a million of them their ids are all that is to be sorted by.
 */
export async function readOn<Row extends Identified>(
  db: Queries,
  listing: Listing,
  part: Part,
): Promise<Found<Row>[]> {
  const [first] = listing.order;
  const field = first && listing.fields[first.field]!;
  if (!first || !field?.nullable) return readInOrder(db, listing, part);
  const { place, count } = part;
  const { nullsLast: _, ...known } = field;
  const isNull = { condition: `${field.sql} is null`, field: { ...known, sql: `null::${field.type}` } };
  const isNotNull = { condition: `${field.sql} is not null`, field: { ...known, nullable: false } };
  const halves = first.descending && !field.nullsLast ? [isNull, isNotNull] : [isNotNull, isNull];
  const nullHalf = halves.indexOf(isNull);
  const begin = !place ? 0 : (place.keys[0] ?? null) === null ? nullHalf : 1 - nullHalf;
  const rows: Found<Row>[] = [];
  let { offset = 0 } = part;
  for (let half = begin; half < 2 && rows.length < count; half++) {
    const { condition, field: known } = halves[half]!;
    const conditions = (listing.walk ?? listing.conditions).copy().add(condition);
    const fields = { ...listing.fields, [first.field]: known };
    const rest = { place: half === begin ? place : undefined, offset, count: count - rows.length };
    const found = await readOnce<Row>(db, { ...listing, conditions, fields }, rest, false);
    if (found.length > 0) offset = 0;
    else if (offset > 0 && half === 0) offset -= await countUpTo(db, listing, conditions, offset);
    rows.push(...found);
  }
  return rows;
}

/** Rows before an offset that none was found behind. */
async function countUpTo(
  db: Queries,
  { tables }: Listing,
  conditions: Conditions,
  most: number,
): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::integer as count from (select from ${tables} where ${conditions.text} limit ${conditions.bind(most, 'bigint')}) found`,
    conditions.values,
  );
  return row!.count;
}

/** Rows of a page where nothing else is said. */
const usualPage = 100;

/**
 * Which rows, and then what they are: the second statement is the same for every question of a list, so that its joins, of
 * which some lists have ten, are planned once and not for each page. What is planned once itself is both in one.
 */
async function readOnce<Row extends Identified>(
  db: Queries,
  listing: Listing,
  { place, offset = 0, count }: Part,
  areFew: boolean,
): Promise<Found<Row>[]> {
  const conditions = listing.conditions.copy();
  if (place) addAfter(conditions, place, listing.order, listing.fields, listing.id);
  // Of rows that are read in their order the limit decides how: it is in the text, of the first page as most ask for it.
  const isFirst = !areFew && offset === 0 && count === usualPage + 1;
  const isPlannedOnce = listing.isPlannedOnce && !place && (areFew || isFirst);
  const limits =
    isPlannedOnce && isFirst
      ? `limit ${count}`
      : `limit ${conditions.bind(count, 'bigint')} offset ${conditions.bind(offset, 'bigint')}`;
  const [page, byOrder] = pageOf({ ...listing, conditions }, limits, areFew);
  const texts = listing.order.map((_, nth) => `, page.key_${nth}::text as key_${nth}`).join('');
  const found = (at: Located) => ({
    keys: listing.order.map((_, nth) => at[`key_${nth}`]!),
    total: at.total,
  });
  if (isPlannedOnce) {
    const statement = `select ${listing.columns}${texts}, page.total from ${page} join ${listing.joins} order by ${byOrder}`;
    // They have those members besides: without them each would have to be copied.
    const rows = await db.prepared<Row & Located>(nameOf(statement), statement, conditions.values);
    return rows.map((row) => ({ row, ...found(row) }));
  }
  const located = await db.query<Located>(
    `select page.id${texts}, page.total from ${page} order by ${byOrder}`,
    conditions.values,
  );
  if (located.length === 0) return [];
  const places = new Map(located.map((at) => [at.id, at]));
  const statement = rowsOf(listing);
  const rows = await db.prepared<Row>(nameOf(statement), statement, [[...places.keys()]]);
  return rows.map((row) => ({ row, ...found(places.get(row.id)!) }));
}

interface Located extends Identified {
  readonly total: number | null;
  /** What the row was sorted by, as text. */
  readonly [key: `key_${number}`]: string | null;
}

/** The statement for `$1`, ids in the order of a page. The planner must not see how many: it would plan for each page anew. */
function rowsOf({ columns, joins }: Listing): string {
  return `select ${columns}
    from unnest((select $1::bigint[])) with ordinality page (id, place) join ${joins} order by page.place`;
}

function nameOf(statement: string): string {
  return `page-${createHash('sha1').update(statement).digest('hex')}`;
}

/**
 * Which rows a page has, as `page` with `id`, `key_0` ... and `total`, and its order. Where few rows are, they are found before they
 * are sorted, and counted by the way. The planner rather goes through all rows in the order of an index until it has a page, and
 * takes those that are meant for spread evenly: 0.5 s where they are the newest 4,000 of a million jobs. Nor does it know of the
 * limit while it plans how to find them: of a condition that it takes for a common one it would read the whole table up to that.
 */
function pageOf(
  { tables, id, conditions, order, fields }: Listing,
  part: string,
  areFew: boolean,
): [page: string, byOrder: string] {
  const keys = order.map(({ field }, nth) => `${fields[field]!.sql} as key_${nth}`);
  const byOrder = (table: string) => {
    const named = order.map(({ field }, nth) => [field, { ...fields[field]!, sql: `${table}.key_${nth}` }]);
    return orderBy(order, Object.fromEntries(named) as OrderFields, `${table}.id`);
  };
  const page = `(
    with every as ${areFew ? '' : 'not'} materialized (
      select ${[`${id} as id`, ...keys].join(', ')} from ${tables} where ${conditions.text}
    ), found as ${areFew ? '' : 'not'} materialized (select * from every ${areFew ? `limit ${mostCounted + 1}` : ''})
    select found.*, ${areFew ? '(select count(*) from found)' : 'null::bigint'} as total
    from found order by ${byOrder('found')} ${part}) page`;
  return [page, byOrder('page')];
}
