import { constants, createReadStream } from 'node:fs';
import { copyFile, lstat, mkdir, open, realpath, rm, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { isErrno, reasonOf, SeedbedError } from '../errors/index.ts';
import { absent, hostError } from './host-errors.ts';
import { mapInParallel } from './in-parallel.ts';
import { checkPath, checkTarget } from './inside.ts';
import { partialOf, putWhole } from './put-whole.ts';
import { isSame, renameOver, renameToFree } from './rename.ts';
import { isInside, linkOrCopy, move } from './transfer.ts';
import { publicUrl } from './url.ts';
import { walk } from './walk.ts';
import type {
  ByteRange,
  ContentSource,
  FileEntry,
  LinkSigner,
  ListOptions,
  LocalWorkspace,
  PlaceOptions,
  PutFileOptions,
  PutOptions,
  Stored,
} from './workspace.ts';

/** A rename waits for a thread each time: eight at once take half the time of one after the other (20,000 names, measured). */
const movesAtOnce = 8;

export interface HostWorkspaceRow {
  readonly id: number;
  readonly name: string;
  readonly kind?: LocalWorkspace['kind'];
  /** Absolute path of the directory that holds the files. */
  readonly root: string;
  readonly baseUrl?: string | null;
  /** Undefined: there are no signed URLs. */
  readonly signer?: LinkSigner | undefined;
}

interface Naming extends PlaceOptions {
  /** Of the file that gets its name, inside the workspace. */
  readonly filePath: string;
}

/** A directory of this machine as a workspace (Scale's broker type `host`), or one that is mounted here (`nfs`). */
export class HostWorkspace implements LocalWorkspace {
  readonly id: number;
  readonly name: string;
  readonly kind: LocalWorkspace['kind'];
  readonly baseUrl: string | null;
  readonly #root: string;
  readonly #signer: LinkSigner | undefined;

  constructor({ id, name, kind = 'host', root, baseUrl = null, signer }: HostWorkspaceRow) {
    this.id = id;
    this.name = name;
    this.kind = kind;
    this.baseUrl = baseUrl;
    this.#root = path.resolve(root);
    this.#signer = signer;
  }

  hostPath(filePath: string): string {
    return this.#confine(path.resolve(this.#root, filePath));
  }

  filePath(hostPath: string): string {
    return path.relative(this.#root, this.#confine(path.resolve(hostPath)));
  }

  async take(sources: readonly string[], directory: string): Promise<void> {
    const target = this.hostPath(directory);
    await mapInParallel(sources, movesAtOnce, (source) =>
      move(source, path.join(target, path.basename(source))),
    );
  }

  async locate(filePath: string): Promise<string> {
    try {
      const real = await this.#real(filePath);
      if ((await lstat(real)).isFile()) return real;
    } catch (thrown) {
      if (!isErrno(thrown, ...absent)) throw this.#error(thrown, filePath, 'read');
    }
    throw this.#missing(filePath);
  }

  async *list(options: ListOptions = {}): AsyncGenerator<FileEntry[], void, undefined> {
    try {
      yield* walk(await this.#realRoot(), options);
    } catch (thrown) {
      throw this.#error(thrown, options.prefix ?? '', 'listed');
    }
  }

  async stat(filePath: string): Promise<FileEntry | undefined> {
    try {
      return await entryOf(filePath, await this.#real(filePath));
    } catch (thrown) {
      if (isErrno(thrown, ...absent)) return undefined;
      throw this.#error(thrown, filePath, 'read');
    }
  }

  async open(filePath: string, range: ByteRange = {}, signal?: AbortSignal): Promise<Readable> {
    const { start = 0, end = Infinity } = range;
    const real = await this.locate(filePath);
    if (end < start) return Readable.from([]);
    try {
      const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      return createReadStream('', {
        ...{ fd: handle, start, end, highWaterMark: 2 ** 18 },
        ...(signal && { signal }),
      });
    } catch (thrown) {
      throw this.#error(thrown, filePath, 'read');
    }
  }

  put(filePath: string, source: ContentSource, options: PutOptions = {}): Promise<Stored> {
    return this.#write(filePath, async (target) => {
      const named = { path: filePath, workspace: this.name };
      const sha256 = await putWhole(target, source, options, named, (partial) =>
        this.#rename(partial, target, { filePath, ...options }),
      );
      return { ...(await entryOf(filePath, target))!, sha256 };
    });
  }

  putFile(filePath: string, hostPath: string, options: PutFileOptions = {}): Promise<FileEntry> {
    return this.#write(filePath, async (target) => {
      const source = options.move ? path.resolve(hostPath) : await realpath(hostPath);
      if (!(await lstat(source)).isFile()) {
        const reason = `${hostPath} is no regular file`;
        throw new SeedbedError('file-unusable', {
          path: filePath,
          workspace: this.name,
          done: 'written',
          reason,
        });
      }
      if (options.move) await this.#moveFile(source, target, { filePath, ...options });
      else if (!(await isSame(source, target)))
        await this.#give(target, { filePath, ...options }, (part) => linkOrCopy(source, part));
      return (await entryOf(filePath, target))!;
    });
  }

  async copy(from: string, to: string, options: PlaceOptions = {}): Promise<FileEntry> {
    const source = await this.locate(from);
    return this.#write(to, async (target) => {
      if (source !== target)
        await this.#give(target, { filePath: to, ...options }, (partial) =>
          copyFile(source, partial, constants.COPYFILE_FICLONE),
        );
      return (await entryOf(to, target))!;
    });
  }

  /** Of a link it moves the file that it leads to, and the link is gone. */
  async move(from: string, to: string, options: PlaceOptions = {}): Promise<FileEntry> {
    const source = await this.locate(from);
    const named = path.join(await realpath(path.dirname(this.hostPath(from))), path.basename(from));
    return this.#write(to, async (target) => {
      if (named !== target) {
        await this.#moveFile(source, target, { filePath: to, ...options });
        if (named !== source) await rm(named, { force: true });
      }
      return (await entryOf(to, target))!;
    });
  }

  async delete(filePath: string): Promise<void> {
    checkPath(filePath, this.name);
    const root = await this.#realRoot();
    try {
      const parent = await realpath(path.dirname(this.hostPath(filePath)));
      if (!isInside(parent, root)) throw this.#outside(filePath);
      await unlink(path.join(parent, path.basename(filePath)));
    } catch (thrown) {
      if (!isErrno(thrown, ...absent, 'EISDIR')) throw this.#error(thrown, filePath, 'deleted');
    }
  }

  url(filePath: string): string | null {
    return publicUrl(this.baseUrl, filePath);
  }

  async signedUrl(filePath: string, seconds: number): Promise<string> {
    if (!this.#signer) throw new SeedbedError('workspace-without-links', { workspace: this.name });
    return this.#signer.sign(this.name, checkPath(filePath, this.name), seconds);
  }

  close(): void {}

  /** A rename, or a copy that is named when it is whole. A second name of the same file just goes. */
  async #moveFile(source: string, target: string, options: Naming): Promise<void> {
    if (source === target) return;
    try {
      await this.#rename(source, target, options);
    } catch (thrown) {
      if (!isErrno(thrown, 'EXDEV')) throw thrown;
      await this.#give(target, options, (partial) => copyWithTimes(source, partial));
      await unlink(source);
    }
  }

  /** @throws place-taken */
  async #rename(source: string, target: string, { filePath, onlyNew = false }: Naming): Promise<void> {
    if (!onlyNew) await renameOver(source, target);
    else if (!(await renameToFree(source, target)))
      throw new SeedbedError('place-taken', { path: filePath, workspace: this.name });
  }

  /** What is written beside its place gets its name when it is whole. */
  async #give(target: string, options: Naming, make: (partial: string) => Promise<unknown>): Promise<void> {
    const partial = partialOf(target);
    try {
      await make(partial);
      await this.#rename(partial, target, options);
    } catch (thrown) {
      await rm(partial, { force: true });
      throw thrown;
    }
  }

  /** Where a file is once all links are followed. @throws outside-workspace; ENOENT */
  async #real(filePath: string): Promise<string> {
    checkPath(filePath, this.name);
    const root = await this.#realRoot();
    const real = await realpath(this.hostPath(filePath));
    if (!isInside(real, root)) throw this.#outside(filePath);
    return real;
  }

  /** Makes the directories above a file that is written. @param work gets its absolute path, without links */
  async #write<Value>(filePath: string, work: (target: string) => Promise<Value>): Promise<Value> {
    checkTarget(filePath, this.name);
    const root = await this.#realRoot();
    try {
      const directory = path.dirname(this.hostPath(filePath));
      if (!isInside(await nearest(directory), root)) throw this.#outside(filePath);
      await mkdir(directory, { recursive: true });
      return await work(path.join(await realpath(directory), path.basename(filePath)));
    } catch (thrown) {
      throw this.#error(thrown, filePath, 'written');
    }
  }

  /** Never makes it: an empty directory in place of a disk that is not mounted would take files that nobody finds again. */
  async #realRoot(): Promise<string> {
    try {
      return await realpath(this.#root);
    } catch (thrown) {
      const where = { workspace: this.name, where: this.#root, reason: reasonOf(thrown) };
      throw new SeedbedError('workspace-unreachable', where, { cause: thrown });
    }
  }

  #confine(absolute: string): string {
    if (isInside(absolute, this.#root)) return absolute;
    throw this.#outside(absolute);
  }

  #error(thrown: unknown, filePath: string, done: string): unknown {
    return hostError(thrown, { path: filePath, workspace: this.name, root: this.#root, done });
  }

  #outside(where: string): SeedbedError {
    return new SeedbedError('outside-workspace', { path: where, workspace: this.name });
  }

  #missing(filePath: string): SeedbedError {
    return new SeedbedError('file-not-in-workspace', { path: filePath, workspace: this.name });
  }
}

/** The nearest directory above that is there, all links followed. */
async function nearest(directory: string): Promise<string> {
  try {
    return await realpath(directory);
  } catch (thrown) {
    if (!isErrno(thrown, 'ENOENT') || path.dirname(directory) === directory) throw thrown;
    return nearest(path.dirname(directory));
  }
}

/** On disk before the original goes. */
async function copyWithTimes(source: string, target: string): Promise<void> {
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  const { atime, mtime } = await lstat(source);
  await utimes(target, atime, mtime);
  const handle = await open(target, constants.O_RDONLY);
  await handle.sync().finally(() => handle.close());
}

async function entryOf(filePath: string, absolute: string): Promise<FileEntry | undefined> {
  const found = await lstat(absolute, { bigint: true });
  if (!found.isFile()) return undefined;
  return {
    path: filePath,
    size: Number(found.size),
    modified: found.mtime.toISOString(),
    version: `${found.mtimeNs}-${found.ino}`,
  };
}
