import { type FileMetadata, footprintOf } from '../../catalog/index.ts';
import { isPassing } from '../../database/index.ts';
import { reasonOf } from '../../errors/index.ts';
import type { RecipeContext } from '../../recipes/index.ts';
import { recipeContext } from '../../recipes/index.ts';
import { needsOf } from '../../retention/index.ts';
import { type FileEntry, isLocal, mapInParallel, type Workspace } from '../../workspace/index.ts';
import { knownWorkspaces } from '../judge/facts.ts';
import type { MatchedRule, Rules } from '../rules/index.ts';
import { able, type Item } from './batch.ts';
import { catalogue } from './catalogue.ts';
import { readFile, streamedChecksum } from './checksum.ts';
import type { IngestContext, Step, Task } from './context.ts';
import { destinationPath, ownPlace } from './destination.ts';
import { type Arriving, isTakenByAnother, judgeDuplicate, type Kin, kinOf } from './duplicates.ts';
import { InHand } from './in-hand.ts';
import type { LocalPlaces } from './local-places.ts';
import { judgeStanding } from './standing.ts';
import { Problem } from './problem.ts';
import { type Launch, launchOf } from './recipe.ts';
import { type Decided, failRows, type IngestRow, markIngesting } from './rows.ts';
import { deferred, ingesting, Whereabouts } from './whereabouts.ts';

/** Operations on files at once: more than that wait for libuv's threads. */
const filesAtOnce = 8;
/** How long it is remembered that a workspace is active, milliseconds. */
const rememberedMs = 1000;
/** Bytes of a batch from which on it is shown that work at it has begun. */
const longBytes = 256 * 2 ** 20;

export interface IntakeOptions {
  readonly context: IngestContext;
  readonly task: Task;
  readonly workspace: Workspace;
  readonly rules: Rules;
  /** Whether files are moved to `ingesting/` first. */
  readonly isStaged: boolean;
  readonly signal: AbortSignal;
}

/**
 * Takes files of one strike or scan, some hundred at a time:
 *
 *     decide    what becomes of a file, and where it goes: written down before anything is moved
 *     stage     → ingesting/                     (dir-watcher)
 *     read      → checksum
 *     compare   with the catalogue, and with what stands at its new place → a duplicate, or another place
 *     move      → its new place
 *     describe  area and times                   (`footprint`)
 *     catalogue → file, INGESTED, recipe, in one transaction
 *     clear     what is a duplicate
 *
 * All steps can be done again: whoever goes on after a crash finds each open row's file at one of its places.
 */
export class Intake {
  readonly task: Task;
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
  readonly #context: IngestContext;
  readonly #rules: Rules;
  readonly #isStaged: boolean;
  readonly #recipes: RecipeContext;
  readonly #where: Whereabouts;
  readonly #inHand = new InHand();
  /** Of workspaces that files go to. */
  readonly #active = new Map<string, { readonly at: number; readonly isActive: boolean }>();

  constructor({ context, task, workspace, rules, isStaged, signal }: IntakeOptions) {
    this.#context = context;
    this.task = task;
    this.workspace = workspace;
    this.#where = new Whereabouts(context, { workspace, isStaged, signal });
    this.signal = signal;
    this.#rules = rules;
    this.#isStaged = isStaged;
    this.#recipes = recipeContext(context.db, context.config, context.logger);
  }

  /** Of its workspace, if that is a directory. */
  get places(): LocalPlaces | undefined {
    return this.#where.places;
  }

  isInHand(filePath: string): boolean {
    return this.#inHand.has(filePath);
  }

  /** What is to become of a file. @throws Problem when a workspace that a rule names is not there */
  async decide(entry: FileEntry, started: string | null = null): Promise<Decided> {
    const { path: filePath, size, version, modified } = entry;
    const rule = this.#rules.match(this.#isStaged ? `${ingesting}/${filePath}` : filePath);
    const common = { path: filePath, size, version, started, ended: modified };
    const aside = (reason: string): Decided => ({
      ...{ ...common, status: 'DEFERRED', reason, dataTypes: [], newWorkspaceId: null, newFilePath: null },
    });
    if (!rule) return aside('no rule matches its name');
    if (rule.newWorkspace !== undefined && !(await this.#isActive(rule.newWorkspace)))
      return aside(`the workspace ${rule.newWorkspace}, where it is to go, is no longer active`);
    const workspaceId = await this.#workspaceOf(rule);
    const name = filePath.slice(filePath.lastIndexOf('/') + 1);
    const newFilePath =
      rule.newFilePath === undefined ? null : destinationPath(rule.newFilePath, name, new Date());
    return {
      ...common,
      ...{ status: 'TRANSFERRED', reason: null, dataTypes: rule.dataTypes, newFilePath },
      newWorkspaceId: workspaceId === this.workspace.id ? null : workspaceId,
    };
  }

  /**
   * Carries rows through to their ends. Failures of single files are written down and tried again later.
   * @param found where the file of a row stands; undefined: it is looked for
   * @throws Problem, and what the database throws
   */
  async take(rows: readonly IngestRow[], found?: (row: IngestRow) => FileEntry | undefined): Promise<void> {
    if (rows.length === 0) return;
    this.#inHand.take(rows);
    try {
      const { recipe } = this.task.configuration;
      const launch = recipe && (await launchOf(this.#context.db, recipe));
      const items = await this.#locate(rows, found);
      if (items.reduce((sum, { size }) => sum + size, 0) > longBytes)
        await markIngesting(
          this.#context.db,
          items.map(({ row }) => row.id),
        );
      await this.#each(items, (item) => this.#stage(item), 'staged');
      await this.#each(able(items), (item) => this.#read(item), 'read');
      await this.#each(able(items), (item) => this.#lookAhead(item));
      await this.#compare(able(items));
      await this.#context.reached?.('compared');
      await this.#each(able(items), (item) => this.#where.move(item), 'moved');
      if (this.task.configuration.footprint)
        await this.#each(able(items), async (item) => {
          item.metadata = await this.#describe(item);
        });
      await this.#catalogue(able(items), launch);
      await this.#context.reached?.('catalogued');
      await this.#each(able(items), (item) => this.#clear(item), 'cleared');
      await this.#fail(items);
    } finally {
      this.#inHand.letGo(rows);
    }
  }

  /** Milliseconds until the next file is to be tried again; undefined: none is. */
  get nextTry(): number | undefined {
    return this.#inHand.nextTry;
  }

  /** Remembers rows for later. */
  wait(rows: readonly IngestRow[]): void {
    this.#inHand.wait(rows);
  }

  /** Tries what is due. */
  async tryAgain(): Promise<void> {
    const due = this.#inHand.due();
    for (let start = 0; start < due.length; start += 200) await this.take(due.slice(start, start + 200));
  }

  async #workspaceOf({ newWorkspace }: MatchedRule): Promise<number> {
    if (newWorkspace === undefined) return this.workspace.id;
    const workspace = await this.#context.workspaces.byName(newWorkspace);
    if (!workspace) throw new Problem(`there is no workspace ${newWorkspace}, where files are to go`);
    return workspace.id;
  }

  /** Remembered for a moment; one that is not there is told as a `Problem` later. */
  async #isActive(name: string): Promise<boolean> {
    const known = this.#active.get(name);
    if (known && performance.now() - known.at < rememberedMs) return known.isActive;
    const workspaces = await knownWorkspaces(this.#context.db, [name]);
    const isActive = workspaces.get(name)?.is_active ?? true;
    this.#active.set(name, { at: performance.now(), isActive });
    return isActive;
  }

  /** Runs a step for each file; what fails for one is that one's failure, unless it is the database's. */
  async #each(items: readonly Item[], work: (item: Item) => Promise<void>, step?: Step): Promise<void> {
    await mapInParallel(items, filesAtOnce, async (item) => {
      try {
        await work(item);
        if (step) await this.#context.reached?.(step);
      } catch (thrown) {
        if (this.signal.aborted || thrown instanceof Problem || isPassing(thrown)) throw thrown;
        item.failure = { reason: reasonOf(thrown), isFinal: false };
      }
    });
  }

  async #locate(
    rows: readonly IngestRow[],
    found?: (row: IngestRow) => FileEntry | undefined,
  ): Promise<Item[]> {
    const started = new Date().toISOString();
    return mapInParallel(rows, filesAtOnce, async (row) => {
      const item: Item = {
        ...{ row, started, workspace: this.workspace, former: [] },
        ...{ path: row.file_path, size: row.file_size, version: row.version, sha256: null },
      };
      const place = found?.(row);
      if (place) return Object.assign(item, { path: place.path, size: place.size, version: place.version });
      return Object.assign(item, await this.#where.search(row));
    });
  }

  async #stage(item: Item): Promise<void> {
    const taken = this.#where.taken(item.row);
    if (!this.#isStaged || item.failure || item.workspace !== this.workspace || item.path === taken) return;
    // What stands there may be in the catalogue, or somebody's own: it is compared first, and the file waits where it is.
    if (await this.#where.places!.moveToFree(item.path, taken)) item.path = taken;
  }

  async #read(item: Item): Promise<void> {
    if (!isLocal(item.workspace)) return;
    const read = await readFile(item.workspace.hostPath(item.path), item.size, this.signal);
    if (read.version !== item.version || read.size !== item.size)
      throw new Error('it was changed while it was read');
    item.sha256 = read.sha256;
  }

  async #lookAhead(item: Item): Promise<void> {
    item.standing = await this.#where.standing(item);
  }

  /** Whether a file stands at its place that the catalogue does not know, and that has another content. */
  async #isUnknown(item: Item, kin: readonly Kin[]): Promise<boolean> {
    const { standing } = item;
    if (!standing) return false;
    const verdict = judgeStanding({
      ...{ coming: item, standing },
      place: kin.find(({ via }) => via === 'place'),
    });
    if (verdict !== 'unsure') return verdict === 'other';
    // Whoever was killed while he moved it from one disk to another has left the same content there.
    item.sha256 ??= await streamedChecksum(item.workspace, item.path, this.signal);
    return item.sha256 !== (await this.#where.standingChecksum(item));
  }

  async #compare(items: readonly Item[]): Promise<void> {
    const { duplicates = 'content' } = this.task.configuration;
    const arriving = items.map((item): Arriving => {
      const { row, size, version, sha256 } = item;
      return {
        ...{ found: row.file_path, name: row.file_name, size, version, sha256 },
        ...this.#where.destination(row),
      };
    });
    if (items.length === 0) return;
    const kin = await kinOf(this.#context.db, this.workspace.id, arriving, duplicates === 'name-and-size');
    // A new version takes the place of the old one, unless somebody still needs that.
    const needed = await needsOf(
      this.#context.db,
      kin.flatMap(({ at, via, id }) => (via === 'place' && items[at]!.standing ? [id] : [])),
    );
    const taken = new Set<string>();
    for (const [at, item] of items.entries()) {
      const { row } = item;
      const own = kin.filter((one) => one.at === at);
      let file = arriving[at]!;
      const isUnsure = own.some(
        (one) => one.file_size === file.size && one.file_stat !== file.version && one.sha256 !== null,
      );
      if (item.sha256 === null && isUnsure && duplicates === 'content') {
        item.sha256 = await streamedChecksum(item.workspace, item.path, this.signal);
        file = { ...file, sha256: item.sha256 };
      }
      const { same, former } = judgeDuplicate(file, own, duplicates);
      if (same) item.same = same;
      item.former = former;
      const isMoved = row.new_workspace_id !== null || row.new_file_path !== null;
      const place = `${file.workspaceId} ${file.path}`;
      const isTaken =
        (isMoved && (taken.has(place) || isTakenByAnother(own))) ||
        own.some(({ via, id }) => via === 'place' && needed.has(id));
      if (!same && (isTaken || (await this.#isUnknown(item, own)))) {
        item.row = await this.#divert(item.row);
        item.standing = undefined;
        item.former = own.filter(({ via }) => via === 'found');
      }
      taken.add(place);
    }
  }

  /** Written down before anything is moved, so that whoever goes on after a crash knows it. */
  async #divert(row: IngestRow): Promise<IngestRow> {
    const { path } = this.#where.destination(row);
    const new_file_path = ownPlace(path, row.id);
    await this.#context.db.query('update ingest set new_file_path = $2 where id = $1', [
      row.id,
      new_file_path,
    ]);
    return { ...row, new_file_path };
  }

  /** Area and times of what is new. What describes it lies where it was found, or was put aside. */
  async #describe({ row, same, workspace, path }: Item): Promise<FileMetadata | null> {
    if (same) return null;
    const directory = row.file_path.slice(0, row.file_path.lastIndexOf('/') + 1);
    const directories = this.#isStaged ? ['', `${deferred}/`, `${ingesting}/`] : [directory];
    return footprintOf(workspace, path, { workspace: this.workspace, directories });
  }

  /** In one transaction; where the data of one file are refused, the others go on without it. */
  async #catalogue(items: readonly Item[], launch: Launch | undefined): Promise<void> {
    if (items.length === 0) return;
    this.signal.throwIfAborted();
    try {
      const { db } = this.#context;
      const ended = await db.transaction((tx) =>
        catalogue(tx, this.task, items, { launch, recipes: this.#recipes }),
      );
      if (ended.some(({ recipe_id }) => recipe_id !== null)) db.notify('queue');
      const bytes = items.reduce((sum, { size }) => sum + size, 0);
      this.#context.observer?.ended(ended.length, bytes);
    } catch (thrown) {
      if (isPassing(thrown)) throw thrown;
      if (items.length === 1) {
        items[0]!.failure = { reason: reasonOf(thrown), isFinal: false };
        return;
      }
      const half = Math.ceil(items.length / 2);
      await this.#catalogue(items.slice(0, half), launch);
      await this.#catalogue(items.slice(half), launch);
    }
  }

  /** A duplicate's bytes go when they are those of the catalogue; where that is not sure, they are put aside. */
  async #clear(item: Item): Promise<void> {
    const { same, workspace, path } = item;
    if (!same || !this.#isStaged || !this.#where.places || workspace !== this.workspace) return;
    if (path === same.file_path && workspace.id === same.workspace_id) return;
    if (item.sha256 === same.sha256) await this.#where.places.remove(path);
    else await this.#where.places.moveAside(path, deferred, item.version);
  }

  /** Another version may stand where a file was found. */
  async #giveUp({ path, version }: Item): Promise<void> {
    const places = this.#where.places!;
    if ((await places.stat(path))?.version === version) await places.moveAside(path, deferred, version);
  }

  async #fail(items: readonly Item[]): Promise<void> {
    const failed = items.filter(({ failure }) => failure);
    if (failed.length === 0) return;
    const { db, logger, observer, timing } = this.#context;
    const rows = await failRows(
      db,
      failed.map(({ row, failure }) => ({ id: row.id, ...failure! })),
      timing.pause,
    );
    this.wait(rows.filter(({ status }) => status === 'QUEUED'));
    for (const row of rows.filter(({ status }) => status === 'ERRORED')) {
      const item = failed.find((one) => one.row.id === row.id)!;
      logger.error(
        { ingest: row.id, path: row.file_path, reason: item.failure!.reason },
        'a file is given up',
      );
      if (this.#isStaged && item.workspace === this.workspace)
        await this.#giveUp(item).catch(() => undefined);
    }
    observer?.failed(failed.length);
    const { kind, id } = this.task;
    const [{ row, failure } = { row: undefined, failure: undefined }] = failed;
    logger.warn(
      { [kind]: id, files: failed.length, path: row?.file_path, reason: failure?.reason },
      'files could not be ingested',
    );
  }
}
