import type { Queries } from '../../database/index.ts';
import { storedFactsOf } from '../why/facts.ts';
import { reasonsToWait, type WaitReasonName } from '../why/reasons.ts';
import type { Depth } from './depth.ts';

/** Types and states of which one job is asked why it waits, the most numerous first: bounds what it costs. */
const mostAsked = 20;

/** How many jobs wait for what: the most decisive reason. `not-asked`: those of types beyond the first ones. */
export type Waiting = ReadonlyMap<WaitReasonName | 'not-asked', number>;

/**
 * Why jobs wait, all those of a type and state for the reason for which one of them does: that is what a glance needs,
 * and all of them could not be asked.
 */
export async function waitingJobs(db: Queries, depth: readonly Depth[]): Promise<Waiting> {
  const waiting = new Map<WaitReasonName | 'not-asked', number>();
  const add = (reason: WaitReasonName | 'not-asked', count: number) => {
    if (count > 0) waiting.set(reason, (waiting.get(reason) ?? 0) + count);
  };
  const groups = depth
    .filter(({ status }) => status !== 'RUNNING')
    .map((group) => ({ ...group, now: group.count - group.delayed }));
  for (const { delayed } of groups) add('retry-later', delayed);
  const asked = groups.filter(({ now }) => now > 0).slice(0, mostAsked);
  const reasons = await reasonsOf(db, asked);
  for (const group of groups) add(reasons.get(group) ?? 'not-asked', group.now);
  return waiting;
}

/** Compared as rows, so that the index gives the first one: for equal columns the whole table is read, often in vain (measured). */
async function reasonsOf(db: Queries, groups: readonly Depth[]): Promise<Map<Depth, WaitReasonName>> {
  if (groups.length === 0) return new Map();
  const found = await db.query<{ position: number; id: number }>(
    `select g.position::integer, j.id from unnest($1::bigint[], $2::text[]) with ordinality as g (type, status, position)
     cross join lateral (
       select id from job where (job_type_id, status) between (g.type, g.status) and (g.type, g.status)
         and not_before is null order by job_type_id, status limit 1) j`,
    [groups.map(({ jobTypeId }) => jobTypeId), groups.map(({ status }) => status)],
  );
  const facts = await storedFactsOf(
    db,
    found.map(({ id }) => id),
    false,
  );
  return new Map(
    found.flatMap(({ position, id }) => {
      const [reason] = reasonsToWait({ ...facts.get(id)!.facts, missing: [] });
      return reason ? [[groups[position - 1]!, reason.name]] : [];
    }),
  );
}
