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

/** What happened to a recipe. */
export interface RecipeEvent extends Cursor {
  readonly at: string;
  readonly kind: string;
  readonly recipeId: number;
  /** The recipe at the top, itself or the one that it is a part of. */
  readonly rootRecipeId: number;
  readonly recipeType: { readonly id: number; readonly name: string };
}

/** What happened to a job or a recipe; the recipes of a job are null where it is of none. */
export type Change =
  | (JobEvent & { readonly recipeId: number | null; readonly rootRecipeId: number | null })
  | (RecipeEvent & { readonly jobId: null });

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

/** Events of jobs, and of recipes that are completed, after a place, in order. @param until what `endOfEvents` said before */
export async function changesAfter(
  db: Queries,
  after: Cursor,
  until: Cursor,
  limit: number,
): Promise<Change[]> {
  return db.query<Change>(
    `select e.xid::text, e.id, e.at, e.kind, e.attempt, e.data, j.id as "jobId",
       coalesce(r.id, j.recipe_id) as "recipeId", coalesce(r.root_recipe_id, j.root_recipe_id) as "rootRecipeId",
       case when j.id is not null then jsonb_build_object('id', t.id, 'name', t.name, 'version', t.version) end as "jobType",
       case when r.id is not null then jsonb_build_object('id', rt.id, 'name', rt.name) end as "recipeType"
     from (
       select * from event
       where (xid, id) > ($1::xid8, $2::bigint) and xid < $4::xid8
         and (entity = 'job' or (entity = 'recipe' and kind = 'completed'))
       order by xid, id limit $3) e
     left join job j on e.entity = 'job' and j.id = e.entity_id left join job_type t on t.id = j.job_type_id
     left join recipe r on e.entity = 'recipe' and r.id = e.entity_id left join recipe_type rt on rt.id = r.recipe_type_id
     where j.id is not null or r.id is not null
     order by e.xid, e.id`,
    [after.xid, after.id, limit, until.xid],
  );
}
