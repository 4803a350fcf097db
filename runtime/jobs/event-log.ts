import type { Queries } from '../database/index.ts';

/** A place in the events: all up to it have been seen. Compared by xid, then id, since ids do not commit in order. */
export interface Cursor {
  /** Of the transaction; a decimal number below 2^64. */
  readonly xid: string;
  readonly id: number;
}

/** What happened to a job. */
export interface JobEvent extends Cursor {
  /** UTC text. */
  readonly at: string;
  readonly kind: string;
  readonly attempt: number | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly jobId: number;
  readonly jobType: { readonly id: number; readonly name: string; readonly version: string };
}

/**
 * Where the events end at this moment: what commits from now on comes after it. A transaction that runs still keeps back
 * those of all that began after it, so that no later reader finds one before them.
 */
export async function endOfEvents(db: Queries): Promise<Cursor> {
  const [row] = await db.query<{ xid: string }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as xid',
  );
  return { xid: row!.xid, id: 0 };
}

/**
 * Events of jobs after a place, in order.
 * @param until what `endOfEvents` said before
 * @param kinds of these only; undefined: of all
 */
export async function jobEventsAfter(
  db: Queries,
  after: Cursor,
  until: Cursor,
  limit: number,
  kinds?: readonly string[],
): Promise<JobEvent[]> {
  return db.query<JobEvent>(
    `select e.xid::text, e.id, e.at, e.kind, e.attempt, e.data, e.entity_id as "jobId",
       jsonb_build_object('id', t.id, 'name', t.name, 'version', t.version) as "jobType"
     from (
       select * from event
       where (xid, id) > ($1::xid8, $2::bigint) and xid < $5::xid8
         and entity = 'job' and ($4::text[] is null or kind = any($4))
       order by xid, id limit $3) e
     join job j on j.id = e.entity_id join job_type t on t.id = j.job_type_id
     order by e.xid, e.id`,
    [after.xid, after.id, limit, kinds ?? null, until.xid],
  );
}
