import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../database/index.ts';

/** Where a file that arrived stands. */
export const ingestStatuses = [
  'TRANSFERRING',
  'TRANSFERRED',
  'DEFERRED',
  'QUEUED',
  'INGESTING',
  'INGESTED',
  'ERRORED',
  'DUPLICATE',
] as const;
export type IngestStatus = (typeof ingestStatuses)[number];

interface Named {
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
}

interface NamedWorkspace extends Named {
  readonly base_url: string | null;
  readonly is_active: boolean;
  readonly created: string;
  readonly last_modified: string;
}

/** What became of a file that a strike or a scan found, or that was ingested by hand. */
export interface IngestRow {
  readonly id: number;
  readonly file_name: string;
  readonly strike: Named | null;
  readonly scan: Named | null;
  readonly status: IngestStatus;
  /** Why it stands there, where that needs a word. */
  readonly reason: string | null;
  readonly tries: number;
  readonly bytes_transferred: number | null;
  readonly transfer_started: string | null;
  readonly transfer_ended: string | null;
  readonly media_type: string;
  readonly file_size: number | null;
  readonly data_type_tags: readonly string[];
  readonly sha256: string | null;
  readonly file_path: string;
  readonly workspace: NamedWorkspace;
  readonly new_file_path: string | null;
  readonly new_workspace: NamedWorkspace | null;
  readonly ingest_started: string | null;
  readonly ingest_ended: string | null;
  readonly source_file_id: number | null;
  readonly recipe_id: number | null;
  readonly data_started: string | null;
  readonly data_ended: string | null;
  readonly created: string;
  readonly last_modified: string;
}

/** Which ingests are listed; every member given must hold. Times are ISO 8601 with an offset. */
export interface IngestFilter {
  /** When it was last modified. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
  readonly statuses?: readonly IngestStatus[] | undefined;
  readonly scanIds?: readonly number[] | undefined;
  readonly strikeIds?: readonly number[] | undefined;
  readonly fileNames?: readonly string[] | undefined;
}

/** Fields that ingests can be sorted by. */
export const ingestOrders: OrderFields = {
  id: { sql: 'i.id', type: 'bigint' },
  file_name: { sql: 'i.file_name', type: 'text' },
  file_path: { sql: 'i.file_path', type: 'text' },
  status: { sql: 'i.status', type: 'text' },
  strike__id: { sql: 'i.strike_id', type: 'bigint', nullable: true, nullsLast: true },
  media_type: { sql: 'i.media_type', type: 'text' },
  file_size: { sql: 'i.file_size', type: 'bigint', nullable: true },
  bytes_transferred: { sql: 'i.bytes_transferred', type: 'bigint', nullable: true },
  transfer_started: { sql: 'i.transfer_started', type: 'timestamptz', nullable: true },
  transfer_ended: { sql: 'i.transfer_ended', type: 'timestamptz', nullable: true },
  ingest_started: { sql: 'i.ingest_started', type: 'timestamptz', nullable: true },
  ingest_ended: { sql: 'i.ingest_ended', type: 'timestamptz', nullable: true },
  data_started: { sql: 'i.data_started', type: 'timestamptz', nullable: true },
  data_ended: { sql: 'i.data_ended', type: 'timestamptz', nullable: true },
  created: { sql: 'i.created', type: 'timestamptz' },
  last_modified: { sql: 'i.last_modified', type: 'timestamptz' },
};

const named = (table: string) =>
  `case when ${table}.id is not null then json_build_object('id', ${table}.id, 'name', ${table}.name,
     'title', ${table}.title, 'description', ${table}.description) end`;
const instant = (expression: string) =>
  `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const placed = (table: string) =>
  `case when ${table}.id is not null then json_build_object('id', ${table}.id, 'name', ${table}.name,
     'title', ${table}.title, 'description', ${table}.description, 'base_url', ${table}.base_url,
     'is_active', ${table}.is_active, 'created', ${instant(`${table}.created`)},
     'last_modified', ${instant(`${table}.last_modified`)}) end`;

const columns = `i.id, i.file_name, ${named('t')} as strike, ${named('c')} as scan, i.status, i.reason, i.tries,
  i.bytes_transferred, i.transfer_started, i.transfer_ended, i.media_type, i.file_size, i.data_type_tags, i.sha256,
  i.file_path, ${placed('w')} as workspace, i.new_file_path, ${placed('n')} as new_workspace, i.ingest_started,
  i.ingest_ended, i.source_file_id, i.recipe_id, i.data_started, i.data_ended, i.created, i.last_modified`;

const others = `left join strike t on t.id = i.strike_id left join scan c on c.id = i.scan_id
  join workspace w on w.id = i.workspace_id left join workspace n on n.id = i.new_workspace_id`;

export function listIngests(
  db: Queries,
  filter: IngestFilter,
  order: Order,
  window: Window,
): Promise<ListPage<IngestRow>> {
  const conditions = new Conditions()
    .within('i.last_modified', filter.started, filter.ended)
    .among('i.status', filter.statuses, 'text')
    .among('i.scan_id', filter.scanIds, 'bigint')
    .among('i.strike_id', filter.strikeIds, 'bigint')
    .among('i.file_name', filter.fileNames, 'text');
  const isTimed = filter.started !== undefined || filter.ended !== undefined;
  const listing = {
    tables: 'ingest i',
    id: 'i.id',
    conditions,
    order: order.length === 0 && isTimed ? [{ field: 'last_modified', descending: false }] : order,
    fields: ingestOrders,
    columns,
    joins: `ingest i on i.id = page.id ${others}`,
  };
  return listPage<IngestRow>(db, listing, window);
}

/** @returns undefined when there is no such ingest */
export async function ingestById(db: Queries, id: number): Promise<IngestRow | undefined> {
  const [row] = await db.query<IngestRow>(
    `select ${columns} from ingest i ${others} where i.id = $1::bigint`,
    [id],
  );
  return row;
}

/** The last one of a file of that name. @returns undefined when there is none */
export async function ingestOfFile(db: Queries, fileName: string): Promise<IngestRow | undefined> {
  const [found] = await db.query<{ id: number }>(
    'select id from ingest where file_name = $1 order by id desc limit 1',
    [fileName],
  );
  return found && ingestById(db, found.id);
}
