/** A file that is to be fetched. */
export interface Wanted {
  readonly id: number;
  readonly file_name: string;
  /** Bytes. */
  readonly file_size: number;
}

/** Content that is whole and checked, under a name of its own in the directory that was asked for. */
export interface Fetched {
  readonly path: string;
  readonly sha256: string;
}

/** Where files come from: a service, or the catalogue of this machine. */
export interface FileSource {
  /** For people. */
  readonly where: string;
  /** Those that are meant, at most `limit`. @throws not-found for an id that there is not */
  list(ids: readonly number[], limit: number): Promise<Wanted[]>;
  /** SHA-256 of a file; null when that is not known without reading it. */
  checksum(id: number): Promise<string | null>;
  /** Brings the content into a directory. What it has of it stays there when it is stopped. */
  fetch(
    file: Wanted,
    directory: string,
    signal: AbortSignal,
    onBytes: (count: number) => void,
  ): Promise<Fetched>;
  close(): Promise<void>;
}
