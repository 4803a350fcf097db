import {
  type Finding,
  Report,
  type ScanPatch,
  type ScanPost,
  type StrikePatch,
  type StrikePost,
} from '../../seed-schema/index.ts';
import type { Config } from '../config/index.ts';
import type { Database, Queries } from '../database/index.ts';
import { judgeScan, judgeStrike } from './judge/index.ts';
import type { IngestReport } from './judge/findings.ts';
import { isNameTaken } from './made.ts';
import { keepCredentials, withoutCredentials } from './queue-credentials.ts';
import { changeScan, createScan } from './scans.ts';
import { changeStrike, createStrike } from './strikes.ts';

/** What came of it: without errors it is kept. */
export interface Saved {
  /** Undefined: nothing was kept. */
  readonly id?: number | undefined;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** Judges a new strike; nothing is kept. */
export async function judgeNewStrike(db: Queries, { name, configuration }: StrikePost) {
  return judgeStrike(db, configuration, undefined, await reportOf(db, 'strike', name));
}

/** Judges a new scan; nothing is kept. */
export async function judgeNewScan(db: Queries, { name, configuration }: ScanPost) {
  return judgeScan(db, configuration, await reportOf(db, 'scan', name));
}

/** Credentials of its queue go to the store of secrets. */
export async function addStrike(
  db: Database,
  config: Config,
  wanted: StrikePost,
  actor: string,
): Promise<Saved> {
  const { is_valid, errors, warnings, configuration: judged } = await judgeNewStrike(db, wanted);
  if (!judged || !is_valid) return { errors, warnings };
  const { is_active: isActive, ...rest } = wanted;
  const { configuration, credentials } = withoutCredentials(judged);
  const id = await db.transaction(async (tx) => {
    const made = await createStrike(tx, { ...rest, isActive, configuration }, actor);
    if (made !== undefined) await keepCredentials(tx, config, made, configuration.monitor, credentials);
    return made;
  });
  return id === undefined ? lost('strike', wanted.name) : { id, errors, warnings };
}

export async function addScan(db: Queries, wanted: ScanPost, actor: string): Promise<Saved> {
  const { is_valid, errors, warnings, configuration } = await judgeNewScan(db, wanted);
  if (!configuration || !is_valid) return { errors, warnings };
  const id = await createScan(db, { ...wanted, configuration }, actor);
  return id === undefined ? lost('scan', wanted.name) : { id, errors, warnings };
}

/** @param id of a strike that is there */
export async function saveStrike(
  db: Database,
  config: Config,
  id: number,
  wanted: StrikePatch,
): Promise<Saved> {
  const { title, description, is_active: isActive } = wanted;
  if (wanted.configuration === undefined) {
    await changeStrike(db, id, { title, description, isActive });
    return { id, errors: [], warnings: [] };
  }
  const { errors, warnings, configuration: judged } = await judgeStrike(db, wanted.configuration, id);
  if (!judged || errors.length > 0) return { errors, warnings };
  const { configuration, credentials } = withoutCredentials(judged);
  await db.transaction(async (tx) => {
    await changeStrike(tx, id, { title, description, isActive, configuration });
    await keepCredentials(tx, config, id, configuration.monitor, credentials);
  });
  return { id, errors, warnings };
}

/** @param id of a scan that is there @returns without id and errors: it is under way, and its configuration must stay */
export async function saveScan(db: Queries, id: number, wanted: ScanPatch): Promise<Saved> {
  const { title, description } = wanted;
  const judged = wanted.configuration === undefined ? fine : await judgeScan(db, wanted.configuration);
  const { errors, warnings, configuration } = judged;
  if (errors.length > 0) return { errors, warnings };
  const isSaved = await changeScan(db, id, { title, description, configuration });
  return { id: isSaved ? id : undefined, errors, warnings };
}

const fine = { errors: [], warnings: [], configuration: undefined };

async function reportOf(
  db: Queries,
  kind: 'strike' | 'scan',
  name: string | undefined,
): Promise<IngestReport> {
  const report: IngestReport = new Report();
  if (name !== undefined && (await isNameTaken(db, kind, name))) nameTaken(kind, name, report);
  return report;
}

/** Somebody else took the name meanwhile. */
function lost(kind: 'strike' | 'scan', name = ''): Saved {
  const report: IngestReport = new Report();
  nameTaken(kind, name, report);
  return report.document;
}

function nameTaken(kind: 'strike' | 'scan', name: string, report: IngestReport): void {
  report.error('NAME_TAKEN', 'name', `name is ${JSON.stringify(name)}, and there is a ${kind} of that name`);
}
