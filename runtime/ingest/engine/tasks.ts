import type { Queries } from '../../database/index.ts';
import type { Task } from './context.ts';

/** Of the two-key space of session advisory locks (`database/advisory-locks.ts`): one for each kind of task. */
const families = { strike: 0x53656569, scan: 0x5365656a } as const;

/** A strike that is active, or a scan that was asked for. */
export interface FoundTask {
  readonly kind: Task['kind'];
  readonly id: number;
  /** Another one after each change of what it is told to do. */
  readonly revision: string;
  /** Whether the session of this process holds its lock. */
  readonly mine: boolean;
}

/**
 * What there is to be worked at, with a lock for all that nobody else works at.
 * @param session that announces this process: its locks are free as soon as it ends
 * @param held those that it has already, as `strike 1`
 */
export function takeTasks(session: Queries, held: readonly string[]): Promise<FoundTask[]> {
  return session.query<FoundTask>(
    `with wanted as materialized (
       select 'strike' as kind, id, md5(concat(configuration, (
         select max(last_modified) from secret where owner_kind = 'strike' and owner_id = strike.id))) as revision
       from strike where is_active
       union all
       select 'scan', id, md5(concat(configuration, phase, requested)) from scan where status in ('QUEUED', 'RUNNING'))
     select kind, id, revision, case when kind || ' ' || id = any($1) then true else pg_try_advisory_lock(
       case kind when 'strike' then ${families.strike} else ${families.scan} end, (id % 2147483647)::integer) end as mine
     from wanted`,
    [held],
  );
}

export async function releaseTask(session: Queries, kind: Task['kind'], id: number): Promise<void> {
  await session.query(`select pg_advisory_unlock(${families[kind]}, $1::integer)`, [id % 2_147_483_647]);
}

export async function taskOf(db: Queries, kind: Task['kind'], id: number): Promise<Task | undefined> {
  const [row] = await db.query<Task>(
    `select '${kind}' as kind, id, name, configuration from ${kind} where id = $1`,
    [id],
  );
  return row;
}
