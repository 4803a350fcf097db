import { footprintOf } from '../../catalog/index.ts';
import { isPassing } from '../../database/index.ts';
import { isErrno, reasonOf } from '../../errors/index.ts';
import type { RecipeContext } from '../../recipes/index.ts';
import { recipeContext } from '../../recipes/index.ts';
import {
  type FileEntry,
  isLocal,
  type LocalWorkspace,
  mapInParallel,
  transfer,
  type Workspace,
} from '../../workspace/index.ts';
import type { MatchedRule, Rules } from '../rules/index.ts';
import { able, type Item } from './batch.ts';
import { catalogue } from './catalogue.ts';
import { readFile, streamedChecksum } from './checksum.ts';
import type { IngestContext, Step, Task } from './context.ts';
import { destinationPath, ownPlace } from './destination.ts';
import { type Arriving, isTakenByAnother, judgeDuplicate, kinOf } from './duplicates.ts';
import { LocalPlaces } from './local-places.ts';
import { Problem } from './problem.ts';
import { type Launch, launchOf } from './recipe.ts';
import { type Decided, failRows, type IngestRow, markIngesting } from './rows.ts';

/** Where files of a `dir-watcher` stand while they are taken, and those that are not taken. */
export const ingesting = 'ingesting';
export const deferred = 'deferred';

/** Operations on files at once: more than that wait for libuv's threads. */
const filesAtOnce = 8;
/** Bytes of a batch from which on it is shown that work at it has begun. */
const longBytes = 256 * 2 ** 20;

/** How long it is remembered that a directory of another workspace is there, milliseconds. */
const rememberedMs = 1000;

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
 *     compare   with the catalogue               → a duplicate
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
  readonly places: LocalPlaces | undefined;
  readonly signal: AbortSignal;
  readonly #context: IngestContext;
  readonly #rules: Rules;
  readonly #isStaged: boolean;
  readonly #recipes: RecipeContext;
  /** Of other workspaces that files go to. */
  readonly #others = new WeakMap<LocalWorkspace, { readonly at: number; readonly places: LocalPlaces }>();
  /** Rows that are tried again later. */
  #later: { readonly row: IngestRow; readonly at: number }[] = [];
  /** Paths of files that are in hand: another one of that name waits for them. */
  readonly #inHand = new Map<string, number>();

  constructor({ context, task, workspace, rules, isStaged, signal }: IntakeOptions) {
    this.#context = context;
    this.task = task;
    this.workspace = workspace;
    this.places = isLocal(workspace) ? new LocalPlaces(workspace) : undefined;
    this.signal = signal;
    this.#rules = rules;
    this.#isStaged = isStaged;
    this.#recipes = recipeContext(context.db, context.config, context.logger);
  }

  isInHand(filePath: string): boolean {
    return this.#inHand.has(filePath);
  }

  /** What is to become of a file. @throws Problem when a workspace that a rule names is not there */
  async decide(entry: FileEntry, started: string | null = null): Promise<Decided> {
    const { path: filePath, size, version, modified } = entry;
    const rule = this.#rules.match(this.#isStaged ? `${ingesting}/${filePath}` : filePath);
    const common = { path: filePath, size, version, started, ended: modified };
    if (!rule)
      return {
        ...common,
        status: 'DEFERRED',
        reason: 'no rule matches its name',
        dataTypes: [],
        newWorkspaceId: null,
        newFilePath: null,
      };
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

  /** Where a file will be: in its new workspace at its new path, or where it is taken. */
  destination(row: IngestRow): { readonly workspaceId: number; readonly path: string } {
    const isMoved = row.new_workspace_id !== null || row.new_file_path !== null;
    return {
      workspaceId: row.new_workspace_id ?? this.workspace.id,
      path: row.new_file_path ?? (isMoved ? row.file_path : this.taken(row)),
    };
  }

  /** Where it stands while it is in hand. */
  taken(row: IngestRow): string {
    return this.#isStaged ? `${ingesting}/${row.file_path}` : row.file_path;
  }

  /**
   * Carries rows through to their ends. Failures of single files are written down and tried again later.
   * @param found where the file of a row stands; undefined: it is looked for
   * @throws Problem, and what the database throws
   */
  async take(rows: readonly IngestRow[], found?: (row: IngestRow) => FileEntry | undefined): Promise<void> {
    if (rows.length === 0) return;
    for (const { file_path: one } of rows) this.#inHand.set(one, (this.#inHand.get(one) ?? 0) + 1);
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
      await this.#compare(able(items));
      await this.#each(able(items), (item) => this.#move(item), 'moved');
      if (this.task.configuration.footprint) await this.#each(able(items), (item) => this.#describe(item));
      await this.#catalogue(able(items), launch);
      this.#context.reached?.('catalogued');
      await this.#each(able(items), (item) => this.#clear(item), 'cleared');
      await this.#fail(items);
    } finally {
      for (const { file_path: one } of rows) {
        const count = this.#inHand.get(one)! - 1;
        if (count === 0) this.#inHand.delete(one);
        else this.#inHand.set(one, count);
      }
    }
  }

  /** Milliseconds until the next file is to be tried again; undefined: none is. */
  get nextTry(): number | undefined {
    if (this.#later.length === 0) return undefined;
    return Math.max(0, Math.min(...this.#later.map(({ at }) => at)) - performance.now());
  }

  /** Remembers rows for later. */
  wait(rows: readonly IngestRow[]): void {
    for (const row of rows) {
      this.#later.push({ row, at: performance.now() + row.wait_ms });
      this.#inHand.set(row.file_path, (this.#inHand.get(row.file_path) ?? 0) + 1);
    }
  }

  /** Tries what is due. */
  async tryAgain(): Promise<void> {
    const now = performance.now();
    const due = this.#later.filter(({ at }) => at <= now);
    if (due.length === 0) return;
    this.#later = this.#later.filter(({ at }) => at > now);
    for (const { row } of due) this.#letGo(row.file_path);
    for (let start = 0; start < due.length; start += 200)
      await this.take(due.slice(start, start + 200).map(({ row }) => row));
  }

  #letGo(filePath: string): void {
    const count = (this.#inHand.get(filePath) ?? 1) - 1;
    if (count === 0) this.#inHand.delete(filePath);
    else this.#inHand.set(filePath, count);
  }

  async #workspaceOf({ newWorkspace }: MatchedRule): Promise<number> {
    if (newWorkspace === undefined) return this.workspace.id;
    const workspace = await this.#context.workspaces.byName(newWorkspace);
    if (!workspace) throw new Problem(`there is no workspace ${newWorkspace}, where files are to go`);
    return workspace.id;
  }

  async #workspaceById(id: number): Promise<Workspace> {
    if (id === this.workspace.id) return this.workspace;
    const workspace = await this.#context.workspaces.byId(id);
    if (!workspace) throw new Problem(`the workspace ${id}, where files are to go, cannot be used`);
    return workspace;
  }

  /** Runs a step for each file; what fails for one is that one's failure, unless it is the database's. */
  async #each(items: readonly Item[], work: (item: Item) => Promise<void>, step?: Step): Promise<void> {
    await mapInParallel(items, filesAtOnce, async (item) => {
      try {
        await work(item);
        if (step) this.#context.reached?.(step);
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
      return Object.assign(item, await this.#search(row));
    });
  }

  /** Looks for the file of a row at the places where work at it may have left it. */
  async #search(row: IngestRow): Promise<Partial<Item>> {
    try {
      const isOwn = ({ version }: FileEntry) =>
        row.version === version || row.version.startsWith(`${version}~`);
      const taken = await this.#stat(this.workspace, this.taken(row));
      const outside = this.#isStaged ? await this.#stat(this.workspace, row.file_path) : undefined;
      const own = [outside, taken].find((entry) => entry && isOwn(entry));
      if (own) return own;
      const { workspaceId, path } = this.destination(row);
      const workspace = await this.#workspaceById(workspaceId);
      const moved = await this.#stat(workspace, path);
      if (moved?.size === row.file_size && !(await this.#isCatalogued(workspaceId, moved)))
        return { ...moved, workspace };
      // It was changed since it was found.
      if (taken) return taken;
      // A disk that is away may look like an empty one: it is given some minutes.
      return { failure: { reason: 'the file is gone', isFinal: row.tries >= 7 } };
    } catch (thrown) {
      if (this.signal.aborted || thrown instanceof Problem || isPassing(thrown)) throw thrown;
      return { failure: { reason: reasonOf(thrown), isFinal: false } };
    }
  }

  #stat(workspace: Workspace, filePath: string): Promise<FileEntry | undefined> {
    return workspace === this.workspace && this.places
      ? this.places.stat(filePath)
      : workspace.stat(filePath);
  }

  async #isCatalogued(workspaceId: number, { path, version }: FileEntry): Promise<boolean> {
    const rows = await this.#context.db.query(
      `select from scale_file where workspace_id = $1 and md5(file_path) = md5($2) and file_path = $2
         and file_stat = $3 and not is_superseded and not is_deleted`,
      [workspaceId, path, version],
    );
    return rows.length > 0;
  }

  async #stage(item: Item): Promise<void> {
    const taken = this.taken(item.row);
    if (!this.#isStaged || item.failure || item.workspace !== this.workspace || item.path === taken) return;
    await this.places!.move(item.path, taken);
    item.path = taken;
  }

  async #read(item: Item): Promise<void> {
    if (!isLocal(item.workspace)) return;
    const read = await readFile(item.workspace.hostPath(item.path), item.size, this.signal);
    if (read.version !== item.version || read.size !== item.size)
      throw new Error('it was changed while it was read');
    item.sha256 = read.sha256;
  }

  async #compare(items: readonly Item[]): Promise<void> {
    const { duplicates = 'content' } = this.task.configuration;
    const arriving = items.map((item): Arriving => {
      const { row, size, version, sha256 } = item;
      return {
        ...{ found: row.file_path, name: row.file_name, size, version, sha256 },
        ...this.destination(row),
      };
    });
    if (items.length === 0) return;
    const kin = await kinOf(this.#context.db, this.workspace.id, arriving, duplicates === 'name-and-size');
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
      if (isMoved && !same && (taken.has(place) || isTakenByAnother(own)))
        item.row = await this.#divert(item.row);
      taken.add(place);
    }
  }

  /** Written down before anything is moved, so that whoever goes on after a crash knows it. */
  async #divert(row: IngestRow): Promise<IngestRow> {
    const { path } = this.destination(row);
    const new_file_path = ownPlace(path, row.id);
    await this.#context.db.query('update ingest set new_file_path = $2 where id = $1', [
      row.id,
      new_file_path,
    ]);
    return { ...row, new_file_path };
  }

  async #move(item: Item): Promise<void> {
    const { row, same } = item;
    const destination = this.destination(row);
    if (item.workspace.id === destination.workspaceId && item.path === destination.path) return;
    if (same && !(await this.#isMissing(same))) return;
    const { workspaceId, path } = same
      ? { workspaceId: same.workspace_id, path: same.file_path }
      : destination;
    const to = await this.#workspaceById(workspaceId);
    if (!(await this.#renamed(item, to, path))) {
      const entry = await transfer(item.workspace, item.path, to, path, {
        ...{ move: true, resume: `ingest ${row.id}`, signal: this.signal },
        ...(item.sha256 !== null && { sha256: item.sha256 }),
      });
      item.version = entry.version;
    }
    item.workspace = to;
    item.path = path;
  }

  /** By a rename, where both are directories of one disk. */
  async #renamed(item: Item, to: Workspace, path: string): Promise<boolean> {
    if (!this.places || item.workspace !== this.workspace || !isLocal(to)) return false;
    try {
      await this.#placesOf(to).take(this.places, item.path, path);
      return true;
    } catch (thrown) {
      if (!isErrno(thrown, 'EXDEV')) throw thrown;
      return false;
    }
  }

  #placesOf(workspace: LocalWorkspace): LocalPlaces {
    if (workspace === this.workspace) return this.places!;
    const { at, places } = this.#others.get(workspace) ?? { at: 0, places: new LocalPlaces(workspace) };
    if (performance.now() - at > rememberedMs) places.forget();
    else return places;
    this.#others.set(workspace, { at: performance.now(), places });
    return places;
  }

  /** Whether the bytes of a file of the catalogue are not at its place: then this one takes it. */
  async #isMissing(same: { workspace_id: number; file_path: string; file_size: number }): Promise<boolean> {
    const workspace = await this.#context.workspaces.byId(same.workspace_id);
    if (!workspace) return false;
    const entry = await this.#stat(
      workspace.id === this.workspace.id ? this.workspace : workspace,
      same.file_path,
    );
    return entry?.size !== same.file_size;
  }

  /** Area and times of what is new. */
  async #describe(item: Item): Promise<void> {
    if (!item.same) item.metadata = await footprintOf(item.workspace, item.path);
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
    if (!same || !this.#isStaged || !this.places || workspace !== this.workspace) return;
    if (path === same.file_path && workspace.id === same.workspace_id) return;
    if (item.sha256 === same.sha256) await this.places.remove(path);
    else await this.places.moveAside(path, deferred, item.version);
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
      if (this.#isStaged && item.workspace === this.workspace && item.path === this.taken(row))
        await this.places!.moveAside(item.path, deferred, item.version).catch(() => undefined);
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
