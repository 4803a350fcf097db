import { estimateRows, type Queries } from '../../database/index.ts';

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
  /** Exact up to 10,000, else what the planner takes it for. */
  readonly count: number;
  readonly isEstimate: boolean;
  /** Of them, those that wait for the time of another try; at most 10,000 of all types together. */
  readonly delayed: number;
  /** UTC text. */
  readonly longestQueued: string;
  readonly highestPriority: number;
  /** The job that comes first: why it waits is why the others of its type do. */
  readonly firstJobId: number;
}

const most = 10_000;

/** How many job types have queued jobs, and a page of them: the highest priority first, then those that wait longest. */
export async function queuedTypes(
  db: Queries,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ count: number; types: QueuedType[] }> {
  const found = await db.query<Omit<QueuedType, 'isEstimate'> & { total: number }>(statement, [
    limit,
    offset,
  ]);
  const types = found.map(async ({ total: _total, ...type }) => {
    if (type.count <= most) return { ...type, isEstimate: false };
    const queued = `select from job where job_type_id = $1::bigint and status = 'QUEUED'`;
    const count = Math.max(type.count, await estimateRows(db, queued, [type.jobTypeId]));
    return { ...type, count, isEstimate: true };
  });
  return { count: found[0]?.total ?? 0, types: await Promise.all(types) };
}

const ready = `status = 'QUEUED' and not_before is null`;
/** As the index has them. */
const place = 'queue, priority, job_type_revision_id';
const inOrder = `order by ${place}, queued, id limit 1`;
const headColumns = `${place}, job_type_id, queued, id`;

/** Queues, priorities and revisions that are looked at: bounds the cost however many there are. */
const mostHeads = 2000;

/**
 * $1 limit, $2 offset. Costs about the same however long the queue is: it is entered at the first job of each queue, priority
 * and revision, and at the oldest job of each type. A sum over a million jobs took 2 s.
 */
const statement = `
  with recursive head as (
    (select ${headColumns} from job where ${ready} ${inOrder})
    union all
    select next.* from head cross join lateral (
      select ${headColumns} from job
      where ${ready} and (${place}) > (head.queue, head.priority, head.job_type_revision_id) ${inOrder}) next
  ), delayed as materialized (
    select job_type_id, priority, queued, id, not_before from job
    where status = 'QUEUED' and not_before is not null limit ${most}
  ), known as materialized (
    select job_type_id, priority, queued, id, null::timestamptz as not_before from (select * from head limit ${mostHeads}) h
    union all select job_type_id, priority, queued, id, not_before from delayed
  ), type as (
    select t.*, oldest.queued as "longestQueued", coalesce(k.priority, oldest.priority) as "highestPriority",
      coalesce(k.first, oldest.id) as "firstJobId", coalesce(k.delayed, 0) as delayed, count(*) over () as total
    from job_type t cross join lateral (
      select queued, priority, id from job where job_type_id = t.id and status = 'QUEUED' order by last_status_change limit 1
    ) oldest
    left join (
      select job_type_id, min(priority) as priority, count(not_before) as delayed,
        (array_agg(id order by not_before nulls first, priority, queued, id))[1] as first
      from known group by job_type_id
    ) k on k.job_type_id = t.id
    order by "highestPriority", "longestQueued", t.id limit $1 offset $2
  )
  select t.id as "jobTypeId", t.name, t.version, t.title, t.description, t.icon_code as "iconCode",
    t.is_active as "isActive", t.is_paused as "isPaused", t.is_published as "isPublished", t.is_system as "isSystem",
    t."longestQueued", t."highestPriority", t."firstJobId", t.delayed, t.total, c.count
  from type t cross join lateral (
    select count(*) as count from (
      select from job where job_type_id = t.id and status = 'QUEUED' limit ${most + 1}) queued
  ) c order by "highestPriority", "longestQueued", t.id`;
