import { hasCode, type Queries } from '../../database/index.ts';
import type { FileEntry } from '../../workspace/index.ts';
import type { Task } from './context.ts';
import { breakTransfers, type Decided, decideAgain, insertRows, type IngestRow, knownRows } from './rows.ts';

/** A file that was found, and what is decided about it. */
export interface Found {
  /** Where it stands. */
  readonly entry: FileEntry;
  readonly one: Decided;
  /** Of the row that followed its transfer. */
  readonly transferId?: number | undefined;
}

/** A row that was written down, and where its file stands. */
export interface Recorded {
  readonly row: IngestRow;
  readonly entry: FileEntry;
}

/** What to do about a file that has a row already, with the same version. */
export type Again = 'leave' | 'anew' | 'reopen';

/**
 * Writes down what was found, before anything is moved.
 * @param again what to do about files that were found before, by their newest row
 * @returns those that are to be taken now or put aside
 */
export async function record(
  db: Queries,
  task: Pick<Task, 'kind' | 'id'>,
  workspaceId: number,
  found: readonly Found[],
  again: (row: IngestRow) => Again,
): Promise<Recorded[]> {
  const entries = new Map(found.map(({ entry, one }) => [one.path, entry]));
  const followed = found.filter(({ transferId }) => transferId !== undefined);
  const ended = followed.length === 0 ? [] : await endTransfers(db, followed);
  const endedPaths = new Set(ended.map((row) => row.file_path));
  const fresh = found.filter(({ one }) => !endedPaths.has(one.path));
  const rows = [
    ...ended,
    ...(fresh.length === 0 ? [] : await insertRows(db, task, workspaceId, ofDecided(fresh))),
  ];
  const made = new Set(rows.map((row) => row.file_path));
  const others = found.filter(({ one }) => !made.has(one.path));
  if (others.length > 0) rows.push(...(await recordAgain(db, task, workspaceId, others, again)));
  return rows.map((row) => ({ row, entry: entries.get(row.file_path)! }));
}

/** Their rows become those of the complete files, unless these have rows already. */
async function endTransfers(db: Queries, followed: readonly Found[]): Promise<IngestRow[]> {
  const rows = followed.map(({ transferId, one }) => ({ id: transferId!, one }));
  try {
    return await decideAgain(db, rows);
  } catch (thrown) {
    if (!hasCode(thrown, '23505')) throw thrown; // unique_violation
    await breakTransfers(
      db,
      rows.map(({ id }) => id),
    );
    return [];
  }
}

async function recordAgain(
  db: Queries,
  task: Pick<Task, 'kind' | 'id'>,
  workspaceId: number,
  others: readonly Found[],
  again: (row: IngestRow) => Again,
): Promise<IngestRow[]> {
  const known = new Map((await knownRows(db, task, ofDecided(others))).map((row) => [row.file_path, row]));
  const verdicts = others.flatMap(({ one }) => {
    const row = known.get(one.path);
    return row ? [{ row, one, verdict: again(row) }] : [];
  });
  const anew = verdicts
    .filter(({ verdict }) => verdict === 'anew')
    .map(({ row, one }) => ({ ...one, version: `${one.version}~${row.id}` }));
  const reopened = verdicts
    .filter(({ verdict }) => verdict === 'reopen')
    .map(({ row, one }) => ({ id: row.id, one: { ...one, version: row.version } }));
  return [
    ...(anew.length > 0 ? await insertRows(db, task, workspaceId, anew) : []),
    ...(reopened.length > 0 ? await decideAgain(db, reopened) : []),
  ];
}

function ofDecided(found: readonly Found[]): Decided[] {
  return found.map(({ one }) => one);
}
