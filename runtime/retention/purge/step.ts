import type { Queries } from '../../database/index.ts';
import { requestAction } from '../../jobs/index.ts';
import { addNewcomers, addWholeRecipes, followMembers } from './collect.ts';
import { detachMembers } from './detach.ts';
import type { Purge, PurgePhase } from './purges.ts';
import { removeFiles, removeJobs, removeRecipe } from './remove.ts';
import { reportOf } from './report.ts';

/** A purge that has not ended. */
export interface OpenPurge extends Pick<Purge, 'id'> {
  readonly phase: PurgePhase;
  readonly fileId: number;
  readonly actor: string;
}

export interface PurgeStep {
  /** Jobs are to be canceled: runtimes want to hear of it. */
  readonly canceling: boolean;
  /** Executions that are gone: their logs may go. */
  readonly executions: readonly number[];
}

export const nothing: PurgeStep = { canceling: false, executions: [] };

/** The next step of the oldest purge whose turn it is. @returns undefined when there is none */
export async function stepPurge(tx: Queries): Promise<PurgeStep | undefined> {
  const [purge] = await tx.query<OpenPurge>(
    `select id, phase, file_id as "fileId", created_by as actor from purge
     where ended is null and not_before <= now() order by id limit 1 for update skip locked`,
  );
  if (!purge) return undefined;
  switch (purge.phase) {
    case 'COLLECT':
      await collect(tx, purge);
      return nothing;
    case 'STOP':
      return stop(tx, purge);
    case 'DETACH':
      await detach(tx, purge);
      return nothing;
    case 'FILES':
      await files(tx, purge);
      return nothing;
    default:
      return records(tx, purge);
  }
}

/** Gathers some more; when all is gathered, says what goes. */
export async function collect(tx: Queries, { id, fileId }: OpenPurge): Promise<void> {
  if (await followMembers(tx, id)) return;
  if (await addWholeRecipes(tx, id)) return;
  const [hold] = await tx.query<{ fileId: number; reason: string }>(
    `select h.file_id as "fileId", h.reason from purge_member m join file_hold h on h.file_id = m.member_id
     where m.purge_id = $1 and m.kind = 'file' order by 1 limit 1`,
    [id],
  );
  if (hold) return fail(tx, id, `file ${hold.fileId} is held: ${hold.reason}`);
  const [source] = await tx.query('select from scale_file where id = $1', [fileId]);
  const report = source && (await reportOf(tx, id));
  await tx.query(
    `update purge set phase = 'STOP', problem = null, report = coalesce(report, $2::jsonb) where id = $1`,
    [id, report === undefined ? null : JSON.stringify(report)],
  );
}

/**
 * Cancels jobs that wait or run, and waits for that. A recipe that was given other sources, too, is let come to rest: what
 * it makes of those alone stays. What of it then still waits for input never ran, and goes with it.
 */
async function stop(tx: Queries, { id, actor }: OpenPurge): Promise<PurgeStep> {
  await tx.query(
    `insert into purge_member (purge_id, kind, member_id, is_done)
     select $1, 'job', j.id, true from purge_member m join recipe r on r.id = m.member_id and r.root_recipe_id = r.id
       join job j on j.root_recipe_id = r.id
     where m.purge_id = $1 and m.kind = 'recipe' and j.status in ('PENDING', 'BLOCKED')
       and (not j.awaits_input or r.nodes_left <= r.nodes_stuck or r.is_superseded)
     on conflict do nothing`,
    [id],
  );
  const open = await tx.query<{ id: number; asked: boolean }>(
    `select j.id, j.cancel_requested is not null as asked from purge_member m join job j on j.id = m.member_id
     where m.purge_id = $1 and m.kind = 'job' and j.status in ('PENDING', 'BLOCKED', 'QUEUED', 'RUNNING')
     order by j.id limit 1000`,
    [id],
  );
  const jobIds = open.flatMap(({ id: job, asked }) => (asked ? [] : [job]));
  if (jobIds.length > 0) await requestAction(tx, { kind: 'cancel', filter: { jobIds }, actor });
  if (open.length > 0) {
    await wait(tx, id, `job ${open[0]!.id} is being canceled`);
    return { ...nothing, canceling: jobIds.length > 0 };
  }
  const [other] = await tx.query<{ words: string }>(
    `select 'recipe ' || r.id || ' has to come to rest' as words
     from purge_member m join recipe r on r.id = m.member_id and r.root_recipe_id = r.id
     where m.purge_id = $1 and m.kind = 'recipe' and (
       (not r.is_completed and not r.is_superseded and r.nodes_left > r.nodes_stuck)
       or exists (select from job j where j.root_recipe_id = r.id and j.status in ('QUEUED', 'RUNNING')))
     order by r.id limit 1`,
    [id],
  );
  if (other) await wait(tx, id, other.words);
  else await enter(tx, id, (await addNewcomers(tx, id)) ? 'COLLECT' : 'DETACH');
  return nothing;
}

async function detach(tx: Queries, { id }: OpenPurge): Promise<void> {
  const found = await detachMembers(tx, id);
  if (found === 'reopened') await reopen(tx, id);
  else if (found === 'held') await fail(tx, id, 'a file of it is held by now');
  else if (found === 'none') await enter(tx, id, 'FILES');
}

async function files(tx: Queries, { id, actor, fileId }: OpenPurge): Promise<void> {
  const found = await removeFiles(tx, id, { reason: `purge ${id} of source ${fileId}`, actor });
  if (found === 'reopened') await reopen(tx, id);
  else if (found === 'none') await enter(tx, id, 'RECORDS');
}

async function records(tx: Queries, { id, actor }: OpenPurge): Promise<PurgeStep> {
  const executions = await removeJobs(tx, id, actor);
  if (executions) return { ...nothing, executions };
  if (await removeRecipe(tx, id, actor)) return nothing;
  await tx.query('delete from purge_member where purge_id = $1', [id]);
  await tx.query(`update purge set phase = 'DONE', problem = null, ended = now() where id = $1`, [id]);
  return nothing;
}

/** Somebody has begun to use something of it: that is gathered as well. */
async function reopen(tx: Queries, id: number): Promise<void> {
  await tx.query('update purge_member set is_done = false where purge_id = $1', [id]);
  await tx.query(`update purge set phase = 'COLLECT' where id = $1`, [id]);
}

async function enter(tx: Queries, id: number, phase: PurgePhase): Promise<void> {
  if (phase !== 'COLLECT')
    await tx.query('update purge_member set is_done = false where purge_id = $1', [id]);
  await tx.query('update purge set phase = $2, problem = null where id = $1', [id, phase]);
}

async function wait(tx: Queries, id: number, problem: string): Promise<void> {
  await tx.query(`update purge set problem = $2, not_before = now() + interval '2 seconds' where id = $1`, [
    id,
    problem,
  ]);
}

async function fail(tx: Queries, id: number, problem: string): Promise<void> {
  await tx.query(`update purge set phase = 'FAILED', problem = $2, ended = now() where id = $1`, [
    id,
    problem,
  ]);
  await tx.query('delete from purge_member where purge_id = $1', [id]);
}
