import type { Readable } from 'node:stream';

/** Where a workspace keeps its files (Scale's broker types, and one for tests). */
export type WorkspaceKind = 'host' | 'nfs' | 's3' | 'memory';

/** What a workspace says of a file without reading it. */
export interface FileEntry {
  /** Inside the workspace. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** ISO 8601, UTC. */
  readonly modified: string;
  /** Changes when the content does: time and inode of a host file, the ETag of S3. Kept as `scale_file.file_stat`. */
  readonly version: string;
}

/** A file that has been written, and read while it was. */
export interface Stored extends FileEntry {
  /** Hexadecimal. */
  readonly sha256: string;
}

/** A part of a file. */
export interface ByteRange {
  /** First byte; default 0. */
  readonly start?: number;
  /** Last byte, included; default: the last of the file. */
  readonly end?: number;
}

export interface ListOptions {
  /** Only paths that begin so. */
  readonly prefix?: string;
  /** Only paths behind this one, in the order of their bytes: goes on where an earlier listing ended. */
  readonly after?: string;
  /** false: nothing of directories below `prefix`; default true. */
  readonly recursive?: boolean;
  /** false: no links of a directory; default true: a link is listed as the file that it leads to. */
  readonly links?: boolean;
  readonly signal?: AbortSignal;
}

/** Gives content from a byte on: a write that is taken up again asks for what is missing only. */
export type ContentSource = (from: number) => Readable | Promise<Readable>;

/** How a file gets its name. */
export interface PlaceOptions {
  /**
   * Nothing may stand at its place; default false: what stands there is replaced. In a directory the disk decides; a store
   * is asked first, so that those who take places of it at the same moment have to agree on it (`takePlace` of the catalogue).
   */
  readonly onlyNew?: boolean;
}

export interface PutOptions extends PlaceOptions {
  /** Bytes; another number of them is refused, and nothing is stored. */
  readonly size?: number;
  /** Hexadecimal; another content is refused, and nothing is stored. */
  readonly sha256?: string;
  /** A name for this very write: who uses it again after a break goes on where that was. */
  readonly resume?: string;
  readonly signal?: AbortSignal;
}

export interface PutFileOptions extends PlaceOptions {
  /** The file of this machine goes. */
  readonly move?: boolean;
}

/**
 * Where files live. Paths inside a workspace are relative, `/`-separated, and never leave it, neither by `..` nor by links:
 * what would is refused with outside-workspace, and what is no path of a file (`a//b`, `a/../b`) with path-invalid. Names that
 * begin with `.seedbed` are for Seedbed itself: no listing shows them, and nothing is written there. The kinds of a workspace
 * differ only behind this interface; all pass the tests in `test/support/workspace-contract.ts`.
 */
export interface Workspace {
  /** `workspace.id`. */
  readonly id: number;
  readonly name: string;
  readonly kind: WorkspaceKind;
  /** Beginning of the public URLs of its files; null: they have none. */
  readonly baseUrl: string | null;

  /** Its files by pages of at most 1000, in the order of the bytes of their paths. No directories, no links that leave it. */
  list(options?: ListOptions): AsyncGenerator<FileEntry[], void, undefined>;

  /** @returns undefined when there is no such file */
  stat(path: string): Promise<FileEntry | undefined>;

  /** Reads a file; a range that begins behind its end is empty. @throws file-not-in-workspace when there is none */
  open(path: string, range?: ByteRange, signal?: AbortSignal): Promise<Readable>;

  /** Writes a file as a whole or not at all; what stood there is replaced. @throws content-mismatch; place-taken */
  put(path: string, source: ContentSource, options?: PutOptions): Promise<Stored>;

  /**
   * Takes in a file of this machine: by a rename (`move`) or a hard link where one disk allows it, else its bytes.
   * @param hostPath absolute
   * @throws place-taken
   */
  putFile(path: string, hostPath: string, options?: PutFileOptions): Promise<FileEntry>;

  /** Within the workspace; what stood at `to` is replaced. @throws file-not-in-workspace, place-taken */
  copy(from: string, to: string, options?: PlaceOptions): Promise<FileEntry>;
  move(from: string, to: string, options?: PlaceOptions): Promise<FileEntry>;

  /** An absent file is fine. */
  delete(path: string): Promise<void>;

  /** Public URL; null when the workspace has none. */
  url(path: string): string | null;

  /** A URL by which whoever has it may read the file (also ranges of it) for so many seconds. */
  signedUrl(path: string, seconds: number): Promise<string>;

  /** Ends what it holds open. */
  close(): void;
}

/** A workspace whose files an engine on this machine can mount: a directory. */
export interface LocalWorkspace extends Workspace {
  readonly kind: 'host' | 'nfs';

  /** The absolute host path of a file. */
  hostPath(filePath: string): string;

  /** As `hostPath`, of a file that is there, all links followed. @throws file-not-in-workspace, outside-workspace */
  locate(filePath: string): Promise<string>;

  /** The path inside this workspace of an absolute host path. */
  filePath(hostPath: string): string;

  /** Moves files or directories that stand anywhere on this machine to `directory`; renames where one disk allows it. */
  take(sources: readonly string[], directory: string): Promise<void>;
}

/** Whether an engine on this machine can mount its files. */
export function isLocal(workspace: Workspace): workspace is LocalWorkspace {
  return workspace.kind === 'host' || workspace.kind === 'nfs';
}

/** Makes links that expire, for files that the service itself hands out. */
export interface LinkSigner {
  /** @param workspace its name @returns an absolute URL */
  sign(workspace: string, path: string, seconds: number): Promise<string>;
}
