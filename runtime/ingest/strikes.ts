import type { StrikeConfiguration } from '../../seed-schema/index.ts';
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

/** A strike as lists show it. */
export interface StrikeRow {
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly is_active: boolean;
  /** Why it can see nothing at present. */
  readonly problem: string | null;
  /** When it last looked. */
  readonly seen: string | null;
  readonly created: string;
  readonly last_modified: string;
}

export interface StrikeDetails extends StrikeRow {
  readonly configuration: StrikeConfiguration;
}

/** Which strikes, or which scans, are listed. */
export interface NamedFilter {
  /** When it was last modified; ISO 8601 with an offset. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
  readonly names?: readonly string[] | undefined;
}

/** What users change of a strike; undefined members stay as they are. */
export interface StrikeChange {
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly isActive?: boolean | undefined;
  readonly configuration?: StrikeConfiguration | undefined;
}

export interface NewStrike extends StrikeChange {
  /** Undefined: made from the title. */
  readonly name?: string | undefined;
  readonly title: string;
  readonly configuration: StrikeConfiguration;
}

/** Fields that strikes can be sorted by. */
export const strikeOrders: OrderFields = {
  id: { sql: 's.id', type: 'bigint' },
  name: { sql: 's.name', type: 'text' },
  title: { sql: 's.title', type: 'text', nullable: true },
  description: { sql: 's.description', type: 'text', nullable: true },
  is_active: { sql: 's.is_active', type: 'boolean' },
  created: { sql: 's.created', type: 'timestamptz' },
  last_modified: { sql: 's.last_modified', type: 'timestamptz' },
};

const columns = `s.id, s.name, s.title, s.description, s.is_active, s.problem, s.seen, s.created, s.last_modified`;

export function listStrikes(
  db: Queries,
  filter: NamedFilter,
  order: Order,
  window: Window,
): Promise<ListPage<StrikeRow>> {
  const conditions = new Conditions()
    .equal('s.project_id', 1, 'bigint')
    .within('s.last_modified', filter.started, filter.ended)
    .among('s.name', filter.names, 'text');
  const listing = {
    tables: 'strike s',
    id: 's.id',
    conditions,
    order,
    fields: strikeOrders,
    columns,
    joins: 'strike s on s.id = page.id',
  };
  return listPage<StrikeRow>(db, listing, window);
}

/** @returns undefined when there is no such strike */
export async function strikeById(db: Queries, id: number): Promise<StrikeDetails | undefined> {
  const [row] = await db.query<StrikeDetails>(
    `select ${columns}, s.configuration from strike s where s.id = $1::bigint`,
    [id],
  );
  return row;
}

/** @returns its id; undefined when the name is taken */
export function createStrike(db: Queries, wanted: NewStrike, actor: string): Promise<number | undefined> {
  const { title, description = null, isActive = true, configuration } = wanted;
  return insertNamed('strike', wanted, async (name) => {
    const [row] = await db.query<{ id: number }>(
      `insert into strike (name, title, description, is_active, configuration, created_by)
       values ($1, $2, $3, $4, $5, $6) on conflict (project_id, name) do nothing returning id`,
      [name, title, description, isActive, configuration, actor],
    );
    return row?.id;
  });
}

/** What it could not see before may be no matter of the new configuration. @returns false when there is no such strike */
export async function changeStrike(db: Queries, id: number, change: StrikeChange): Promise<boolean> {
  const { title = null, description, isActive = null, configuration = null } = change;
  const changed = await db.execute(
    `update strike set title = coalesce($2::text, title),
       description = case when $3::boolean then $4::text else description end,
       is_active = coalesce($5::boolean, is_active),
       configuration = coalesce($6::jsonb, configuration),
       problem = case when $6::jsonb is null and coalesce($5::boolean, true) then problem end, last_modified = now()
     where id = $1::bigint`,
    [id, title, description !== undefined, description ?? null, isActive, configuration],
  );
  return changed > 0;
}
