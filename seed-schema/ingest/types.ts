/** One of `files_to_ingest`. */
export interface IngestRule {
  /** Python's syntax, matched as `re.match` does: from the beginning. */
  readonly filename_regex: string;
  readonly data_types?: readonly string[];
  readonly new_workspace?: string;
  readonly new_file_path?: string;
}

/** Which recipe is started for a file. */
export interface IngestRecipe {
  readonly name: string;
  /** Left out: the newest revision at that time. */
  readonly revision_num?: number;
  /** The input that takes the file; decided when it is left out. */
  readonly input?: string;
}

interface Common {
  readonly version?: string;
  readonly workspace: string;
  readonly files_to_ingest: readonly IngestRule[];
  readonly recipe?: IngestRecipe;
  /** Default `content`. */
  readonly duplicates?: 'content' | 'name-and-size';
  readonly footprint?: boolean;
}

export interface DirectoryMonitor {
  readonly type: 'dir-watcher';
  /** Default `_tmp`. */
  readonly transfer_suffix?: string;
}

export interface S3Monitor {
  readonly type: 's3';
  /** Name or address of the queue; without it the bucket is listed again and again. */
  readonly sqs_name?: string;
  readonly region_name?: string;
  /** Of the queue's service, where it is not Amazon's. */
  readonly endpoint_url?: string;
  /** Of the queue. Never kept in the configuration: they go to the store of secrets. */
  readonly credentials?: { readonly access_key_id: string; readonly secret_access_key: string };
}

export interface StrikeConfiguration extends Common {
  readonly monitor: DirectoryMonitor | S3Monitor;
}

export interface Scanner {
  readonly type: 'dir' | 's3';
  /** Default `_tmp`; of directories only. */
  readonly transfer_suffix?: string;
}

export interface ScanConfiguration extends Common {
  readonly scanner: Scanner;
  /** Default true. */
  readonly recursive?: boolean;
}

interface Shown {
  readonly title?: string;
  readonly description?: string | null;
  /** Not judged yet. */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

export interface StrikePatch extends Shown {
  readonly is_active?: boolean;
}

export type ScanPatch = Shown;

interface Made {
  readonly name?: string;
  readonly title: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

export type StrikePost = StrikePatch & Made;
export type ScanPost = ScanPatch & Made;

export interface ScanProcess {
  /** Default false: a dry run. */
  readonly ingest?: boolean;
}
