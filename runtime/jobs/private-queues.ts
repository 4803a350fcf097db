import type { Database, Queries } from '../database/index.ts';
import { finishMany } from './finish.ts';
import { registerRuntime, type RuntimeRow } from './leases.ts';
import { type Orphan, runtimeLost } from './orphans.ts';
import { defaultQueue } from './submit.ts';

/*
 * A private queue, such as that of a batch, is worked off by one runtime at a time, and only that one knows how its jobs
 * are to be run: it holds their secrets. When it dies,
 *
 *   - a successor of the same queue adopts what ran, and submits again what it still needs (`takeQueue`, `withdraw`);
 *   - anybody else who notices ends what ran as `runtime-lost`, so that its slots are free, and withdraws what waits
 *     (`abandon`). A successor that comes later runs it anew.
 */

/** The runtime that works off a queue. */
export interface Holder {
  readonly runtime: string;
  readonly hostname: string;
  readonly pid: number;
}

/**
 * Makes this runtime the only one of a queue.
 * @returns another one that lives, in which case nothing was changed
 */
export async function takeQueue(
  db: Database,
  me: RuntimeRow & { readonly queue: string },
): Promise<Holder | undefined> {
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [me.queue]);
    const others = await tx.query<Holder>(
      'select id as runtime, hostname, pid from runtime where queue = $1 and id <> $2',
      [me.queue, me.runtime],
    );
    const dead = new Set(await db.presence.deadAmong(others.map(({ runtime }) => runtime)));
    const holder = others.find(({ runtime }) => !dead.has(runtime));
    if (!holder) await registerRuntime(tx, me);
    return holder;
  });
}

/**
 * Withdraws what a dead runtime of this queue has left waiting, and what does not belong below a directory any more:
 * that was moved, and its results with it. Their keys are free again. What runs goes on, unless it was moved.
 * @param directory absolute
 */
export async function withdraw(tx: Queries, queue: string, directory: string, actor: string): Promise<void> {
  await tx.query(
    `update job set dedupe_key = null, last_modified = now(),
       destination = case when status = 'RUNNING' then null else destination end,
       cancel_requested = case when status = 'RUNNING' then now() end,
       cancel_actor = case when status = 'RUNNING' then $3 end
     where queue = $1 and dedupe_key is not null and not starts_with(destination, $2)`,
    [queue, `${directory}/`, actor],
  );
  await cancelWaiting(tx, [queue], actor);
}

/**
 * Frees the keys of jobs that have ended without completing: who submits them again makes new ones.
 * @returns the keys that are still taken, by jobs that wait, run or completed
 */
export async function freeKeys(tx: Queries, keys: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ key: string }>(
    `with freed as (
       update job set dedupe_key = null, last_modified = now()
       where dedupe_key = any($1) and status in ('FAILED', 'CANCELED')
     )
     select dedupe_key as key from job where dedupe_key = any($1) and status not in ('FAILED', 'CANCELED')`,
    [keys],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Withdraws what waits in a queue still, and asks for the end of what runs: its batch has no row for it any more. */
export async function dismiss(tx: Queries, queue: string, actor: string): Promise<void> {
  await cancelWaiting(tx, [queue], actor);
  await tx.query(
    `update job set cancel_requested = now(), cancel_actor = $2, last_modified = now()
     where queue = $1 and queue <> '${defaultQueue}' and status = 'RUNNING' and cancel_requested is null`,
    [queue, actor],
  );
}

/** Runtimes of private queues, dead ones too. */
export async function privateRuntimes(db: Queries): Promise<string[]> {
  const rows = await db.query<{ id: string }>('select id from runtime where queue <> $1', [defaultQueue]);
  return rows.map(({ id }) => id);
}

/**
 * Gives up what dead runtimes of private queues have left, unless a successor is at work and adopts it; see above.
 * @param spared the caller's own queue
 * @returns the executions that were ended; their containers and directories are the caller's to remove
 */
export async function abandon(
  tx: Queries,
  dead: readonly string[],
  spared = defaultQueue,
): Promise<Orphan[]> {
  if (dead.length === 0) return [];
  const foreign = [defaultQueue, spared];
  const gone = await tx.query<{ queue: string }>(
    `select queue from runtime where id = any($1) and not queue = any($2) and lease_until < now()
     for update skip locked`,
    [dead, foreign],
  );
  const orphans = await tx.query<Orphan & { queue: string }>(
    `select x.id, x.job_id as "jobId", x.exe_num as "exeNum", x.epoch, x.runtime, x.node,
       x.attempt_directory as "attemptDirectory", j.queue
     from job_exe x join job j on j.id = x.job_id and not j.queue = any($2)
     where x.status = 'RUNNING' and x.node_id is not null and x.runtime = any($1)
       and not exists (select from runtime r where r.lease_until >= now() and (r.id = x.runtime or r.queue = j.queue))
     for update of x skip locked`,
    [dead, foreign],
  );
  if (gone.length + orphans.length === 0) return [];
  // They go back to the queue, where a successor that begins at this very moment finds them.
  const retry = { delaySeconds: 0, counts: false };
  await finishMany(
    tx,
    orphans.map((execution) => ({ execution, ending: { ...runtimeLost(), retry } })),
  );
  const queues = [...new Set([...gone, ...orphans].map(({ queue }) => queue))];
  const living = await tx.query<{ queue: string }>(
    'select queue from runtime where queue = any($1) and lease_until >= now()',
    [queues],
  );
  const led = new Set(living.map(({ queue }) => queue));
  await cancelWaiting(
    tx,
    queues.filter((queue) => !led.has(queue)),
    orphans[0]?.runtime ?? 'seedbed',
  );
  await tx.query(
    `delete from runtime where id = any($1) and not queue = any($2) and lease_until < now()
       and not exists (select from job_exe x where x.runtime = runtime.id and x.status = 'RUNNING')`,
    [dead, foreign],
  );
  return orphans;
}

async function cancelWaiting(tx: Queries, queues: readonly string[], actor: string): Promise<void> {
  await tx.query(
    `with ended as (
       update job set status = 'CANCELED', dedupe_key = null, not_before = null, ended = now(),
         last_status_change = now(), last_modified = now()
       where queue = any($1) and queue <> '${defaultQueue}' and status = 'QUEUED' returning id, num_exes
     )
     insert into event (entity, entity_id, kind, attempt, actor) select 'job', id, 'canceled', num_exes, $2 from ended`,
    [queues, actor],
  );
}
