import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { type CurrentFile, takePlace } from '../../catalog/index.ts';
import type { Database } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { needsOf } from '../../retention/index.ts';
import { checkTarget, type FileEntry, isInside, isLocal, type Workspace } from '../../workspace/index.ts';
import type { Found, Root } from './find-files.ts';
import { lookAt, type ReadFile, readWhole } from './read-file.ts';

/** How files come into a workspace. */
export type Manner = 'link' | 'copy' | 'move';

type Named = Pick<Root, 'path' | 'real'>;

/** What stands at its place now. */
export type Placed = Pick<ReadFile, 'size' | 'version'>;

/** What comes to a place; only where that decides something, it is read for its checksum. */
interface Coming extends Placed {
  readonly sha256: () => Promise<string>;
}

/** The workspace that files go to. Those that are in its directory already stay where they are. */
export class Destination {
  readonly workspace: Workspace;
  readonly #db: Database;
  readonly #directory: string;
  readonly #manner: Manner;
  /** All links followed, as files are compared with it: else what is named through a link into it would seem to be elsewhere. */
  readonly #root: string | undefined;

  private constructor(
    db: Database,
    workspace: Workspace,
    directory: string,
    manner: Manner,
    root: string | undefined,
  ) {
    this.#db = db;
    this.workspace = workspace;
    this.#directory = directory;
    this.#manner = manner;
    this.#root = root;
  }

  /** @param directory in the workspace; '' is its root */
  static async open(
    db: Database,
    workspace: Workspace,
    directory: string,
    manner: Manner,
  ): Promise<Destination> {
    const named = isLocal(workspace) ? workspace.hostPath('') : undefined;
    const root = named === undefined ? undefined : await realpath(named).catch(() => named);
    return new Destination(db, workspace, directory, manner, root);
  }

  /** @throws invalid-usage where files of several roots would have the same place */
  judge(roots: readonly Root[]): void {
    const coming = roots.filter((root) => !this.#isHere(root));
    const names = new Set(coming.map((root) => root.name));
    if (names.size < coming.length || (names.has('') && names.size > 1))
      throw new SeedbedError('invalid-usage', {
        problem: 'Several of the paths have the same place in the workspace: give them one by one, with --to',
      });
  }

  /** Where a file has its place in the workspace. */
  target(found: Found): string {
    if (this.#isHere(found)) return path.relative(this.#root!, this.#placeOf(found));
    return path.posix.join(this.#directory, found.name);
  }

  /** Whether what the catalogue knows is this very file, or a copy that stands at its place. */
  async holds(row: CurrentFile, found: Found, read: ReadFile): Promise<boolean> {
    if (row.sha256 !== read.sha256 || row.file_size !== read.size) return false;
    if (this.#isHere(found)) return row.file_stat === read.version;
    return this.stands(row, found);
  }

  /** Whether the file that the catalogue knows is at its place. */
  async stands(row: CurrentFile, found: Found): Promise<boolean> {
    if (this.#isHere(found)) return true;
    return (await this.workspace.stat(row.file_path))?.version === row.file_stat;
  }

  /**
   * Brings a file to its place.
   * @param before the row that is at its place
   * @throws content-mismatch where it changed since it was read; Error where another file has its place; place-taken
   */
  async put(found: Found, read: ReadFile, before: CurrentFile | undefined): Promise<Placed> {
    const target = this.target(found);
    if (this.#isHere(found)) return read;
    const { sha256, ...placed } = read;
    const standing = await this.#judgeStanding(target, { ...placed, sha256: async () => sha256 }, before);
    const place = { workspace: this.workspace, path: target, standing };
    return takePlace(this.#db, place, async (onlyNew): Promise<Placed> => {
      if (this.#manner !== 'copy')
        return this.workspace.putFile(target, await realpath(found.path), { onlyNew });
      const source = (start: number) => createReadStream(found.path, { start });
      return this.workspace.put(target, source, { size: read.size, sha256: read.sha256, onlyNew });
    });
  }

  /**
   * Whether `put` would take a file, as far as can be said without doing it.
   * @throws what `put` would
   */
  async foresee(
    found: Found,
    look: Placed,
    before: CurrentFile | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    await access(found.path, constants.R_OK);
    if (this.#isHere(found)) return;
    const target = checkTarget(this.target(found), this.workspace.name);
    const sha256 = async () => (await readWhole(found.path, signal)).sha256;
    await this.#judgeStanding(target, { ...look, sha256 }, before);
  }

  /** Removes a file that was to be moved and has its row now, unless it changed since. */
  async leave(found: Found, read: Placed): Promise<void> {
    if (this.#manner !== 'move' || this.#isHere(found)) return;
    const now = await lookAt(found.path);
    if (now.version !== read.version) throw new Error('it changed while it was moved, and stays');
    await rm(found.path);
  }

  #isHere(one: Named): boolean {
    return this.#root !== undefined && isInside(this.#placeOf(one), this.#root);
  }

  /** Where everything is in place, files are known by the path by which they are named. */
  #placeOf({ path: named, real }: Named): string {
    return this.#root === '/' ? named : real;
  }

  /**
   * What the catalogue does not know is not replaced, unless it is the same: an earlier run may have put it there. Nor is a
   * version that somebody needs.
   * @returns what stands at the place
   */
  async #judgeStanding(
    target: string,
    coming: Coming,
    before: CurrentFile | undefined,
  ): Promise<FileEntry | undefined> {
    const standing = await this.workspace.stat(target);
    if (!standing || standing.version === coming.version) return standing;
    const isKnown = before && (before.file_stat ?? standing.version) === standing.version;
    if (isKnown && before.file_size === standing.size) {
      const need = (await needsOf(this.#db, [before.id])).get(before.id);
      if (!need || (standing.size === coming.size && before.sha256 === (await coming.sha256())))
        return standing;
      throw new Error(`the version that is at its place ${target} is still needed: ${need.words}`);
    }
    if (standing.size === coming.size) {
      const hash = createHash('sha256');
      for await (const chunk of await this.workspace.open(target)) hash.update(chunk as Buffer);
      if (hash.digest('hex') === (await coming.sha256())) return standing;
    }
    throw new Error(`another file, which the catalogue does not know, is at its place ${target}`);
  }
}
