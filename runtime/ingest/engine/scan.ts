import { setTimeout as delay } from 'node:timers/promises';
import type { Queries } from '../../database/index.ts';
import { reasonOf } from '../../errors/index.ts';
import type { FileEntry, Workspace } from '../../workspace/index.ts';
import { compileRules, type Rules } from '../rules/index.ts';
import type { IngestContext, ScanTask } from './context.ts';
import { Intake } from './intake.ts';
import { Lanes } from './lanes.ts';
import { type Found, record } from './record.ts';
import { knownPaths } from './known-paths.ts';
import { takeOpen } from './resume.ts';
import { ReportCounts, type ScanReport } from './scan-report.ts';
import { workspaceOf } from './strike.ts';
import { Unsettled } from './unsettled.ts';

const longestPause = 60_000;

interface ScanRow {
  readonly phase: 'dry_run' | 'ingest';
  readonly position: string | null;
  readonly report: ScanReport | null;
  readonly file_count: number | null;
}

/** Goes on with a scan until it is done, canceled, or the signal; what fails is told in `scan.problem` and tried again. */
export async function runScan(context: IngestContext, task: ScanTask, signal: AbortSignal): Promise<void> {
  const { db, logger, timing } = context;
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      const row = await begin(db, task.id);
      if (!row) return;
      await (row.phase === 'dry_run' ? dryRun : ingest)(context, task, row, signal);
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      const reason = reasonOf(thrown);
      logger.warn({ scan: task.id, reason }, 'a scan cannot go on at present');
      await db.query('update scan set problem = $2 where id = $1', [task.id, reason]).catch(() => undefined);
      const pause = Math.min(longestPause, timing.pause * 2 ** Math.min(failures, 16));
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

interface Walk {
  readonly task: ScanTask;
  readonly workspace: Workspace;
  readonly rules: Rules;
  readonly signal: AbortSignal;
}

/** Pages of files, without those that are still written, and without links: the files themselves are found anyway. */
async function* walk({ task, workspace, signal }: Walk, after: string | null): AsyncGenerator<FileEntry[]> {
  const { scanner, recursive = true } = task.configuration;
  const suffix = scanner.type === 'dir' ? (scanner.transfer_suffix ?? '_tmp') : '';
  const from = after === null ? {} : { after };
  for await (const page of workspace.list({ recursive, links: false, signal, ...from }))
    yield suffix === '' ? page : page.filter(({ path }) => !path.endsWith(suffix));
}

async function walkOf(context: IngestContext, task: ScanTask, signal: AbortSignal): Promise<Walk> {
  const { workspace, files_to_ingest } = task.configuration;
  return {
    ...{ task, signal, rules: compileRules(files_to_ingest) },
    workspace: await workspaceOf(context, workspace),
  };
}

/** Counts what would become of the files. */
async function dryRun(
  context: IngestContext,
  task: ScanTask,
  row: ScanRow,
  signal: AbortSignal,
): Promise<void> {
  const { db } = context;
  const walking = await walkOf(context, task, signal);
  const counts = new ReportCounts(task.configuration, row.position === null ? null : row.report);
  for await (const page of walk(walking, row.position)) {
    const known = await knownPaths(db, task, walking.workspace.id, page);
    for (const entry of page)
      counts.count(entry, walking.rules.match(entry.path)?.index, known.has(entry.path));
    const last = page.at(-1)?.path;
    if (last !== undefined && !(await advance(db, task.id, last, counts.matched, counts.report))) return;
  }
  await end(db, task.id, counts.matched, counts.report);
}

async function ingest(
  context: IngestContext,
  task: ScanTask,
  row: ScanRow,
  signal: AbortSignal,
): Promise<void> {
  const { db } = context;
  const walking = await walkOf(context, task, signal);
  const { workspace, rules } = walking;
  const intake = new Intake({ context, task, workspace, rules, isStaged: false, signal });
  await takeOpen(db, intake);
  let count = row.file_count ?? 0;
  const lanes = new Lanes(2);
  const unsettled = new Unsettled(workspace, context.timing, signal);
  let seen = row.position;
  /** @returns false when it was canceled */
  const take = async (page: readonly FileEntry[]): Promise<boolean> => {
    const known = await knownPaths(db, task, workspace.id, page);
    const found: Found[] = [];
    for (const entry of page) {
      const one = await intake.decide(entry);
      if (one.status === 'TRANSFERRED' && !known.get(entry.path)?.isOwn) found.push({ entry, one });
    }
    const recorded = found.length === 0 ? [] : await record(db, task, workspace.id, found, () => 'leave');
    count += recorded.length;
    // The rows are written down: whoever goes on finds them, and goes on behind them.
    if (!(await advance(db, task.id, unsettled.position(seen), count))) return false;
    await context.reached?.('recorded');
    const entries = new Map(recorded.map(({ row: made, entry }) => [made.id, entry]));
    await lanes.begin(async () => {
      const rows = recorded.map(({ row: made }) => made);
      for (let start = 0; start < rows.length; start += 500)
        await intake.take(rows.slice(start, start + 500), ({ id }) => entries.get(id));
    });
    return true;
  };
  try {
    for await (const page of walk(walking, row.position)) {
      const complete = unsettled.putOff(page, seen);
      seen = page.at(-1)?.path ?? seen;
      if (!(await take(complete))) return;
    }
    while (unsettled.count > 0) if (!(await take(await unsettled.again()))) return;
  } finally {
    await lanes.end();
  }
  await retryAll(intake, signal);
  if (!signal.aborted) await end(db, task.id, count);
}

/** A scan has ended when no file of it is tried again. */
async function retryAll(intake: Intake, signal: AbortSignal): Promise<void> {
  for (let wait = intake.nextTry; wait !== undefined && !signal.aborted; wait = intake.nextTry) {
    await delay(wait, undefined, { signal }).catch(() => undefined);
    await intake.tryAgain();
  }
}

/** @returns undefined when it is not asked for any more */
async function begin(db: Queries, id: number): Promise<ScanRow | undefined> {
  const [row] = await db.query<ScanRow>(
    `update scan set status = 'RUNNING', problem = null,
       started = case when status = 'QUEUED' then now() else started end,
       position = case when status = 'QUEUED' then null else position end,
       file_count = case when status = 'QUEUED' then null else file_count end, ended = null
     where id = $1 and status in ('QUEUED', 'RUNNING') returning phase, position, report, file_count`,
    [id],
  );
  return row;
}

/** @returns false when it was canceled */
async function advance(
  db: Queries,
  id: number,
  position: string | null,
  count: number,
  report: ScanReport | null = null,
): Promise<boolean> {
  const changed = await db.execute(
    `update scan set position = $2, file_count = $3, report = coalesce($4::jsonb, report)
     where id = $1 and status = 'RUNNING'`,
    [id, position, count, report && JSON.stringify(report)],
  );
  return changed > 0;
}

async function end(db: Queries, id: number, count: number, report: ScanReport | null = null): Promise<void> {
  await db.query(
    `update scan set status = 'COMPLETED', ended = now(), file_count = $2, report = coalesce($3::jsonb, report),
       problem = null, last_modified = now()
     where id = $1 and status = 'RUNNING'`,
    [id, count, report && JSON.stringify(report)],
  );
}
