import { readFileSync } from 'node:fs';
import { foreseeBatch } from '../../runtime/batch/index.ts';
import { connect } from '../../runtime/database/index.ts';
import { dryRunContext } from './dry-run-context.ts';

/** What a dry run told, and took. */
export interface DryRunNotes {
  readonly members: number;
  readonly run: number;
  readonly reuse: number;
  readonly ms: number;
  /** Processor time of this process. */
  readonly cpuMs: number;
  /** Memory before and at most, MiB. */
  readonly start: number;
  readonly peak: number;
}

/*
 * node dry-run-process.js DATABASE_URL HOME BATCH: tells on standard output what a dry run of the batch comes to, as
 * `DryRunNotes`.
 */
const [databaseUrl, home, batch] = process.argv.slice(2);
const db = await connect({ home: home!, databaseUrl: databaseUrl! });
try {
  const context = await dryRunContext(db, home!);
  const start = memory('VmRSS');
  const [origin, cpu] = [performance.now(), process.cpuUsage()];
  const { whole } = (await foreseeBatch(db, context, Number(batch), 1))!;
  const ms = performance.now() - origin;
  const { user, system } = process.cpuUsage(cpu);
  const { members, run, reuse } = whole;
  const cpuMs = (user + system) / 1000;
  const notes: DryRunNotes = { members, run, reuse, ms, cpuMs, start, peak: memory('VmHWM') };
  process.stdout.write(JSON.stringify(notes));
} finally {
  await db.close();
}

/** MiB. */
function memory(field: string): number {
  const [, kib = '0'] =
    new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kib) / 1024;
}
