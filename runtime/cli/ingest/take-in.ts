import {
  type Arrival,
  BulkRegistration,
  type CurrentFile,
  currentFiles,
  footprintOf,
  type Registered,
} from '../../catalog/index.ts';
import type { Database, LoadTransaction } from '../../database/index.ts';
import { reasonOf } from '../../errors/index.ts';
import { mapInParallel } from '../../workspace/index.ts';
import type { Destination } from './destination.ts';
import type { Found } from './find-files.ts';
import { lookAt, type ReadFile, readWhole } from './read-file.ts';
import type { StartRecipe } from './recipe-starts.ts';
import type { Outcome, Tally } from './tally.ts';

/** Files that are read at once: hashing is done by as many threads as Node has for files. */
const readsAtOnce = 4;
/** Files in one transaction; fewer where each begins a recipe in it. */
const pageFiles = { without: 2000, withRecipes: 100 };

export interface TakeIn {
  readonly db: Database;
  readonly destination: Destination;
  readonly dataTypes: readonly string[];
  readonly startRecipe: StartRecipe | undefined;
  /** Whether the place and time of new files are read from them. */
  readonly readsFootprints: boolean;
  readonly isDryRun: boolean;
  readonly tally: Tally;
  /** Some files were dealt with. */
  readonly advanced: () => void;
  readonly signal: AbortSignal;
}

/** A file that is to have a row; `before` is the row that is at its place. */
interface Taken {
  readonly found: Found;
  readonly read: Pick<ReadFile, 'size' | 'version'>;
  readonly before: CurrentFile | undefined;
  /** undefined: its row is as it should be. */
  readonly arrival?: Arrival;
  /** Of a dry run: what would become of it, as far as can be said without reading it. */
  readonly outlook?: Outcome;
}

/**
 * Takes in what is found, page by page: files that the catalogue knows by their version are not read. One page is read while
 * the one before is registered. A page that a signal or a kill interrupts leaves files at their places without rows at most;
 * they have the same places when the command is given again.
 */
export async function takeIn(found: AsyncIterable<Found>, work: TakeIn): Promise<void> {
  const session = await work.db.openLoad();
  const registration = new BulkRegistration(session, work.destination.workspace.id);
  const most = work.startRecipe ? pageFiles.withRecipes : pageFiles.without;
  let registering: Promise<void> = Promise.resolve();
  try {
    const read = async (page: readonly Found[]) => {
      const taken = await readPage(page, work);
      await registering;
      registering = registerPage(taken, registration, work);
      registering.catch(() => undefined);
    };
    let page: Found[] = [];
    for await (const one of found) {
      if (work.signal.aborted) break;
      if (one.problem) work.tally.problem(one, one.problem.kind, one.problem.reason);
      else page.push(one);
      if (page.length < most) continue;
      await read(page);
      page = [];
    }
    if (!work.signal.aborted) await read(page);
    await registering;
  } finally {
    await registering.catch(() => undefined);
    await session.close();
  }
}

async function readPage(page: readonly Found[], work: TakeIn): Promise<Taken[]> {
  const { db, destination, tally, signal } = work;
  const targets = page.map((found) => destination.target(found));
  const rows = await currentFiles(db, destination.workspace.id, targets);
  const taken = await mapInParallel(page, readsAtOnce, async (found): Promise<Taken | undefined> => {
    if (signal.aborted) return undefined;
    try {
      return await take(found, rows.get(destination.target(found)), work);
    } catch (thrown) {
      if (!signal.aborted) tally.problem(found, 'failed', reasonOf(thrown));
      return undefined;
    }
  });
  return signal.aborted ? [] : taken.filter((one) => one !== undefined);
}

async function take(found: Found, before: CurrentFile | undefined, work: TakeIn): Promise<Taken> {
  const { destination, dataTypes, tally, signal } = work;
  const look = await lookAt(found.path);
  const isTagged = dataTypes.every((tag) => before?.data_type_tags.includes(tag));
  const isSame =
    before?.file_stat === look.version &&
    before.file_size === look.size &&
    before.sha256 !== null &&
    (await destination.stands(before, found));
  if (work.isDryRun) {
    if (!isSame) await destination.foresee(found, look, before, signal);
    return { found, read: look, before, outlook: !before ? 'new' : isSame ? 'known' : 'changed' };
  }
  if (isSame && isTagged) return { found, read: look, before };
  const path = destination.target(found);
  if (isSame)
    return { found, read: look, before, arrival: { path, ...look, sha256: before.sha256, dataTypes } };
  const read = await readWhole(found.path, signal);
  tally.bytesRead += read.size;
  if (before && isTagged && (await destination.holds(before, found, read))) return { found, read, before };
  const placed = await destination.put(found, read, before);
  const metadata = work.readsFootprints ? await footprintOf(destination.workspace, path) : null;
  return {
    found,
    read,
    before,
    arrival: { path, size: placed.size, version: placed.version, sha256: read.sha256, dataTypes, metadata },
  };
}

async function registerPage(
  taken: readonly Taken[],
  registration: BulkRegistration,
  { db, destination, startRecipe, isDryRun, tally, advanced }: TakeIn,
): Promise<void> {
  if (isDryRun) {
    for (const { outlook } of taken) tally.add(outlook!);
    return advanced();
  }
  const coming = taken.flatMap(({ arrival }) => (arrival ? [arrival] : []));
  let recipes = 0;
  const start = async (tx: LoadTransaction, rows: readonly Registered[]) => {
    recipes = 0;
    for (const row of rows)
      if (row.isNew) {
        await startRecipe!(tx, row.id);
        recipes++;
      }
  };
  const rows = coming.length === 0 ? [] : await registration.register(coming, startRecipe && start);
  if (recipes > 0) db.notify('queue');
  tally.recipes += recipes;
  const made = rows.values();
  for (const { before, arrival } of taken) {
    const isNew = arrival !== undefined && made.next().value!.isNew;
    tally.add(!isNew ? 'known' : before ? 'changed' : 'new');
  }
  await mapInParallel(taken, readsAtOnce, async ({ found, read }) =>
    destination
      .leave(found, read)
      .catch((thrown: unknown) => tally.problem(found, 'failed', reasonOf(thrown))),
  );
  advanced();
}
