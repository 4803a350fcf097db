import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../../database/index.ts';
import type { NodeProblem } from '../nodes/register.ts';

/** Which nodes are listed. */
export interface NodeFilter {
  readonly id?: number | undefined;
  /** When the node was last modified; ISO 8601 with an offset. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
  /** Default: only active ones. */
  readonly includeInactive?: boolean | undefined;
}

/** A machine with an engine, and what is promised of it. */
export interface NodeRow {
  readonly id: number;
  readonly name: string;
  readonly hostname: string;
  /** READY when a living runtime drives it and found nothing wrong, else OFFLINE. */
  readonly state: string;
  readonly is_paused: boolean;
  readonly pause_reason: string | null;
  readonly is_active: boolean;
  readonly engine: string;
  readonly engine_version: string;
  /** CPU cores, MiB, MiB, and others by name. */
  readonly capacity: Readonly<Record<string, number>>;
  /** Of that, what running jobs were promised. */
  readonly promised: Readonly<Record<string, number>>;
  readonly slots: number;
  readonly running: number;
  readonly problems: readonly NodeProblem[];
  readonly last_seen: string | null;
  readonly created: string;
  readonly deprecated: string | null;
  readonly last_modified: string;
}

/** Fields that nodes can be sorted by. */
export const nodeOrders: OrderFields = {
  id: { sql: 'n.id', type: 'bigint' },
  hostname: { sql: 'n.hostname', type: 'text' },
  name: { sql: 'n.name', type: 'text' },
  created: { sql: 'n.created', type: 'timestamptz' },
  last_modified: { sql: 'n.last_modified', type: 'timestamptz' },
};

const columns = `
  n.id, n.name, n.hostname,
  case when n.state = 'READY' and exists (
    select from runtime where n.id = any(runtime.nodes) and runtime.lease_until > now())
  then 'READY' else 'OFFLINE' end as state, n.is_paused, n.pause_reason, n.is_active, n.engine, n.engine_version, n.capacity,
  coalesce((
    select json_object_agg(sums.key, sums.total) from (
      select amount.key, sum(amount.value::numeric)::float8 as total
      from slot s cross join lateral jsonb_each_text(s.resources) as amount
      where s.node_id = n.id and s.job_exe_id is not null and jsonb_typeof(s.resources) = 'object'
      group by amount.key
    ) sums), '{}') as promised,
  (select count(*) from slot s where s.node_id = n.id) as slots,
  (select count(*) from slot s where s.node_id = n.id and s.job_exe_id is not null) as running,
  n.problems, n.last_seen, n.created, n.deprecated, n.last_modified`;

export async function listNodes(
  db: Queries,
  filter: NodeFilter,
  order: Order,
  window: Window,
): Promise<ListPage<NodeRow>> {
  const conditions = new Conditions()
    .equal('n.id', filter.id, 'bigint')
    .within('n.last_modified', filter.started, filter.ended)
    .equal('n.is_active', filter.includeInactive ? undefined : true, 'boolean');
  const listing = {
    tables: 'node n',
    id: 'n.id',
    conditions,
    order,
    fields: nodeOrders,
    columns,
    joins: 'node n on n.id = page.id',
  };
  return listPage<NodeRow>(db, listing, window);
}

/** @returns undefined when there is no such node, active or not */
export async function nodeById(db: Queries, id: number): Promise<NodeRow | undefined> {
  const { rows } = await listNodes(db, { id, includeInactive: true }, [], { offset: 0, limit: 1 });
  return rows[0];
}
