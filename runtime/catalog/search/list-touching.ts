import type { Geometry } from 'geojson';
import {
  cursorOf,
  type Found,
  type Listing,
  listPage,
  type ListPage,
  placeIn,
  placeOf,
  type Queries,
  readOn,
  seemFew,
  type Window,
} from '../../database/index.ts';
import type { BoundingBox } from '../metadata.ts';
import type { ScaleFile } from '../scale-file.ts';
import type { FileRow } from './plan.ts';
import { touching } from './touching.ts';

/** So many are looked at one by one, which takes about 0.1 s, to know them all. */
const mostKnown = 5_000;

/** Looked at together: enough to make round trips cheap. */
const chunk = 500;

/**
 * A page of the files that touch geometries, each of them. The database finds those whose boxes touch it, and each is looked at here: all
 * of them where they are few; else those of the page, in their order, and how many there are is reckoned from their share.
 * @param listing of those whose boxes touch, with `bbox_text`
 */
export async function listTouching(
  db: Queries,
  listing: Listing,
  shapes: readonly Geometry[],
  window: Window,
): Promise<ListPage<ScaleFile>> {
  const matches = matchesOf(shapes);
  const few = seemFew(listing.expected!) ? await idsOf(db, listing, matches, mostKnown) : undefined;
  const ids = few ?? (window.isExact ? await idsOf(db, listing, matches, Infinity) : undefined);
  if (!ids) return walk(db, listing, matches, window);
  const conditions = listing.conditions.copy();
  conditions.add(`f.id = any(${conditions.bind(ids, 'bigint[]')})`);
  const expected = { rows: ids.length, cost: ids.length };
  const { walk: _walk, ...known } = listing;
  return shown(await listPage<FileRow>(db, { ...known, conditions, expected }, window));
}

type Matches = (row: Pick<FileRow, 'geometry' | 'bbox_text'>) => boolean;

/** Whether a file touches each of these. */
export function matchesOf(shapes: readonly Geometry[]): Matches {
  const tests = shapes.map(touching);
  return ({ geometry, bbox_text }) => {
    const place = { geometry, bbox: boxOfText(bbox_text!) };
    return tests.every((touches) => touches(place));
  };
}

/** The ids of all that match, whose boxes are looked at in the order of ids; undefined for more boxes than `most`. */
async function idsOf(
  db: Queries,
  { tables, conditions }: Listing,
  matches: Matches,
  most: number,
): Promise<number[] | undefined> {
  const ids: number[] = [];
  const size = Math.min(most, 10 * chunk);
  for (let seen = 0, last = 0, isEnd = false; !isEnd;) {
    const part = conditions.copy();
    part.add(`f.id > ${part.bind(last, 'bigint')}`);
    // As in `readFew`: the limit is none of what it is planned by.
    const rows = await db.query<Pick<FileRow, 'id' | 'geometry' | 'bbox_text'>>(
      `with every as ${most === Infinity ? 'not' : ''} materialized (select f.id from ${tables} where ${part.text}),
       near as materialized (select id from every ${most === Infinity ? 'order by id' : ''} limit ${size + 1})
       select f.id, f.geometry, f.bbox::text as bbox_text from near join scale_file f on f.id = near.id order by f.id`,
      part.values,
    );
    isEnd = rows.length <= size;
    seen += rows.length;
    if (seen > most) return undefined;
    ids.push(...rows.filter(matches).map(({ id }) => id));
    last = rows.at(-1)?.id ?? last;
  }
  return ids;
}

async function walk(
  db: Queries,
  listing: Listing,
  matches: Matches,
  { limit, offset, cursor }: Window,
): Promise<ListPage<ScaleFile>> {
  const start = cursor === undefined ? undefined : placeOf(cursor, listing.order);
  let [place, seen, matched] = [start, 0, 0];
  const rows: Found<FileRow>[] = [];
  for (let isEnd = false; !isEnd && rows.length <= limit;) {
    const found = await readOn<FileRow>(db, listing, { place, count: Math.max(chunk, 2 * limit) });
    isEnd = found.length < Math.max(chunk, 2 * limit);
    seen += found.length;
    for (const one of found) if (matches(one.row) && ++matched > offset) rows.push(one);
    if (found.length > 0) place = placeIn(found.at(-1)!);
  }
  const page = rows.slice(0, limit);
  const hasNext = rows.length > limit;
  const isAll = !hasNext && !start;
  const share = matched / Math.max(1, seen);
  const count = isAll ? matched : Math.max(matched, Math.round(listing.expected!.rows * share));
  const last = page.at(-1);
  return shown({
    count,
    isEstimate: !isAll,
    rows: page.map(({ row }) => row),
    hasNext,
    ...(cursor !== undefined && { cursor: hasNext && last ? cursorOf(placeIn(last), listing.order) : null }),
  });
}

function shown(page: ListPage<FileRow>): ListPage<ScaleFile> {
  return { ...page, rows: page.rows.map(({ bbox_text: _box, ...row }) => row) };
}

/** `(east,north),(west,south)`, as Postgres writes a box. */
function boxOfText(text: string): BoundingBox {
  const [east, north, west, south] = text.match(/[-+.\deE]+/g)!.map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return { west, south, east, north };
}
