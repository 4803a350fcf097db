import { readConfig } from '../../config/index.ts';
import { connect, type Database, type LoadSession, type Queries } from '../../database/index.ts';
import { type ExitCode, SeedbedError } from '../../errors/index.ts';
import { Interruption } from '../interruption.ts';
import { userName } from '../run/registration.ts';
import { print } from '../service/print.ts';
import { openDumpSource } from './dump-source.ts';
import type { ImportRun } from './import-run.ts';
import { Mapping } from './mapping.ts';
import type { ImportScaleOptions } from './options.ts';
import { openPostgresSource } from './postgres-source.ts';
import { ImportReport, importText } from './report.ts';
import type { ScaleSource } from './source.ts';
import { takeFiles } from './take-files.ts';
import { takeJobTypes } from './take-job-types.ts';
import { takeLineage } from './take-lineage.ts';
import { takeRecipeTypes } from './take-recipe-types.ts';
import { takeWorkspaces } from './take-workspaces.ts';

/** Each needs what those before it took over. */
const parts = [takeWorkspaces, takeJobTypes, takeRecipeTypes, takeFiles, takeLineage];
/** Milliseconds between two words on where it stands. */
const pause = 2000;

/** Undoes a dry run. */
class DryRun extends Error {}

/**
 * `seed import-scale SOURCE`. What is taken over is kept page by page: an import that was stopped goes on when it is given
 * again.
 * @returns 0 all was taken over; 1 something could not be
 * @throws import-source-unusable; canceled
 */
export async function importScale(from: string, options: ImportScaleOptions): Promise<0 | ExitCode> {
  const interruption = new Interruption();
  const { signal } = interruption;
  let db: Database | undefined;
  let source: ScaleSource | undefined;
  let session: LoadSession | undefined;
  try {
    source = await (/^postgres(ql)?:\/\//.test(from) ? openPostgresSource(from) : openDumpSource(from));
    db = await interruption.unlessStopped(connect(readConfig()));
    session = await db.openLoad();
    const name = options.name ?? source.name;
    const report = new ImportReport();
    const run = {
      ...{ source, report, signal },
      mapping: new Mapping(name),
      actor: userName(),
      tell: teller(options),
    };
    if (options.dryRun) await dryRun(session, run);
    else await takeAll({ ...run, together: (work) => session!.transaction(work) });
    const result = report.document(name, options.dryRun === true);
    await print(options.format, result, () => importText(result));
    return Object.values(report.counts).some(({ left }) => left > 0) ? 1 : 0;
  } catch (thrown) {
    if (signal.aborted) throw new SeedbedError('canceled', { signal: String(signal.reason) });
    throw thrown;
  } finally {
    await session?.close();
    await source?.close();
    await db?.close();
    interruption.end();
  }
}

async function takeAll(run: ImportRun): Promise<void> {
  for (const take of parts) {
    run.signal.throwIfAborted();
    await take(run);
  }
}

async function dryRun(session: LoadSession, run: Omit<ImportRun, 'together'>): Promise<void> {
  try {
    await session.transaction(async (tx: Queries) => {
      await takeAll({ ...run, together: (work) => work(tx) });
      throw new DryRun();
    });
  } catch (thrown) {
    if (!(thrown instanceof DryRun)) throw thrown;
  }
}

function teller({ quiet, format }: ImportScaleOptions): (line: string) => void {
  let last = performance.now();
  return (line) => {
    if (quiet || format === 'json' || performance.now() - last < pause) return;
    last = performance.now();
    process.stderr.write(`${line}\n`);
  };
}
