import type { Queries } from '../database/index.ts';

/** What happened to one row. `kind` is past tense: `queued`, `started`, `completed`, `failed`, `canceled`. */
export interface NewEvent {
  readonly entity: 'job' | 'job_exe' | 'job_type' | 'recipe' | 'recipe_type' | 'scale_file';
  readonly id: number;
  readonly kind: string;
  /** Who did it: a user, or a runtime. */
  readonly actor: string;
  readonly attempt?: number;
  readonly data?: Record<string, unknown>;
}

/** As `recordEvent`, in one statement. */
export async function recordEvents(db: Queries, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db.query(
    `insert into event (entity, entity_id, attempt, kind, actor, data)
     select entity, id, attempt, kind, actor, coalesce(data, '{}')
     from jsonb_to_recordset($1::jsonb) as e (entity text, id bigint, attempt integer, kind text, actor text, data jsonb)`,
    [JSON.stringify(events)],
  );
}

export async function recordEvent(db: Queries, event: NewEvent): Promise<void> {
  await db.query(
    'insert into event (entity, entity_id, attempt, kind, actor, data) values ($1, $2, $3, $4, $5, $6)',
    [
      event.entity,
      event.id,
      event.attempt ?? null,
      event.kind,
      event.actor,
      JSON.stringify(event.data ?? {}),
    ],
  );
}

/** Events are kept in monthly partitions: makes those of this month and the next. Once for each process, and daily. */
export async function ensureEventPartitions(db: Queries): Promise<void> {
  await db.query('select ensure_event_partitions()');
}
