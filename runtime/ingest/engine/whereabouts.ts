import { takePlace } from '../../catalog/index.ts';
import { isPassing } from '../../database/index.ts';
import { isErrno, reasonOf } from '../../errors/index.ts';
import {
  type FileEntry,
  isLocal,
  type LocalWorkspace,
  transfer,
  type Workspace,
} from '../../workspace/index.ts';
import type { Item } from './batch.ts';
import { streamedChecksum } from './checksum.ts';
import type { IngestContext } from './context.ts';
import type { Kin } from './duplicates.ts';
import { LocalPlaces } from './local-places.ts';
import { Problem } from './problem.ts';
import type { IngestRow } from './rows.ts';

/** Where files of a `dir-watcher` stand while they are taken, and those that are not taken. */
export const ingesting = 'ingesting';
export const deferred = 'deferred';

/** How long it is remembered that a directory of another workspace is there, milliseconds. */
const rememberedMs = 1000;

/** Where the files of one strike or scan stand, and the way of each to its new place. */
export class Whereabouts {
  readonly workspace: Workspace;
  /** Of the workspace where files are found, if that is a directory. */
  readonly places: LocalPlaces | undefined;
  readonly #context: IngestContext;
  readonly #isStaged: boolean;
  readonly #signal: AbortSignal;
  /** Of other workspaces that files go to. */
  readonly #others = new WeakMap<LocalWorkspace, { readonly at: number; readonly places: LocalPlaces }>();

  constructor(
    context: IngestContext,
    {
      workspace,
      isStaged,
      signal,
    }: { readonly workspace: Workspace; readonly isStaged: boolean; readonly signal: AbortSignal },
  ) {
    this.#context = context;
    this.workspace = workspace;
    this.places = isLocal(workspace) ? new LocalPlaces(workspace) : undefined;
    this.#isStaged = isStaged;
    this.#signal = signal;
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

  /** Looks for the file of a row at the places where work at it may have left it. */
  async search(row: IngestRow): Promise<Partial<Item>> {
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
      if (this.#signal.aborted || thrown instanceof Problem || isPassing(thrown)) throw thrown;
      return { failure: { reason: reasonOf(thrown), isFinal: false } };
    }
  }

  /** What stands where a file is to go; undefined: nothing does, or the file itself. */
  async standing(item: Item): Promise<FileEntry | undefined> {
    const { workspaceId, path } = this.destination(item.row);
    if (item.workspace.id === workspaceId && item.path === path) return undefined;
    const workspace = await this.#workspaceById(workspaceId);
    return isLocal(workspace) ? this.#placesOf(workspace).stat(path) : workspace.stat(path);
  }

  /** SHA-256 of what stands where a file is to go. */
  async standingChecksum(item: Item): Promise<string> {
    const { workspaceId, path } = this.destination(item.row);
    return streamedChecksum(await this.#workspaceById(workspaceId), path, this.#signal);
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

  /**
   * To its new place; a duplicate whose bytes the catalogue has lost, to the place of those.
   * @throws place-taken when another file came there since it was compared: the file is looked at anew then
   */
  async move(item: Item): Promise<void> {
    const { row, same } = item;
    const destination = this.destination(row);
    if (item.workspace.id === destination.workspaceId && item.path === destination.path) return;
    if (same) {
      const there = await this.#bytesOf(same);
      if (there === 'other')
        item.failure = {
          reason: `it is the file ${same.id} of the catalogue, at whose place ${same.file_path} another one stands`,
          isFinal: true,
        };
      if (there !== 'none') return;
    }
    const { workspaceId, path } = same
      ? { workspaceId: same.workspace_id, path: same.file_path }
      : destination;
    const to = await this.#workspaceById(workspaceId);
    const place = { workspace: to, path, standing: same ? undefined : item.standing };
    await takePlace(this.#context.db, place, async (onlyNew) => {
      if (await this.#renamed(item, to, path, onlyNew)) return;
      const entry = await transfer(item.workspace, item.path, to, path, {
        ...{ move: true, onlyNew, resume: `ingest ${row.id}`, signal: this.#signal },
        ...(item.sha256 !== null && { sha256: item.sha256 }),
      });
      item.version = entry.version;
    });
    item.workspace = to;
    item.path = path;
  }

  /** By a rename, where both are directories of one disk. */
  async #renamed(item: Item, to: Workspace, path: string, onlyNew: boolean): Promise<boolean> {
    if (!this.places || item.workspace !== this.workspace || !isLocal(to)) return false;
    try {
      await this.#placesOf(to).take(this.places, item.path, path, { onlyNew });
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

  /** What stands at the place of a file of the catalogue: where nothing does, its duplicate takes it. */
  async #bytesOf(same: Kin): Promise<'own' | 'other' | 'none'> {
    const workspace =
      same.workspace_id === this.workspace.id
        ? this.workspace
        : await this.#context.workspaces.byId(same.workspace_id);
    if (!workspace) return 'own';
    const entry = await this.#stat(workspace, same.file_path);
    if (!entry) return 'none';
    if (entry.size !== same.file_size) return 'other';
    if (entry.version === same.file_stat || same.sha256 === null) return 'own';
    const sha256 = await streamedChecksum(workspace, same.file_path, this.#signal);
    return sha256 === same.sha256 ? 'own' : 'other';
  }

  async #workspaceById(id: number): Promise<Workspace> {
    if (id === this.workspace.id) return this.workspace;
    const workspace = await this.#context.workspaces.byId(id);
    if (!workspace) throw new Problem(`the workspace ${id}, where files are to go, cannot be used`);
    return workspace;
  }
}
