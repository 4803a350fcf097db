import type { Queries } from '../../database/index.ts';

/** The queued jobs of one job type. */
export interface QueuedType {
  readonly jobTypeId: number;
  readonly name: string;
  readonly version: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly iconCode: string | null;
  readonly isActive: boolean;
  readonly isPaused: boolean;
  readonly isPublished: boolean;
  readonly isSystem: boolean;
  readonly count: number;
  /** Of them, those that wait for the time of another try. */
  readonly delayed: number;
  /** UTC text. */
  readonly longestQueued: string;
  readonly highestPriority: number;
  /** The job that comes first: why it waits is why the others of its type do. */
  readonly firstJobId: number;
}

/** How many job types have queued jobs, and a page of them: the highest priority first, then those that wait longest. */
export async function queuedTypes(
  db: Queries,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ count: number; types: QueuedType[] }> {
  const types = await db.query<QueuedType & { total: number }>(
    `select t.id as "jobTypeId", t.name, t.version, t.title, t.description, t.icon_code as "iconCode",
       t.is_active as "isActive", t.is_paused as "isPaused", t.is_published as "isPublished", t.is_system as "isSystem", q.*,
       count(*) over () as total
     from (
       select job_type_id, count(*) as count, count(not_before) as delayed, min(queued) as "longestQueued",
         min(priority) as "highestPriority",
         (array_agg(id order by not_before nulls first, priority, queued, id))[1] as "firstJobId"
       from job where status = 'QUEUED' group by job_type_id) q
     join job_type t on t.id = q.job_type_id
     order by "highestPriority", "longestQueued", t.id limit $1 offset $2`,
    [limit, offset],
  );
  return { count: types[0]?.total ?? 0, types };
}
