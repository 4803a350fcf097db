import { setTimeout as delay } from 'node:timers/promises';
import type { Queries } from '../../database/index.ts';
import { reasonOf } from '../../errors/index.ts';
import { isLocal, type Workspace } from '../../workspace/index.ts';
import { compileRules } from '../rules/index.ts';
import type { IngestContext, StrikeTask } from './context.ts';
import { DirectoryMonitor } from './directory-monitor.ts';
import { Intake } from './intake.ts';
import { ListingMonitor } from './listing-monitor.ts';
import { Problem } from './problem.ts';
import { QueueMonitor } from './queue-monitor.ts';

/** What looks for files. */
export interface Monitor {
  /** Goes on where an earlier process was. */
  resume(): Promise<void>;
  /** Looks once, and takes what is complete. @returns milliseconds until the next look, at most */
  look(): Promise<number>;
  /** Resolves when there may be something to see; later than `ms` only if it can tell no better. */
  pause(ms: number): Promise<void>;
  close(): void;
}

const longestPause = 60_000;
/** `strike.seen` is written that often at most, milliseconds. */
const seenMs = 15_000;

/**
 * Watches until the signal. What fails is told in `strike.problem`, and tried again with growing pauses, each time from the
 * rows that are open: whatever was in hand is simply done again.
 */
export async function runStrike(
  context: IngestContext,
  task: StrikeTask,
  signal: AbortSignal,
): Promise<void> {
  const { db, logger, timing } = context;
  let failures = 0;
  let seenAt = -Infinity;
  let problem: string | null | undefined;
  const tell = async (now: string | null): Promise<void> => {
    if (now === problem && performance.now() - seenAt < seenMs) return;
    await writeDown(db, task.id, now);
    problem = now;
    seenAt = performance.now();
  };
  while (!signal.aborted) {
    let monitor: Monitor | undefined;
    try {
      monitor = await monitorOf(context, task, signal);
      await monitor.resume();
      while (!signal.aborted) {
        const wait = await monitor.look();
        await tell(null);
        failures = 0;
        if (wait > 0) await monitor.pause(wait);
      }
    } catch (thrown) {
      if (signal.aborted) return;
      const reason = reasonOf(thrown);
      logger.warn({ strike: task.id, reason }, 'a strike sees nothing at present');
      await tell(reason).catch(() => undefined);
      const pause = Math.min(longestPause, timing.pause * 2 ** Math.min(failures++, 16));
      await delay(pause, undefined, { signal }).catch(() => undefined);
    } finally {
      monitor?.close();
    }
  }
}

async function monitorOf(context: IngestContext, task: StrikeTask, signal: AbortSignal): Promise<Monitor> {
  const { workspace: name, monitor, files_to_ingest } = task.configuration;
  const workspace = await workspaceOf(context, name);
  const isStaged = monitor.type === 'dir-watcher';
  const rules = compileRules(files_to_ingest);
  const intake = new Intake({ context, task, workspace, rules, isStaged, signal });
  if (monitor.type === 'dir-watcher') {
    if (!isLocal(workspace))
      throw new Problem(`the workspace ${name} is no directory: its monitor has to be s3`);
    return new DirectoryMonitor(context, task, workspace, intake, monitor.transfer_suffix ?? '_tmp');
  }
  return monitor.sqs_name === undefined
    ? new ListingMonitor(context, intake)
    : QueueMonitor.open(context, task, monitor, intake);
}

/** @throws Problem */
export async function workspaceOf(context: IngestContext, name: string): Promise<Workspace> {
  const workspace = await context.workspaces.byName(name);
  if (!workspace) throw new Problem(`there is no workspace ${name} that can be used`);
  return workspace;
}

async function writeDown(db: Queries, id: number, problem: string | null): Promise<void> {
  await db.query(
    'update strike set problem = $2, seen = case when $2::text is null then now() else seen end where id = $1',
    [id, problem],
  );
}
