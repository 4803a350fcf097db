import type { Queries } from '../database/index.ts';
import { recordEvent } from './events.ts';

/** What users change of a job type without making a revision; undefined members stay as they are. */
export interface JobTypeChange {
  readonly iconCode?: string | null | undefined;
  readonly isPublished?: boolean | undefined;
  /** Inactive ones take no new jobs. */
  readonly isActive?: boolean | undefined;
  /** The queue is kept, and nothing of it started. */
  readonly isPaused?: boolean | undefined;
  /** Jobs that run at once; null: no limit. */
  readonly maxScheduled?: number | null | undefined;
  /** Whether its jobs take what an earlier execution of the same identity made. */
  readonly reuse?: boolean | undefined;
  /** Secrets taken out. */
  readonly configuration?: object | undefined;
}

/** Writes the change, and the times that go with it (`paused`, `deprecated`), with an event. */
export async function changeJobType(
  db: Queries,
  id: number,
  change: JobTypeChange,
  actor: string,
): Promise<void> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  await db.query(
    `update job_type t set
       icon_code = case when c ? 'iconCode' then c->>'iconCode' else icon_code end,
       is_published = coalesce((c->>'isPublished')::boolean, is_published),
       is_active = coalesce((c->>'isActive')::boolean, is_active),
       deprecated = case when not coalesce((c->>'isActive')::boolean, is_active) then coalesce(deprecated, now()) end,
       is_paused = coalesce((c->>'isPaused')::boolean, is_paused),
       paused = case when coalesce((c->>'isPaused')::boolean, is_paused) then coalesce(paused, now()) end,
       max_scheduled = case when c ? 'maxScheduled' then (c->>'maxScheduled')::integer else max_scheduled end,
       reuse = coalesce((c->>'reuse')::boolean, reuse),
       configuration = coalesce(c->'configuration', configuration),
       last_modified = now()
     from (select $2::jsonb as c) as change where t.id = $1::bigint`,
    [id, JSON.stringify(Object.fromEntries(given))],
  );
  await recordEvent(db, {
    entity: 'job_type',
    id,
    kind: 'changed',
    actor,
    data: { members: given.map(([name]) => name) },
  });
}

/** The configuration of a job type; nobody changes it until the transaction ends. */
export async function lockConfiguration(tx: Queries, id: number): Promise<Record<string, unknown>> {
  const [row] = await tx.query<{ configuration: Record<string, unknown> }>(
    'select configuration from job_type where id = $1 for share',
    [id],
  );
  return row!.configuration;
}
