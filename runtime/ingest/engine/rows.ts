import path from 'node:path';
import { mediaTypeOf } from '../../catalog/index.ts';
import { givenRows, type Queries } from '../../database/index.ts';
import type { Task } from './context.ts';

export type IngestStatus =
  'TRANSFERRING' | 'TRANSFERRED' | 'DEFERRED' | 'QUEUED' | 'INGESTING' | 'INGESTED' | 'ERRORED' | 'DUPLICATE';

/** What there still is to do something about. */
const openStatuses = `('TRANSFERRED', 'QUEUED', 'INGESTING')`;

/** A row of `ingest`. */
export interface IngestRow {
  readonly id: number;
  readonly file_name: string;
  /** Where it was found. */
  readonly file_path: string;
  readonly version: string;
  readonly status: IngestStatus;
  readonly tries: number;
  readonly file_size: number;
  readonly data_type_tags: readonly string[];
  /** null: the workspace where it was found. */
  readonly new_workspace_id: number | null;
  /** null: the path that it has when it is taken. */
  readonly new_file_path: string | null;
  /** Until it is tried again, milliseconds; 0: now. */
  readonly wait_ms: number;
}

const columns = `i.id, i.file_name, i.file_path, i.version, i.status, i.tries, i.file_size, i.data_type_tags, i.new_workspace_id,
  i.new_file_path, greatest(0, coalesce(extract(epoch from i.not_before - now()) * 1000, 0))::float8 as wait_ms`;

/** What is decided about a file that was found. */
export interface Decided {
  readonly path: string;
  readonly size: number;
  readonly version: string;
  readonly status: 'TRANSFERRED' | 'DEFERRED';
  readonly reason: string | null;
  readonly dataTypes: readonly string[];
  readonly newWorkspaceId: number | null;
  readonly newFilePath: string | null;
  /** ISO 8601: the beginning and the end of its transfer, as far as they are known. */
  readonly started: string | null;
  readonly ended: string;
}

const decidedColumns = {
  id: 'bigint',
  file_name: 'text',
  file_path: 'text',
  version: 'text',
  status: 'text',
  reason: 'text',
  media_type: 'text',
  file_size: 'bigint',
  data_type_tags: 'text[]',
  new_workspace_id: 'bigint',
  new_file_path: 'text',
  transfer_started: 'timestamptz',
  transfer_ended: 'timestamptz',
} as const;

const written = Object.keys(decidedColumns).filter((name) => name !== 'id');

function rowOf(one: Decided, id: number | null) {
  return {
    id,
    file_name: path.posix.basename(one.path),
    file_path: one.path,
    version: one.version,
    status: one.status,
    reason: one.reason,
    media_type: mediaTypeOf(one.path),
    file_size: one.size,
    data_type_tags: one.dataTypes,
    new_workspace_id: one.newWorkspaceId,
    new_file_path: one.newFilePath,
    transfer_started: one.started ?? one.ended,
    transfer_ended: one.ended,
  };
}

function owner({ kind, id }: Pick<Task, 'kind' | 'id'>): [strike: number | null, scan: number | null] {
  return kind === 'strike' ? [id, null] : [null, id];
}

/** Writes down files that were found, each once for its path and version. @returns the rows that were made, in no order */
export function insertRows(
  db: Queries,
  task: Pick<Task, 'kind' | 'id'>,
  workspaceId: number,
  found: readonly Decided[],
): Promise<IngestRow[]> {
  const given = givenRows(
    decidedColumns,
    found.map((one) => rowOf(one, null)),
    4,
  );
  return db.query<IngestRow>(
    `insert into ingest as i (strike_id, scan_id, workspace_id, bytes_transferred, ${written.join(', ')})
     select $1, $2, $3, file_size, ${written.join(', ')} from ${given.source} g
     on conflict do nothing returning ${columns}`,
    [...owner(task), workspaceId, ...given.values],
  );
}

/** Rows of files that stand where one was found before with the same version; of each the newest. */
export function knownRows(
  db: Queries,
  task: Pick<Task, 'kind' | 'id'>,
  found: readonly Pick<Decided, 'path' | 'version'>[],
): Promise<IngestRow[]> {
  return db.query<IngestRow>(
    `select distinct on (i.file_path) ${columns}
     from jsonb_to_recordset($2::jsonb) g (path text, version text) join ingest i
       on i.${task.kind}_id = $1 and md5(i.file_path) = md5(g.path) and i.file_path = g.path
       and (i.version = g.version or starts_with(i.version, g.version || '~'))
     order by i.file_path, i.id desc`,
    [task.id, JSON.stringify(found.map(({ path, version }) => ({ path, version })))],
  );
}

const decidedAgain = written
  .filter((name) => name !== 'transfer_started')
  .map((name) => `${name} = g.${name}`)
  .join(', ');

/** Decides anew about rows of files that were put back, or whose transfer has ended. @returns the rows */
export function decideAgain(
  db: Queries,
  decided: readonly { readonly id: number; readonly one: Decided }[],
): Promise<IngestRow[]> {
  const given = givenRows(
    decidedColumns,
    decided.map(({ id, one }) => rowOf(one, id)),
  );
  return db.query<IngestRow>(
    `update ingest i set ${decidedAgain},
       transfer_started = least(i.transfer_started, g.transfer_started), bytes_transferred = g.file_size,
       tries = 0, not_before = null, last_modified = now()
     from ${given.source} g where i.id = g.id and i.status in ('TRANSFERRING', 'DEFERRED', 'ERRORED') returning ${columns}`,
    given.values,
  );
}

/** Rows that are not done with, by pages in the order of their ids. */
export function openRows(
  db: Queries,
  { kind, id }: Pick<Task, 'kind' | 'id'>,
  after: number,
  most: number,
): Promise<IngestRow[]> {
  return db.query<IngestRow>(
    `select ${columns} from ingest i where i.${kind}_id = $1 and i.id > $2 and i.status in ${openStatuses}
     order by i.id limit $3`,
    [id, after, most],
  );
}

/** Tells that work at files has begun which takes its time. */
export async function markIngesting(db: Queries, ids: readonly number[]): Promise<void> {
  await db.query(
    `update ingest set status = 'INGESTING', ingest_started = coalesce(ingest_started, now()), last_modified = now()
     where id = any($1) and status in ${openStatuses}`,
    [ids],
  );
}

/** Locks those of the rows that nobody is done with. @returns their ids */
export async function lockOpen(tx: Queries, ids: readonly number[]): Promise<Set<number>> {
  const rows = await tx.query<{ id: number }>(
    `select id from ingest where id = any($1) and status in ${openStatuses} order by id for update`,
    [ids],
  );
  return new Set(rows.map((row) => row.id));
}

/** How a file ended. */
export interface Ended {
  readonly id: number;
  readonly status: 'INGESTED' | 'DUPLICATE';
  readonly reason: string | null;
  readonly sha256: string | null;
  readonly file_size: number;
  readonly source_file_id: number;
  readonly recipe_id: number | null;
  /** ISO 8601. */
  readonly ingest_started: string;
}

export async function endRows(tx: Queries, ended: readonly Ended[]): Promise<void> {
  const given = givenRows(
    {
      ...{ id: 'bigint', status: 'text', reason: 'text', sha256: 'text', file_size: 'bigint' },
      ...{ source_file_id: 'bigint', recipe_id: 'bigint', ingest_started: 'timestamptz' },
    },
    ended as readonly (Ended & Record<string, unknown>)[],
  );
  await tx.query(
    `update ingest i set status = g.status, reason = g.reason, sha256 = g.sha256, file_size = g.file_size,
       source_file_id = g.source_file_id, recipe_id = g.recipe_id, not_before = null, tries = i.tries + 1,
       ingest_started = coalesce(i.ingest_started, g.ingest_started), ingest_ended = now(), last_modified = now(),
       data_started = f.data_started, data_ended = f.data_ended
     from ${given.source} g join scale_file f on f.id = g.source_file_id where i.id = g.id`,
    given.values,
  );
}

/** Tries of a file before it is given up: with pauses of 1, 2, 4, ... 300 s, that is an hour. */
const mostTries = 20;

/** Files that could not be taken: tried again later, or given up. @returns the rows that will be tried again */
export function failRows(
  db: Queries,
  failures: readonly { readonly id: number; readonly reason: string; readonly isFinal?: boolean }[],
  pauseMs: number,
): Promise<IngestRow[]> {
  return db.query<IngestRow>(
    `update ingest i set tries = i.tries + 1, reason = g.reason, last_modified = now(),
       ingest_started = coalesce(i.ingest_started, now()),
       status = case when g.final or i.tries + 1 >= ${mostTries} then 'ERRORED' else 'QUEUED' end,
       ingest_ended = case when g.final or i.tries + 1 >= ${mostTries} then now() end,
       not_before = now() + least($2 * 2 ^ least(i.tries, 20), 300000) * interval '1 millisecond'
     from jsonb_to_recordset($1::jsonb) g (id bigint, reason text, final boolean)
     where i.id = g.id and i.status in ${openStatuses} returning ${columns}`,
    [
      JSON.stringify(failures.map(({ id, reason, isFinal = false }) => ({ id, reason, final: isFinal }))),
      pauseMs,
    ],
  );
}

/** A file that is being transferred. */
export interface Transferring {
  readonly id: number;
  readonly file_path: string;
  readonly version: string;
  readonly bytes_transferred: number;
}

export function transferringRows(db: Queries, strikeId: number): Promise<Transferring[]> {
  return db.query<Transferring>(
    `select id, file_path, version, bytes_transferred from ingest
     where strike_id = $1 and status = 'TRANSFERRING' order by id`,
    [strikeId],
  );
}

/** Begins to follow transfers. @param found `path` as it will be */
export function insertTransfers(
  db: Queries,
  strikeId: number,
  workspaceId: number,
  found: readonly { readonly path: string; readonly version: string; readonly size: number }[],
): Promise<Transferring[]> {
  const rows = found.map(({ path: filePath, version, size }) => ({
    ...{ file_path: filePath, version, size },
    file_name: path.posix.basename(filePath),
    media_type: mediaTypeOf(filePath),
  }));
  return db.query<Transferring>(
    `insert into ingest (strike_id, workspace_id, file_name, file_path, version, status, media_type, bytes_transferred,
       transfer_started)
     select $1, $2, file_name, file_path, version, 'TRANSFERRING', media_type, size, now()
     from jsonb_to_recordset($3::jsonb) g (file_name text, file_path text, version text, media_type text, size bigint)
     on conflict (strike_id, md5(file_path), version) where strike_id is not null
       do update set status = 'TRANSFERRING', reason = null, ingest_ended = null, last_modified = now()
     returning id, file_path, version, bytes_transferred`,
    [strikeId, workspaceId, JSON.stringify(rows)],
  );
}

export async function growTransfers(
  db: Queries,
  grown: readonly { readonly id: number; readonly size: number }[],
): Promise<void> {
  await db.query(
    `update ingest i set bytes_transferred = g.size, last_modified = now()
     from jsonb_to_recordset($1::jsonb) g (id bigint, size bigint) where i.id = g.id and i.status = 'TRANSFERRING'`,
    [JSON.stringify(grown)],
  );
}

/** Transfers whose file is gone, and no complete one has come. */
export async function breakTransfers(db: Queries, ids: readonly number[]): Promise<void> {
  await db.query(
    `update ingest set status = 'ERRORED', reason = 'the file went away before it was complete', transfer_ended = now(),
       ingest_ended = now(), last_modified = now()
     where id = any($1) and status = 'TRANSFERRING'`,
    [ids],
  );
}
