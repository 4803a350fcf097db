import type { Finding } from './documents.ts';

/** How a strike or scan was judged. */
export interface Judgement {
  readonly is_valid: boolean;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** A strike, as far as the commands look at it. Times are ISO 8601 in UTC. */
export interface StrikeRow {
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly status: string;
  readonly problem: string | null;
  readonly seen: string | null;
}

export interface StrikeDetails extends StrikeRow {
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Files by status. */
  readonly progress: Readonly<Record<string, number>>;
}

export interface ScanRow {
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly phase: string | null;
  readonly status: string | null;
  readonly file_count: number | null;
  readonly problem: string | null;
  readonly ended: string | null;
}

interface ReportPart {
  readonly files: number;
  readonly bytes: number;
  /** Paths of some of them. */
  readonly examples?: readonly string[];
}

/** What a dry run found. */
export interface ScanReport {
  readonly rules: readonly (ReportPart & { readonly filename_regex: string })[];
  readonly unmatched: ReportPart;
  readonly known: ReportPart;
  readonly seen: ReportPart;
}

export interface ScanDetails extends ScanRow {
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly report: ScanReport | null;
  readonly progress: Readonly<Record<string, number>>;
}

/** What became of a file that arrived. */
export interface IngestRow {
  readonly id: number;
  readonly strike: { readonly name: string } | null;
  readonly scan: { readonly name: string } | null;
  readonly status: string;
  readonly reason: string | null;
  readonly media_type: string;
  readonly file_size: number | null;
  readonly data_type_tags: readonly string[];
  readonly file_path: string;
  readonly workspace: { readonly name: string };
  readonly new_file_path: string | null;
  readonly new_workspace: { readonly name: string } | null;
  readonly source_file: { readonly id: number } | null;
  readonly recipe: { readonly id: number } | null;
  readonly ingest_ended: string | null;
  readonly last_modified: string;
}
