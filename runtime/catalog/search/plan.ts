import { type Listing, type Order, type OrderFields, type Queries, seemFew } from '../../database/index.ts';
import { type ScaleFile, scaleFileColumns, scaleFileTables } from '../scale-file.ts';
import { fileConditions, type KnownFilter } from './conditions.ts';
import { expectFiles, isPlannedOnce, mostAreMeant } from './expect-files.ts';
import { filesOfPlace } from './place-sample.ts';

/** Fields that files can be sorted by. */
export const fileOrders: OrderFields = {
  id: { sql: 'f.id', type: 'bigint' },
  file_name: { sql: 'f.file_name', type: 'text' },
  file_path: { sql: 'f.file_path', type: 'text' },
  file_size: { sql: 'f.file_size', type: 'bigint' },
  file_type: { sql: 'f.file_type', type: 'text' },
  media_type: { sql: 'f.media_type', type: 'text' },
  created: { sql: 'f.created', type: 'timestamptz' },
  last_modified: { sql: 'f.last_modified', type: 'timestamptz' },
  data_started: { sql: 'f.data_started', type: 'timestamptz', nullable: true },
  data_ended: { sql: 'f.data_ended', type: 'timestamptz', nullable: true },
  source_started: { sql: 'f.source_started', type: 'timestamptz', nullable: true },
  source_ended: { sql: 'f.source_ended', type: 'timestamptz', nullable: true },
  job_type__name: { sql: 't.name', type: 'text', nullable: true },
  workspace__name: { sql: 'w.name', type: 'text' },
};

/** A row with its box, where that was asked for. */
export type FileRow = ScaleFile & { readonly bbox_text?: string | null };

/**
 * How the files of a filter are found. Of areas the planner knows nothing: it takes each box for one in 200 files, and would go
 * through the index over areas for the whole world (0.3 s of a million files) where a month is meant. So it is asked what it
 * expects of the area and of the rest apart, and the index is kept from it where the rest is rarer.
 */
export async function planFiles(
  db: Queries,
  filter: KnownFilter,
  order: Order,
  withBox = false,
): Promise<Listing> {
  const listing = listingOf(filter, order, withBox);
  const common = filesOfPlace(db, filter)?.about;
  // Of many files the bound of the order is certainly wanted, and asked for beside.
  const [{ expected, area }, bound] = await Promise.all([
    mostAreMeant(filter, order, common) ?? expectFiles(db, filter, listing.tables, common),
    common && boundOf(db, filter, listing.order),
  ]);
  const areMany = !seemFew(expected);
  const walkOf = async () => {
    const earliest = common ? bound : await boundOf(db, filter, listing.order);
    return fileConditions(filter, { area: 'filter', earliest });
  };
  return {
    ...listing,
    conditions: fileConditions(filter, { area }),
    walk: areMany ? await walkOf() : undefined,
    expected: areMany && hasPlaceOrTime(filter) ? { ...expected, cost: Infinity } : expected,
    isPlannedOnce: common !== undefined && isPlannedOnce(filter, order),
  };
}

/**
 * The same for areas that have few files, without asking the planner.
 * @returns undefined where that is not known; otherwise it may be wrong, which a page with an estimate tells
 */
export function planFewFiles(
  db: Queries,
  filter: KnownFilter,
  order: Order,
  withBox = false,
): Listing | undefined {
  if (!filesOfPlace(db, filter)?.areFew) return undefined;
  const expected = { rows: 0, cost: 0 };
  return { ...listingOf(filter, order, withBox), expected, isPlannedOnce: isPlannedOnce(filter, order) };
}

function listingOf(filter: KnownFilter, order: Order, withBox: boolean): Listing {
  const sorted = order.length > 0 ? order : byTime(filter);
  const isJoined = filter.workspaces !== undefined || sorted.some(({ field }) => field.includes('__'));
  return {
    tables: isJoined ? scaleFileTables : 'scale_file f',
    id: 'f.id',
    conditions: fileConditions(filter, {}),
    order: sorted,
    fields: fileOrders,
    columns: withBox ? `${scaleFileColumns}, f.bbox::text as bbox_text` : scaleFileColumns,
    joins: scaleFileTables.replace('scale_file f', 'scale_file f on f.id = page.id'),
  };
}

/** Of these the database knows what to expect: that is the count, once it is not a small one. */
function hasPlaceOrTime({ areas = [], dataFrom, dataTo }: KnownFilter): boolean {
  return areas.length > 0 || (dataFrom ?? dataTo) !== undefined;
}

/**
 * A range of time sorts by that time. By id the planner would go through all files from the first on, which took 7 s where
 * those of yesterday were meant. A span comes with the newest data first: from its end backwards every file is one of them.
 */
function byTime(filter: KnownFilter): Order {
  if (filter.dataFrom ?? filter.dataTo) return [{ field: 'data_started', descending: true }];
  const ranges = {
    last_modified: filter.modifiedStarted ?? filter.modifiedEnded,
    created: filter.createdStarted ?? filter.createdEnded,
    data_started: filter.dataStarted ?? filter.dataEnded,
    source_started: filter.sourceStarted ?? filter.sourceEnded,
  };
  const given = Object.entries(ranges).find(([, time]) => time !== undefined);
  return given ? [{ field: given[0], descending: false }] : [];
}

/** Where the order of many files begins that are read by `data_started`; undefined: with the first of all. */
async function boundOf(db: Queries, filter: KnownFilter, order: Order): Promise<string | undefined> {
  const isByData = order[0]?.field === 'data_started' && (filter.dataFrom ?? filter.dataTo) !== undefined;
  return isByData ? earliestOf(db, filter.dataFrom) : undefined;
}

/** More files than this that overlap one moment are most of those near it: they need no bound. */
const mostOverlapping = 5_000;

/**
 * The least `data_started` of the files whose span ends at `from` or later.
 * @returns undefined where there are files that only know when they ended, which no order of beginnings has
 */
async function earliestOf(db: Queries, from: string | undefined): Promise<string | undefined> {
  const [row] = await db.prepared<{ earliest: string | null; count: number; onlyEnded: boolean }>(
    'files-earliest',
    `select min(s.data_started)::text as earliest, count(*) as count,
       exists (select from scale_file where data_started is null and data_ended is not null) as "onlyEnded"
     from (select f.data_started from scale_file f where f.span @> $1::timestamptz limit ${mostOverlapping + 1}) s`,
    [from ?? null],
  );
  const { earliest, count, onlyEnded } = row!;
  if (onlyEnded) return undefined;
  return from === undefined || count > mostOverlapping ? '-infinity' : (earliest ?? from);
}
