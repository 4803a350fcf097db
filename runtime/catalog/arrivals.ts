import type { Queries } from '../database/index.ts';
import { type Arrival, sourceColumns, type SourceRow, sourceRow } from './source-rows.ts';

/** A row of the catalogue that a file has now. */
export interface Registered {
  /** `scale_file.id`. */
  readonly id: number;
  /** Whether this very call made the row: the file was not known, or not with this content. */
  readonly isNew: boolean;
}

/** What stood at a place before. */
interface Known {
  readonly id: number;
  readonly uuid: string;
  readonly file_path: string;
  readonly file_size: number;
  readonly file_stat: string | null;
  readonly sha256: string | null;
}

/** Rows in one statement: enough to make round trips cheap, few enough to keep memory flat. */
const batchRows = 1000;

/**
 * Gives files of a workspace their current rows. What the catalogue knows at the same place, by its version or by its
 * checksum, keeps its row (a product of an earlier job stays that product), which learns what it lacks: the version, the
 * checksum, tags, metadata. Another content supersedes the row that was there and takes its uuid.
 * Safe when several processes register the same files at once.
 * @param tx of one transaction: rows stay locked until it ends
 * @returns the rows in the order of `arrivals`; of one that is given twice the last counts
 */
export async function registerArrivals(
  tx: Queries,
  workspaceId: number,
  arrivals: readonly Arrival[],
): Promise<Registered[]> {
  const wanted = new Map(arrivals.map((arrival) => [arrival.path, arrival]));
  // Everyone inserts in one order: two that register the same files wait for one another, and never in a circle.
  const paths = [...wanted.keys()].sort((a, b) => (a < b ? -1 : 1));
  const registered = new Map<string, Registered>();
  for (let start = 0; start < paths.length; start += batchRows) {
    const batch = paths.slice(start, start + batchRows).map((path) => sourceRow(wanted.get(path)!));
    let open: readonly SourceRow[] = await Promise.all(batch);
    // Where another process inserted in the meantime, the next turn sees what it did.
    while (open.length > 0)
      open = await settle(tx, open, await insertAbsent(tx, workspaceId, open), registered);
  }
  return arrivals.map(({ path }) => registered.get(path)!);
}

/** @returns the rows that are still to be inserted, those that they supersede being out of their way */
async function settle(
  tx: Queries,
  rows: readonly SourceRow[],
  answers: readonly Answer[],
  registered: Map<string, Registered>,
): Promise<SourceRow[]> {
  const known = new Map<string, Known>();
  for (const row of answers)
    if (row.is_new) registered.set(row.file_path, { id: row.id, isNew: true });
    else known.set(row.file_path, row);
  const kept = rows.filter((row) => known.has(row.file_path) && isSame(known.get(row.file_path)!, row));
  await learn(tx, kept, known);
  for (const { file_path } of kept) registered.set(file_path, { id: known.get(file_path)!.id, isNew: false });
  const changed = [...known.values()].filter((row) => !registered.has(row.file_path));
  await supersedeFiles(
    tx,
    changed.map((row) => row.id),
  );
  return rows
    .filter((row) => !registered.has(row.file_path))
    .map((row) => ({ ...row, uuid: known.get(row.file_path)?.uuid ?? row.uuid }));
}

/** Checksums decide where both are known: a file can change within one tick of its clock, or have its time set back. */
function isSame(known: Known, row: SourceRow): boolean {
  if (known.file_size !== row.file_size) return false;
  if (known.sha256 !== null && row.sha256 !== null) return known.sha256 === row.sha256;
  return known.file_stat === row.file_stat;
}

const given = `jsonb_to_recordset($2::jsonb) as given (${Object.entries(sourceColumns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')})`;
const names = Object.keys(sourceColumns).join(', ');

/** What metadata say. */
const described = Object.keys(sourceColumns).slice(Object.keys(sourceColumns).indexOf('meta_data'));
/** What is known of a file stays: a parse job may have said it. */
const lacksMetadata = `(given.is_parsed and not f.is_parsed and f.file_type = 'SOURCE')`;

/** A row that was there and is locked now, or that was made. */
type Answer = Known & { readonly is_new: boolean };

/** Each place is looked up by itself, as in `products.ts`: a join goes through all current files again for each batch. */
function insertAbsent(tx: Queries, workspaceId: number, rows: readonly SourceRow[]): Promise<Answer[]> {
  return tx.query(
    `with given as (select * from ${given}),
     known as materialized (
       select f.id, f.uuid, f.file_path, f.file_size, f.file_stat, f.sha256 from scale_file f
       where (f.is_superseded or f.is_deleted) is false and f.id = any(array(
         select (select o.id from scale_file o
           where o.workspace_id = $1 and md5(o.file_path) = md5(given.file_path) and o.file_path = given.file_path
             and not o.is_superseded and not o.is_deleted)
         from given))
       order by f.id for update of f),
     made as (
       insert into scale_file (workspace_id, file_type, ${names})
       select $1, 'SOURCE', ${names} from given
       where not exists (select from known where known.file_path = given.file_path)
       on conflict (workspace_id, md5(file_path)) where not is_superseded and not is_deleted do nothing
       returning id, uuid, file_path, file_size, file_stat, sha256)
     select *, false as is_new from known union all select *, true from made`,
    [workspaceId, JSON.stringify(rows)],
  );
}

/** Rows that stay get what they lack; a row that lacks nothing is not written. */
async function learn(
  tx: Queries,
  rows: readonly SourceRow[],
  known: ReadonlyMap<string, Known>,
): Promise<void> {
  const news = rows.filter((row) => {
    const { file_stat, sha256 } = known.get(row.file_path)!;
    const tags = row.data_type_tags as readonly string[];
    return (
      file_stat !== row.file_stat ||
      (row.sha256 !== null && sha256 === null) ||
      tags.length > 0 ||
      row.is_parsed
    );
  });
  if (news.length === 0) return;
  await tx.query(
    `update scale_file f set
       file_stat = given.file_stat, sha256 = coalesce(f.sha256, given.sha256), last_modified = now(),
       data_type_tags = f.data_type_tags || array(
         select tag from unnest(given.data_type_tags) tag where tag <> all (f.data_type_tags)),
       ${described.map((name) => `${name} = case when ${lacksMetadata} then given.${name} else f.${name} end`).join(', ')}
     from ${given}
     where f.id = any ($1) and f.file_path = given.file_path
       and (f.file_stat is distinct from given.file_stat or (f.sha256 is null and given.sha256 is not null)
         or not given.data_type_tags <@ f.data_type_tags or ${lacksMetadata})`,
    [news.map((row) => known.get(row.file_path)!.id), JSON.stringify(news)],
  );
}

/** Other content has come in the place of these rows, or will. */
export async function supersedeFiles(tx: Queries, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `update scale_file set is_superseded = true, superseded = now(), is_published = false, last_modified = now()
     where id = any($1)`,
    [ids],
  );
}
