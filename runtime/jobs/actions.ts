import type { Queries } from '../database/index.ts';
import { type JobFilter, jobCondition } from './filter.ts';

/** A bulk change of jobs that is asked for; a runtime carries it out, step by step, also after a crash. */
export interface JobAction {
  readonly kind: 'cancel' | 'requeue';
  readonly filter: JobFilter;
  /** The new priority of requeued jobs; undefined: as before. */
  readonly priority?: number | undefined;
  readonly actor: string;
}

/** Jobs that are changed in one transaction. */
const stepSize = 1000;

/** Asks for it. @returns `job_action.id` */
export async function requestAction(
  db: Queries,
  { kind, filter, priority, actor }: JobAction,
): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    'insert into job_action (kind, filter, priority, actor) values ($1, $2, $3, $4) returning id',
    [kind, JSON.stringify(filter), priority ?? null, actor],
  );
  return row!.id;
}

interface OpenAction extends JobAction {
  readonly id: number;
  readonly lastJobId: number;
}

/** What one step did. */
export interface ActionStep {
  /** Jobs that were changed. */
  readonly changed: number;
  /** Executions that are to be stopped. */
  readonly canceling: boolean;
  /** Job types of jobs that wait for their configuration again: it may be complete by now. */
  readonly pending: readonly number[];
  /** Of the jobs that were looked at: those that are parts of recipes. */
  readonly ofRecipes: readonly number[];
  /** Who asked for it. */
  readonly actor: string;
}

/**
 * The next step of the oldest open action, unless another runtime is at it: changes jobs, in the order of their ids, and
 * remembers how far it came, in the same transaction. Later actions wait: a requeue has to find what a cancel before it ended.
 * @param lock locks the recipes at the top of the jobs: whoever changes jobs of recipes does so before he locks the jobs
 * @returns undefined when there is nothing to be done
 */
export async function stepAction(
  tx: Queries,
  lock: (roots: readonly number[]) => Promise<void>,
): Promise<ActionStep | undefined> {
  const [action] = await tx.query<OpenAction>(
    `select id, kind, filter, priority, actor, last_job_id as "lastJobId" from job_action
     where id = (select min(id) from job_action where ended is null) and ended is null for update skip locked`,
  );
  if (!action) return undefined;
  const candidates = await candidatesOf(tx, action);
  const roots = candidates.flatMap(({ root }) => root ?? []);
  if (roots.length > 0) await lock(roots);
  const jobs = await lockJobs(tx, action, candidates);
  const canceling = action.kind === 'cancel';
  const { changed, pending } = canceling
    ? await cancelJobs(tx, jobs, action.actor)
    : await requeue(tx, jobs, action);
  const last = candidates.at(-1)?.id;
  await tx.query(
    `update job_action set last_job_id = coalesce($2, last_job_id), changed = changed + $3,
       ended = case when $4 then now() end where id = $1`,
    [action.id, last ?? null, changed, candidates.length < stepSize],
  );
  const ofRecipes = candidates.flatMap(({ id, root }) => (root === null ? [] : [id]));
  return { changed, canceling, pending, ofRecipes, actor: action.actor };
}

type Changed = Pick<ActionStep, 'changed' | 'pending'>;

interface Candidate {
  readonly id: number;
  readonly root: number | null;
}

const states = { cancel: 'PENDING,BLOCKED,QUEUED,RUNNING,FAILED', requeue: 'FAILED,CANCELED' };
const isMeant = (kind: JobAction['kind']) =>
  `j.status = any(string_to_array('${states[kind]}', ',')) and not j.is_superseded`;

async function candidatesOf(tx: Queries, { kind, filter, lastJobId }: OpenAction): Promise<Candidate[]> {
  const values: unknown[] = [lastJobId];
  const where = jobCondition(filter, (value) => `$${values.push(value)}`);
  return tx.query<Candidate>(
    `select j.id, j.root_recipe_id as root from job j join job_type t on t.id = j.job_type_id
     where j.id > $1 and ${isMeant(kind)} and ${where} order by j.id limit ${stepSize}`,
    values,
  );
}

async function lockJobs(
  tx: Queries,
  { kind }: OpenAction,
  candidates: readonly Candidate[],
): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select j.id from job j where j.id = any($1) and ${isMeant(kind)} order by j.id for update of j`,
    [candidates.map(({ id }) => id)],
  );
  return rows.map(({ id }) => id);
}

/**
 * What waits or has failed is canceled at once; what runs is marked, and its runtime stops it.
 * @param jobs that are locked, and have neither completed nor been canceled
 */
export async function cancelJobs(tx: Queries, jobs: readonly number[], actor: string): Promise<Changed> {
  const rows = await tx.query(
    `with ended as (
       update job set status = 'CANCELED', not_before = null, awaited_job_exe_id = null, ended = now(), last_status_change = now(), last_modified = now()
       where id = any($1) and status <> 'RUNNING' returning id, num_exes
     ), marked as (
       update job set cancel_requested = now(), cancel_actor = $2, last_modified = now()
       where id = any($1) and status = 'RUNNING' and cancel_requested is null returning id, num_exes
     ), events as (
       insert into event (entity, entity_id, kind, attempt, actor)
       select 'job', id, 'canceled', num_exes, $2 from ended
       union all select 'job', id, 'canceling', num_exes, $2 from marked
     )
     select id from ended union all select id from marked`,
    [jobs, actor],
  );
  return { changed: rows.length, pending: [] };
}

/** As on Scale: three more tries from here; a job that was never queued waits again for what it lacked. */
async function requeue(
  tx: Queries,
  jobs: readonly number[],
  { actor, priority }: OpenAction,
): Promise<Changed> {
  const rows = await tx.query<{ type: number; status: string }>(
    `with again as (
       update job set status = case when queued is null then 'PENDING' else 'QUEUED' end,
         max_tries = num_exes + 3, priority = coalesce($3, priority), not_before = null, cancel_requested = null,
         cancel_actor = null, queued = case when queued is null then null else now() end, ended = null,
         last_status_change = now(), last_modified = now()
       where id = any($1) returning id, num_exes, status, job_type_id
     ), events as (
       insert into event (entity, entity_id, kind, attempt, actor)
       select 'job', id, case status when 'QUEUED' then 'requeued' else 'pending' end, num_exes, $2 from again
     )
     select job_type_id as type, status from again`,
    [jobs, actor, priority ?? null],
  );
  const pending = rows.filter(({ status }) => status === 'PENDING').map(({ type }) => type);
  return { changed: rows.length, pending: [...new Set(pending)] };
}
