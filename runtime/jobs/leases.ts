import type { Queries } from '../database/index.ts';
import type { Scheduled } from './queue/claim-many.ts';
import { defaultQueue } from './submit.ts';

/** Seconds for which a runtime is taken to live after its last sign of life. */
export const leaseSeconds = 3;

/** Seconds without a sign of life after which a runtime that is still connected is taken to hang. */
const hangingSeconds = 9;

/** Who is to be known as a runtime. */
export interface RuntimeRow {
  /** Its presence, see `database/presence.ts`. */
  readonly runtime: string;
  readonly hostname: string;
  readonly pid: number;
  /** `node.id`s that it drives. */
  readonly nodes: readonly number[];
  /** The queue that it works off; default `default`. */
  readonly queue?: string;
}

/** Begins or renews what is known of a runtime. */
export async function registerRuntime(
  db: Queries,
  { runtime, hostname, pid, nodes, queue = defaultQueue }: RuntimeRow,
): Promise<void> {
  await db.query(
    `insert into runtime (id, hostname, pid, nodes, queue, lease_until)
     values ($1, $2, $3, $4, $5, now() + $6 * interval '1 second')
     on conflict (id) do update set nodes = excluded.nodes, lease_until = excluded.lease_until`,
    [runtime, hostname, pid, nodes, queue, leaseSeconds],
  );
}

/** Whether the runtime's lease lasts still, by the database's clock. */
export async function hasLease(db: Queries, runtime: string): Promise<boolean> {
  const rows = await db.query('select from runtime where id = $1 and lease_until > now()', [runtime]);
  return rows.length > 0;
}

/** What there is to do, as one look at the database tells. */
export interface Pulse {
  /** Whether our lease was there to be renewed; if not, others may have taken over what we run. */
  readonly alive: boolean;
  /** Whether jobs wait in the queue. */
  readonly queued: boolean;
  /** Executions that the database takes for ours. */
  readonly own: readonly number[];
  /** Those of them that are to be stopped. */
  readonly canceling: readonly number[];
  /** Whether a bulk cancel or requeue is to be carried out, or a node of a recipe has more runs to start. */
  readonly actions: boolean;
  /** Whether other runtimes are alive. */
  readonly others: boolean;
  /**
   * Runtimes without a lease that drove nodes of ours, by what they said or by the executions that they have there; and
   * commands, which never have one, whose executions jobs wait for.
   */
  readonly silent: readonly string[];
  /** Those that have been silent for so long that they hang, should they live. */
  readonly hanging: readonly string[];
}

/**
 * The one statement that an idle runtime runs each second: renews its lease, puts jobs whose time has come, or that waited
 * for an execution that is over, back into the queue, and tells what there is to do. Leases know the database's clock only.
 */
export async function pulse(db: Queries, runtime: string, queue: string): Promise<Pulse> {
  const [row] = await db.prepared<Pulse>(
    'pulse',
    `with renewed as (
       update runtime set lease_until = now() + $3 * interval '1 second' where id = $1 returning nodes
     ), delayed as materialized (
       select id from job where status = 'QUEUED' and not_before <= now() for update skip locked
     ), awaited as materialized (
       select id from job j where awaited_job_exe_id is not null and status = 'QUEUED'
         and not exists (select from job_exe x where x.id = j.awaited_job_exe_id and x.status = 'RUNNING')
       for update skip locked
     ), due as (
       -- An array, so that the planner never thinks of reading all jobs.
       update job set not_before = null, awaited_job_exe_id = null, last_modified = now()
       where id = any(array(select id from delayed union select id from awaited)) returning 1
     )
     select exists (select from renewed) as alive,
       exists (select from due) or exists (
         select from job where queue = $2 and status = 'QUEUED' and not_before is null) as queued,
       array(select id from job_exe where status = 'RUNNING' and node_id is not null and runtime = $1) as own,
       array(select x.id from job j join job_exe x on x.job_id = j.id and x.status = 'RUNNING' and x.runtime = $1
         where j.status = 'RUNNING' and j.cancel_requested is not null) as canceling,
       exists (select from job_action where ended is null)
         or exists (select from recipe_node where expanding) as actions,
       exists (select from runtime where lease_until >= now() and id <> $1) as others,
       array(select id from runtime where lease_until < now() and id <> $1 and nodes && (select nodes from renewed)
         union select runtime from job_exe x where status = 'RUNNING' and runtime <> $1
           and node_id = any((select nodes from renewed)::bigint[])
           and not exists (select from runtime r where r.id = x.runtime and r.lease_until >= now())
         union select x.runtime from job j join job_exe x on x.id = j.awaited_job_exe_id
         where j.awaited_job_exe_id is not null and j.status = 'QUEUED' and x.status = 'RUNNING'
           and x.node_id is null) as silent,
       array(select id from runtime where id <> $1
         and lease_until < now() - ($4 - $3) * interval '1 second') as hanging`,
    [runtime, queue, leaseSeconds, hangingSeconds],
  );
  return row!;
}

/** An execution that another runtime began and that goes on under this one. */
export interface Adopted extends Scheduled {
  /** Seconds since it was claimed. */
  readonly age: number;
}

/**
 * Takes over the executions of dead runtimes that are of this runtime's queue, on nodes that it drives. Each gets a new epoch, so that a runtime
 * that only seemed dead can't finish it any more.
 * @param dead runtimes whose lease is over and whose presence is gone
 */
export async function adopt(
  db: Queries,
  runtime: string,
  dead: readonly string[],
  nodes: readonly number[],
  queue = defaultQueue,
): Promise<Adopted[]> {
  if (dead.length === 0) return [];
  return db.query<Adopted>(
    `with orphan as materialized (
       select x.id from job_exe x join job j on j.id = x.job_id and j.queue = $4
       where x.status = 'RUNNING' and x.runtime = any($2) and x.node_id = any($3) for update of x skip locked
     ), mine as (
       update job_exe x set runtime = $1, epoch = epoch + 1 from orphan where x.id = orphan.id
       returning x.id, x.job_id, x.exe_num, x.epoch, x.runtime, x.node_id, x.attempt_directory, x.started
     ), held as (
       update slot set runtime = $1 from mine where slot.job_exe_id = mine.id
       returning slot.index, slot.job_exe_id
     ), events as (
       insert into event (entity, entity_id, kind, attempt, actor, data)
       select 'job', job_id, 'adopted', exe_num, $1, jsonb_build_object('job_exe', id, 'epoch', epoch) from mine
     ), gone as (
       delete from runtime where id = any($2) and not exists (
         select from job_exe x where x.runtime = runtime.id and x.status = 'RUNNING' and x.node_id is not null
           and x.id not in (select id from mine))
     )
     select m.id, m.job_id as "jobId", m.exe_num as "exeNum", m.epoch, m.runtime, m.node_id as "nodeId",
       h.index as slot, j.job_type_id as "jobTypeId", j.job_type_revision_id as "revisionId",
       m.attempt_directory as "attemptDirectory", j.root_recipe_id as "rootRecipeId", extract(epoch from now() - m.started)::double precision as age
     from mine m join held h on h.job_exe_id = m.id join job j on j.id = m.job_id`,
    [runtime, dead, nodes, queue],
  );
}

/**
 * A runtime that lost its connection comes back under another number: what it runs still is its own, unless somebody
 * adopted it meanwhile. Epochs stay, so that what is under way can be finished.
 */
export async function renameRuntime(db: Queries, from: string, to: string): Promise<void> {
  await db.query(
    `with executions as (
       update job_exe set runtime = $2 where runtime = $1 and status = 'RUNNING' and node_id is not null
       returning id
     ), slots as (
       update slot set runtime = $2 from executions where slot.job_exe_id = executions.id
     )
     delete from runtime where id = $1`,
    [from, to],
  );
}

/** A runtime that ends and leaves executions to be adopted: its lease is over at once. */
export async function endLease(db: Queries, runtime: string): Promise<void> {
  await db.query(
    `with left_over as (select from job_exe where runtime = $1 and status = 'RUNNING' and node_id is not null)
     update runtime set lease_until = now() - interval '1 second' where id = $1 and exists (select from left_over)`,
    [runtime],
  );
  await db.query(
    `delete from runtime where id = $1 and not exists (
       select from job_exe where runtime = $1 and status = 'RUNNING' and node_id is not null)`,
    [runtime],
  );
}

/** The executions that the database takes for this runtime's. */
export async function ownExecutions(db: Queries, runtime: string): Promise<Adopted[]> {
  return db.query<Adopted>(
    `select x.id, x.job_id as "jobId", x.exe_num as "exeNum", x.epoch, x.runtime, x.node_id as "nodeId",
       s.index as slot, j.job_type_id as "jobTypeId", j.job_type_revision_id as "revisionId",
       x.attempt_directory as "attemptDirectory", j.root_recipe_id as "rootRecipeId", extract(epoch from now() - x.started)::double precision as age
     from job_exe x join slot s on s.job_exe_id = x.id join job j on j.id = x.job_id
     where x.runtime = $1 and x.status = 'RUNNING'`,
    [runtime],
  );
}

/** Gives an execution of ours another directory. @returns false when it is no longer ours */
export async function moveAttempt(
  db: Queries,
  { id, epoch }: Pick<Scheduled, 'id' | 'epoch'>,
  directory: string,
): Promise<boolean> {
  const changed = await db.execute(
    `update job_exe set attempt_directory = $3 where id = $1 and epoch = $2 and status = 'RUNNING'`,
    [id, epoch, directory],
  );
  return changed > 0;
}

/** Directories of attempts that run, on whatever runtime, below a directory. */
export async function runningAttempts(db: Queries, directory: string): Promise<Set<string>> {
  const rows = await db.query<{ path: string }>(
    `select attempt_directory as path from job_exe
     where status = 'RUNNING' and starts_with(attempt_directory, $1)`,
    [`${directory}/`],
  );
  return new Set(rows.map(({ path }) => path));
}
