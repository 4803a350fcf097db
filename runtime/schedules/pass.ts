import type { Queries } from '../database/index.ts';
import { begin, type BeginContext } from './begin.ts';
import { decideRuns } from './decide.ts';
import type { ScheduleRow } from './schedules.ts';

/** For tests: the time in place of the database's clock. */
export interface PassOptions {
  readonly now?: Date | undefined;
  /** Is told of each step that is done, for tests that kill. */
  readonly reached?: ((step: 'noted' | 'begun') => void) | undefined;
}

/**
 * Does what is due. A due time goes through two transactions:
 *
 *     the schedule is locked → its due times get their rows (DUE), once for all runtimes, and it gets its next time
 *     a row that is DUE is locked → what it is for is begun, and the row says so
 *
 * A process that dies in between leaves a row that is DUE, which whoever looks next begins.
 * What cannot be begun now keeps nothing else from being begun.
 * @returns milliseconds until there is something to do again; undefined: nothing ever, as things stand
 * @throws of what could not be begun, the first reason; it stays DUE
 */
export async function doWhatIsDue(
  context: BeginContext,
  options: PassOptions = {},
): Promise<number | undefined> {
  const { db } = context;
  while (await noteNext(context, options));
  const stuck: StuckRun[] = [];
  while (await beginNext(context, options, stuck));
  if (stuck[0]) throw stuck[0].thrown;
  const [row] = await db.query<{ ms: number | null; open: boolean }>(
    `select (extract(epoch from min(next_due) - coalesce($1::timestamptz, clock_timestamp())) * 1000)::float8 as ms,
       exists (select from schedule_run where state = 'DUE') as open
     from schedule where next_due is not null`,
    [options.now?.toISOString() ?? null],
  );
  const { ms, open } = row!;
  // Another runtime is at it: should it die, this one goes on.
  if (open) return Math.min(retryMs, Math.max(0, ms ?? retryMs));
  return ms === null ? undefined : Math.max(0, ms);
}

/** After what could not be done. */
export const retryMs = 5000;

/** Gives the due times of one schedule their rows. @returns whether there was one */
function noteNext({ db }: BeginContext, { now, reached }: PassOptions): Promise<boolean> {
  return db
    .transaction(async (tx) => {
      const [found] = await tx.query<ScheduleRow & { now: string }>(
        `select id, cron, timezone, missed, next_due, coalesce($1::timestamptz, clock_timestamp()) as now from schedule
       where next_due <= coalesce($1::timestamptz, clock_timestamp()) order by next_due limit 1 for update skip locked`,
        [now?.toISOString() ?? null],
      );
      if (!found) return false;
      const { id, missed, next_due } = found;
      const { runs, next } = decideRuns(found, missed, new Date(next_due!), new Date(found.now));
      const rows = runs.map((run) => ({ ...run, problem: run.state === 'SKIPPED' ? 'It was missed' : null }));
      await tx.query(
        `insert into schedule_run (schedule_id, due, state, missed, problem, ended)
       select $1, due, state, missed, problem, case when state = 'SKIPPED' then now() end
       from jsonb_to_recordset($2::jsonb) as given (due timestamptz, state text, missed integer, problem text)
       on conflict (schedule_id, due) do nothing`,
        [id, JSON.stringify(rows)],
      );
      await tx.query('update schedule set next_due = $2 where id = $1', [id, next?.toISOString() ?? null]);
      await forgetOld(tx, id);
      return true;
    })
    .then((isNoted) => {
      if (isNoted) reached?.('noted');
      return isNoted;
    });
}

interface StuckRun {
  readonly id: number;
  readonly thrown: unknown;
}

/** Begins what one due time is for. @param stuck those that are left out; gets one more where this cannot be begun @returns whether there was one */
async function beginNext(
  context: BeginContext,
  { reached }: PassOptions,
  stuck: StuckRun[],
): Promise<boolean> {
  let found: number | undefined;
  const work = context.db.transaction(async (tx) => {
    const [run] = await tx.query<{
      id: number;
      schedule: string;
      key: string;
      due: string;
      target: ScheduleRow['target'];
    }>(
      `select r.id, s.name as schedule, r.due, s.target, 'schedule ' || s.id || ' ' || r.id as key
       from schedule_run r join schedule s on s.id = r.schedule_id
       where r.state = 'DUE' and r.id <> all($1::bigint[]) order by r.due, r.id limit 1 for update of r skip locked`,
      [stuck.map(({ id }) => id)],
    );
    if (!run) return false;
    found = run.id;
    const done = await begin(tx, context, run.target, run);
    reached?.('begun');
    const [begun, problem] = done.state === 'DONE' ? [done.begun, null] : [null, done.problem];
    await tx.query(
      'update schedule_run set state = $2, begun = $3, problem = $4, ended = clock_timestamp() where id = $1',
      [run.id, done.state, begun, problem],
    );
    return true;
  });
  return work.catch((thrown: unknown) => {
    if (found === undefined) throw thrown;
    stuck.push({ id: found, thrown });
    return true;
  });
}

/** Rows of a schedule that are kept. */
const mostKept = 1000;

async function forgetOld(tx: Queries, id: number): Promise<void> {
  await tx.query(
    `delete from schedule_run where schedule_id = $1 and state <> 'DUE' and due < (
       select due from schedule_run where schedule_id = $1 order by due desc offset ${mostKept} limit 1)`,
    [id],
  );
}
