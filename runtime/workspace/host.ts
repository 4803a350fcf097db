import { constants, createReadStream } from 'node:fs';
import { copyFile, lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { isErrno, SeedbedError } from '../errors/index.ts';
import { mapInParallel } from './in-parallel.ts';
import { putWhole } from './put-whole.ts';
import { isInside, linkOrCopy, move } from './transfer.ts';
import { walk } from './walk.ts';
import type {
  ByteRange,
  ContentSource,
  FileEntry,
  LinkSigner,
  ListOptions,
  LocalWorkspace,
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

  list(options: ListOptions = {}): AsyncGenerator<FileEntry[], void, undefined> {
    return walk(this.#root, options);
  }

  async stat(filePath: string): Promise<FileEntry | undefined> {
    try {
      return await entryOf(filePath, await this.#real(filePath));
    } catch (thrown) {
      if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return undefined;
      throw thrown;
    }
  }

  async open(filePath: string, range: ByteRange = {}, signal?: AbortSignal): Promise<Readable> {
    const handle = await open(
      await this.#existing(filePath),
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    if (!(await handle.stat()).isFile()) {
      await handle.close();
      throw this.#missing(filePath);
    }
    return createReadStream('', { fd: handle, ...range, ...(signal && { signal }), highWaterMark: 2 ** 18 });
  }

  async put(filePath: string, source: ContentSource, options: PutOptions = {}): Promise<Stored> {
    const target = await this.#writable(filePath);
    const sha256 = await putWhole(target, source, options, { path: filePath, workspace: this.name });
    return { ...(await entryOf(filePath, target))!, sha256 };
  }

  async putFile(
    filePath: string,
    hostPath: string,
    options: { readonly move?: boolean } = {},
  ): Promise<FileEntry> {
    const target = await this.#writable(filePath);
    await this.#give(target, (partial) =>
      options.move ? move(hostPath, partial) : linkOrCopy(hostPath, partial),
    );
    return (await entryOf(filePath, target))!;
  }

  async copy(from: string, to: string): Promise<FileEntry> {
    const source = await this.#existing(from);
    const target = await this.#writable(to);
    await this.#give(target, (partial) => copyFile(source, partial, constants.COPYFILE_FICLONE));
    return (await entryOf(to, target))!;
  }

  async move(from: string, to: string): Promise<FileEntry> {
    const source = await this.#existing(from);
    const target = await this.#writable(to);
    await move(source, target);
    return (await entryOf(to, target))!;
  }

  async delete(filePath: string): Promise<void> {
    const absolute = this.hostPath(filePath);
    try {
      const parent = await realpath(path.dirname(absolute));
      await this.#confineReal(parent, filePath);
      await rm(path.join(parent, path.basename(absolute)), { force: true });
    } catch (thrown) {
      if (!isErrno(thrown, 'ENOENT', 'ENOTDIR')) throw thrown;
    }
  }

  url(filePath: string): string | null {
    return this.baseUrl === null
      ? null
      : `${this.baseUrl.replace(/\/+$/, '')}/${filePath.split('/').map(encodeURIComponent).join('/')}`;
  }

  async signedUrl(filePath: string, seconds: number): Promise<string> {
    if (!this.#signer) throw new SeedbedError('workspace-without-links', { workspace: this.name });
    this.#confine(path.resolve(this.#root, filePath));
    return this.#signer.sign(this.name, filePath, seconds);
  }

  close(): void {}

  /** What is written beside its place gets its name when it is whole. */
  async #give(target: string, make: (partial: string) => Promise<unknown>): Promise<void> {
    const partial = partialOf(target);
    try {
      await make(partial);
      await rename(partial, target);
    } catch (thrown) {
      await rm(partial, { force: true });
      throw thrown;
    }
  }

  /** Where a file is once all links are followed. @throws outside-workspace; ENOENT */
  async #real(filePath: string): Promise<string> {
    const real = await realpath(this.hostPath(filePath));
    await this.#confineReal(real, filePath);
    return real;
  }

  async #existing(filePath: string): Promise<string> {
    try {
      return await this.#real(filePath);
    } catch (thrown) {
      if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) throw this.#missing(filePath);
      throw thrown;
    }
  }

  /** Where a file may be written, with the directories above it. */
  async #writable(filePath: string): Promise<string> {
    const absolute = this.hostPath(filePath);
    if (absolute === this.#root) throw this.#outside(filePath);
    await this.#confineReal(await nearest(path.dirname(absolute)), filePath);
    await mkdir(path.dirname(absolute), { recursive: true });
    return absolute;
  }

  async #confineReal(real: string, filePath: string): Promise<void> {
    if (!isInside(real, await realpath(this.#root))) throw this.#outside(filePath);
  }

  #confine(absolute: string): string {
    if (isInside(absolute, this.#root)) return absolute;
    throw this.#outside(absolute);
  }

  #outside(where: string): SeedbedError {
    return new SeedbedError('outside-workspace', { path: where, workspace: this.name });
  }

  #missing(filePath: string): SeedbedError {
    return new SeedbedError('file-not-in-workspace', { path: filePath, workspace: this.name });
  }
}

let partials = 0;

/** A name beside a target that no listing shows. */
function partialOf(target: string): string {
  return path.join(path.dirname(target), `.seedbed-${process.pid}-${++partials}-${Date.now()}`);
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
