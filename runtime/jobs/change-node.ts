import type { Queries } from '../database/index.ts';

/** What users change of a node; undefined members stay as they are. */
export interface NodeChange {
  /** What runs there goes on, and nothing new is started. */
  readonly isPaused?: boolean | undefined;
  /** For people; forgotten when the pause ends. */
  readonly pauseReason?: string | null | undefined;
  /** Inactive ones are not used, and not listed. */
  readonly isActive?: boolean | undefined;
}

/** @returns false when there is no such node */
export async function changeNode(db: Queries, id: number, change: NodeChange): Promise<boolean> {
  const { isPaused = null, pauseReason, isActive = null } = change;
  const changed = await db.execute(
    `update node set is_paused = coalesce($2::boolean, is_paused),
       pause_reason = case when not coalesce($2::boolean, is_paused) then null
         when $3::boolean then $4::text else pause_reason end,
       is_active = coalesce($5::boolean, is_active),
       deprecated = case when not coalesce($5::boolean, is_active) then coalesce(deprecated, now()) end,
       last_modified = now()
     where id = $1::bigint`,
    [id, isPaused, pauseReason !== undefined, pauseReason ?? null, isActive],
  );
  return changed > 0;
}
