import type { ScanConfiguration } from '../../seed-schema/index.ts';
import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../database/index.ts';
import { insertNamed } from './made.ts';
import type { NamedFilter } from './strikes.ts';

export const scanStatuses = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED'] as const;

/** A scan as lists show it. */
export interface ScanRow {
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  /** Files that the last run found. */
  readonly file_count: number | null;
  /** What it was last asked for; null: nothing yet. */
  readonly phase: 'dry_run' | 'ingest' | null;
  readonly status: (typeof scanStatuses)[number] | null;
  readonly problem: string | null;
  readonly requested: string | null;
  readonly started: string | null;
  readonly ended: string | null;
  readonly created: string;
  readonly last_modified: string;
}

export interface ScanDetails extends ScanRow {
  readonly configuration: ScanConfiguration;
  /** Of the last dry run: what would become of the files. */
  readonly report: Readonly<Record<string, unknown>> | null;
}

/** What users change of a scan; undefined members stay as they are. */
export interface ScanChange {
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly configuration?: ScanConfiguration | undefined;
}

export interface NewScan extends ScanChange {
  /** Undefined: made from the title. */
  readonly name?: string | undefined;
  readonly title: string;
  readonly configuration: ScanConfiguration;
}

/** Fields that scans can be sorted by. */
export const scanOrders: OrderFields = {
  id: { sql: 's.id', type: 'bigint' },
  name: { sql: 's.name', type: 'text' },
  title: { sql: 's.title', type: 'text', nullable: true },
  description: { sql: 's.description', type: 'text', nullable: true },
  file_count: { sql: 's.file_count', type: 'bigint', nullable: true },
  status: { sql: 's.status', type: 'text', nullable: true },
  created: { sql: 's.created', type: 'timestamptz' },
  last_modified: { sql: 's.last_modified', type: 'timestamptz' },
};

const columns = `s.id, s.name, s.title, s.description, s.file_count, s.phase, s.status, s.problem, s.requested, s.started,
  s.ended, s.created, s.last_modified`;

export function listScans(
  db: Queries,
  filter: NamedFilter,
  order: Order,
  window: Window,
): Promise<ListPage<ScanRow>> {
  const conditions = new Conditions()
    .equal('s.project_id', 1, 'bigint')
    .within('s.last_modified', filter.started, filter.ended)
    .among('s.name', filter.names, 'text');
  const listing = {
    tables: 'scan s',
    id: 's.id',
    conditions,
    order,
    fields: scanOrders,
    columns,
    joins: 'scan s on s.id = page.id',
  };
  return listPage<ScanRow>(db, listing, window);
}

/** @returns undefined when there is no such scan */
export async function scanById(db: Queries, id: number): Promise<ScanDetails | undefined> {
  const [row] = await db.query<ScanDetails>(
    `select ${columns}, s.configuration, s.report from scan s where s.id = $1::bigint`,
    [id],
  );
  return row;
}

/** @returns its id; undefined when the name is taken */
export function createScan(db: Queries, wanted: NewScan, actor: string): Promise<number | undefined> {
  const { title, description = null, configuration } = wanted;
  return insertNamed('scan', wanted, async (name) => {
    const [row] = await db.query<{ id: number }>(
      `insert into scan (name, title, description, configuration, created_by) values ($1, $2, $3, $4, $5)
       on conflict (project_id, name) do nothing returning id`,
      [name, title, description, configuration, actor],
    );
    return row?.id;
  });
}

/** A scan that is under way. */
const underWay = `status in ('QUEUED', 'RUNNING')`;

/**
 * Changes a scan; its configuration only while it is not under way.
 * @returns false when there is no such scan, or its configuration must stay
 */
export async function changeScan(db: Queries, id: number, change: ScanChange): Promise<boolean> {
  const { title = null, description, configuration = null } = change;
  const changed = await db.execute(
    `update scan set title = coalesce($2::text, title),
       description = case when $3::boolean then $4::text else description end,
       configuration = coalesce($5::jsonb, configuration), last_modified = now()
     where id = $1::bigint and ($5::jsonb is null or (${underWay}) is not true)`,
    [id, title, description !== undefined, description ?? null, configuration],
  );
  return changed > 0;
}

/**
 * Asks for a run of a scan; what it found before is forgotten.
 * @returns false when there is no such scan, or it is under way
 */
export async function requestScan(db: Queries, id: number, phase: 'dry_run' | 'ingest'): Promise<boolean> {
  const changed = await db.execute(
    `update scan set phase = $2, status = 'QUEUED', position = null, file_count = null, problem = null,
       report = case when $2 = 'dry_run' then null else report end,
       requested = now(), started = null, ended = null, last_modified = now()
     where id = $1::bigint and (${underWay}) is not true`,
    [id, phase],
  );
  return changed > 0;
}

/** Ends a run that is under way; files that were ingested stay. @returns false when none is */
export async function cancelScan(db: Queries, id: number): Promise<boolean> {
  const changed = await db.execute(
    `update scan set status = 'CANCELED', ended = now(), last_modified = now() where id = $1::bigint and ${underWay}`,
    [id],
  );
  return changed > 0;
}
