import type { Queries } from '../database/index.ts';

/** What holds for all runtimes together. */
export interface SchedulerSettings {
  /** Nothing new is started anywhere. */
  readonly is_paused: boolean;
  /** Which of two jobs of the same priority comes first: the older (FIFO) or the younger. */
  readonly queue_mode: 'FIFO' | 'LIFO';
  /** Kept for Scale's clients: there are no such processes here. */
  readonly num_message_handlers: number;
  /** Kept for Scale's clients: SEED_LOG_LEVEL decides. */
  readonly system_logging_level: string;
}

export async function schedulerSettings(db: Queries): Promise<SchedulerSettings> {
  const [row] = await db.query<SchedulerSettings>(
    'select is_paused, queue_mode, num_message_handlers, system_logging_level from scheduler',
  );
  return row!;
}

/** Members that are left out stay as they are. */
export async function changeScheduler(db: Queries, change: Partial<SchedulerSettings>): Promise<void> {
  await db.query(
    `update scheduler set is_paused = coalesce($1::boolean, is_paused), queue_mode = coalesce($2::text, queue_mode),
       num_message_handlers = coalesce($3::integer, num_message_handlers),
       system_logging_level = coalesce($4::text, system_logging_level), last_modified = now()`,
    [
      change.is_paused ?? null,
      change.queue_mode ?? null,
      change.num_message_handlers ?? null,
      change.system_logging_level ?? null,
    ],
  );
}
