import { Conditions, listPage, type ListPage, type Queries, type Window } from '../database/index.ts';
import type { Role } from './role.ts';

/** One request, as the audit trail keeps it: never what was sent, only what it was about. */
export interface AuditEntry {
  readonly actor: string;
  readonly role: Role | null;
  readonly userId: number | null;
  readonly tokenId: number | null;
  /** Method and route, e.g. `PATCH /nodes/:id`. */
  readonly action: string;
  /** e.g. `nodes`. */
  readonly entity: string;
  readonly entityId: string | null;
  readonly requestId: string;
  readonly address: string;
  /** HTTP status. */
  readonly outcome: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AuditRow {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly role: Role | null;
  readonly user_id: number | null;
  readonly token_id: number | null;
  readonly action: string;
  readonly entity: string;
  readonly entity_id: string | null;
  readonly request_id: string;
  readonly address: string;
  readonly outcome: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Writes entries, those that come while others are being written all in one statement: a queue of jobs is many requests. */
export class AuditTrail {
  readonly #db: Queries;
  #waiting: AuditEntry[] = [];
  #next: Promise<void> | undefined;
  #current: Promise<void> = Promise.resolve();

  constructor(db: Queries) {
    this.#db = db;
  }

  /** Resolves once it is written. @throws database-unreachable */
  add(entry: AuditEntry): Promise<void> {
    this.#waiting.push(entry);
    this.#next ??= this.#current.then(() => this.#write());
    return this.#next;
  }

  #write(): Promise<void> {
    const entries = this.#waiting;
    this.#waiting = [];
    this.#next = undefined;
    const written = insert(this.#db, entries);
    this.#current = written.catch(() => undefined);
    return written;
  }
}

async function insert(db: Queries, entries: readonly AuditEntry[]): Promise<void> {
  await db.prepared(
    'audit-entries',
    `insert into audit (actor, role, user_id, token_id, action, entity, entity_id, request_id, address, outcome, data)
     select actor, role, "userId", "tokenId", action, entity, "entityId", "requestId", address, outcome, data
     from jsonb_to_recordset($1::jsonb) as entry(actor text, role text, "userId" bigint, "tokenId" bigint, action text,
       entity text, "entityId" text, "requestId" text, address text, outcome integer, data jsonb)`,
    [JSON.stringify(entries)],
  );
}

export interface AuditFilter {
  readonly actors?: readonly string[] | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly entities?: readonly string[] | undefined;
  readonly entityIds?: readonly string[] | undefined;
  readonly outcomes?: readonly number[] | undefined;
  readonly requestIds?: readonly string[] | undefined;
  /** ISO 8601 with an offset. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
}

const columns = `
  audit.id, at, actor, role, user_id, token_id, action, entity, entity_id, request_id, address, outcome, data`;

/** Newest first. */
export function listAudit(db: Queries, filter: AuditFilter, window: Window): Promise<ListPage<AuditRow>> {
  const listing = {
    tables: 'audit',
    id: 'audit.id',
    conditions: new Conditions()
      .among('actor', filter.actors, 'text')
      .among('action', filter.actions, 'text')
      .among('entity', filter.entities, 'text')
      .among('entity_id', filter.entityIds, 'text')
      .among('outcome', filter.outcomes, 'integer')
      .among('request_id', filter.requestIds, 'text')
      .within('at', filter.started, filter.ended),
    order: [{ field: 'id', descending: true }],
    fields: { id: { sql: 'audit.id', type: 'bigint' } },
    columns,
    joins: 'audit on audit.id = page.id',
  } as const;
  return listPage<AuditRow>(db, listing, window);
}
