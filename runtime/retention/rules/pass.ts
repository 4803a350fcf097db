import type { Queries } from '../../database/index.ts';
import { markDeleted } from '../mark-deleted.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { activeRules } from './rules.ts';

/** Files in one transaction. */
const filesAtOnce = 500;

/** The last pass over the catalogue, or the one that is going on. */
export interface Pass {
  readonly requested: string | null;
  readonly requested_by: string | null;
  readonly started: string | null;
  /** null while it goes on. */
  readonly ended: string | null;
  /** What was marked as deleted; bytes. */
  readonly files: number;
  readonly bytes: number;
  /** What the rules let go, and something needs. */
  readonly kept: number;
}

export async function lastPass(db: Queries): Promise<Pass> {
  const [row] = await db.query<Pass>(
    `select requested, requested_by, started, ended, (report->>'files')::bigint as files,
       (report->>'bytes')::bigint as bytes, (report->>'kept')::bigint as kept from retention_pass`,
  );
  return row!;
}

/** Has a pass begin as soon as a runtime sees it. */
export async function requestPass(db: Queries, actor: string): Promise<void> {
  await db.query('update retention_pass set requested = now(), requested_by = $1', [actor]);
}

/**
 * The next step of a pass: marks what the rules let go, by id, and remembers how far it came, in the same transaction.
 * A pass begins when one is asked for, and a day after the last one began.
 * @returns whether there is more to do now
 */
export async function stepPass(tx: Queries): Promise<boolean> {
  const [pass] = await tx.query<{ goesOn: boolean; isDue: boolean; after: number }>(
    `select started is not null and ended is null as "goesOn",
       requested is not null or started is null or started < now() - interval '1 day' as "isDue",
       last_file_id as after from retention_pass`,
  );
  if (!pass!.goesOn) {
    if (!pass!.isDue) return false;
    await tx.query(
      `update retention_pass set requested = null, started = now(), ended = null, last_file_id = 0, report = default`,
    );
    return true;
  }
  const candidates = await candidatesOf(tx, await activeRules(tx), pass!.after, filesAtOnce);
  const done = { files: 0, bytes: 0, kept: 0 };
  for (const [reason, ids] of byRules(candidates)) {
    const { deleted, kept } = await markDeleted(tx, ids, { reason, actor: 'retention' });
    done.files += deleted.length;
    done.bytes += deleted.reduce((total, { size }) => total + size, 0);
    done.kept += kept.length;
  }
  const isLast = candidates.length < filesAtOnce;
  await tx.query(
    `update retention_pass set last_file_id = coalesce($1::bigint, last_file_id), ended = case when $2::boolean then now() end,
       report = jsonb_build_object('files', (report->>'files')::bigint + $3::bigint,
         'bytes', (report->>'bytes')::bigint + $4::bigint, 'kept', (report->>'kept')::bigint + $5::bigint)`,
    [candidates.at(-1)?.id ?? null, isLast, done.files, done.bytes, done.kept],
  );
  return !isLast;
}

function byRules(candidates: readonly Candidate[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const { id, rules } of candidates) {
    const reason = `retention rule ${rules.join(', ')}`;
    const group = groups.get(reason);
    if (group) group.push(id);
    else groups.set(reason, [id]);
  }
  return groups;
}
