import type { IngestRow, ScanDetails, ScanRow, StrikeDetails, StrikeRow } from '../../ingest/index.ts';

type Document = Record<string, unknown>;

/** Files by status. */
type Progress = Readonly<Record<string, number>>;

/** A strike as lists show it. */
export function strikeDocument(row: StrikeRow): Document {
  const { id, name, title, description, is_active, problem, seen, created, last_modified } = row;
  return {
    ...{ id, name, title, description, job: null, is_active, status: statusOf(row), problem, seen },
    ...{ created, last_modified },
  };
}

export function strikeDetailsDocument(row: StrikeDetails, progress: Progress): Document {
  return { ...strikeDocument(row), configuration: row.configuration, progress };
}

function statusOf({ is_active, problem, seen }: StrikeRow): string {
  if (!is_active) return 'INACTIVE';
  if (problem !== null) return 'FAILING';
  return seen === null ? 'STARTING' : 'WATCHING';
}

/** A scan as lists show it. */
export function scanDocument(row: ScanRow): Document {
  const { id, name, title, description, file_count, phase, status, problem, requested, started, ended } = row;
  return {
    ...{ id, name, title, description, job: null, dry_run_job: null, file_count, phase, status, problem },
    ...{ requested, started, ended, created: row.created, last_modified: row.last_modified },
  };
}

export function scanDetailsDocument(row: ScanDetails, progress: Progress): Document {
  return { ...scanDocument(row), configuration: row.configuration, report: row.report, progress };
}

/** @param file its file in the catalogue, as `contextFile` shows it */
export function ingestDocument(row: IngestRow, file: Document | undefined): Document {
  const { source_file_id: _file, recipe_id, strike, scan, ...rest } = row;
  return {
    ...rest,
    strike: strike && { ...strike, job: null },
    scan: scan && { ...scan, job: null, dry_run_job: null },
    job: null,
    source_file: file ?? null,
    recipe: recipe_id === null ? null : { id: recipe_id },
  };
}
