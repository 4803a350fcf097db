import { ingestStatuses, scanStatuses } from '../../ingest/index.ts';
import { FileDetailsDocument, FileDocument } from './file.ts';
import { anyObject, boolean, count, id, mapOf, nullable, oneOf, string, time, Type } from './schema.ts';

const noJob = Type.Null({ description: 'No job is behind it: the service itself does the work.' });
const bytes = Type.Integer({ minimum: 0, description: 'Bytes.' });
const progress = Type.Unsafe<Record<string, number>>({
  ...mapOf(count),
  description: 'How many of its files stand where, by status.',
});

const strikeBase = {
  id,
  name: string,
  title: nullable(string),
  description: nullable(string),
  job: noJob,
};

const strike = {
  ...strikeBase,
  is_active: boolean,
  status: oneOf(['WATCHING', 'STARTING', 'FAILING', 'INACTIVE']),
  problem: nullable(Type.String({ description: 'Why it can see nothing at present.' })),
  seen: nullable(Type.String({ format: 'date-time', pattern: 'Z$', description: 'When it last looked.' })),
  created: time,
  last_modified: time,
};

/** What watches a workspace. */
export const StrikeDocument = Type.Object(strike, { $id: 'Strike' });

export const StrikeDetailsDocument = Type.Object(
  { ...strike, configuration: anyObject, progress },
  { $id: 'StrikeDetails' },
);

const scanBase = { ...strikeBase, dry_run_job: noJob };

const scan = {
  ...scanBase,
  file_count: nullable(Type.Integer({ minimum: 0, description: 'Files that the last run found.' })),
  phase: nullable(oneOf(['dry_run', 'ingest'])),
  status: nullable(oneOf(scanStatuses)),
  problem: nullable(string),
  requested: nullable(time),
  started: nullable(time),
  ended: nullable(time),
  created: time,
  last_modified: time,
};

/** What goes through a workspace once. */
export const ScanDocument = Type.Object(scan, { $id: 'Scan' });

export const ScanDetailsDocument = Type.Object(
  {
    ...scan,
    configuration: anyObject,
    report: nullable(
      Type.Unsafe({
        type: 'object',
        description: 'Of the last dry run: what would become of the files.',
      }),
    ),
    progress,
  },
  { $id: 'ScanDetails' },
);

export const CanceledScanDocument = Type.Object(
  { id, canceled_jobs: Type.Array(id, { description: 'Empty: no job is behind a scan.' }) },
  { $id: 'CanceledScan' },
);

const workspace = Type.Object({
  id,
  name: string,
  title: nullable(string),
  description: nullable(string),
  base_url: nullable(string),
  is_active: boolean,
  created: time,
  last_modified: time,
});

const ingest = {
  id,
  file_name: string,
  strike: nullable(Type.Object(strikeBase)),
  scan: nullable(Type.Object(scanBase)),
  status: oneOf(ingestStatuses),
  reason: nullable(Type.String({ description: 'Why it stands there.' })),
  tries: count,
  bytes_transferred: nullable(bytes),
  transfer_started: nullable(time),
  transfer_ended: nullable(time),
  media_type: string,
  file_size: nullable(bytes),
  data_type_tags: Type.Array(string),
  sha256: nullable(string),
  file_path: Type.String({ description: 'Where it was found, in `workspace`.' }),
  workspace,
  new_file_path: nullable(
    Type.String({ description: 'Where it is put, in `new_workspace` or `workspace`.' }),
  ),
  new_workspace: nullable(workspace),
  job: noJob,
  ingest_started: nullable(time),
  ingest_ended: nullable(time),
  source_file: nullable(FileDocument),
  recipe: nullable(Type.Object({ id }, { description: 'The recipe that it started.' })),
  data_started: nullable(time),
  data_ended: nullable(time),
  created: time,
  last_modified: time,
};

/** What became of a file that arrived. */
export const IngestDocument = Type.Object(ingest, { $id: 'Ingest' });

export const IngestDetailsDocument = Type.Object(
  {
    ...ingest,
    strike: nullable(StrikeDetailsDocument),
    scan: nullable(ScanDetailsDocument),
    source_file: nullable(FileDetailsDocument),
  },
  { $id: 'IngestDetails' },
);

/** What a strike ingested in a range of time. */
export const IngestStatusDocument = Type.Object(
  {
    strike: StrikeDocument,
    most_recent: nullable(time),
    files: count,
    size: bytes,
    values: Type.Array(Type.Object({ time, files: count, size: bytes }), {
      description: 'Every hour of the range, those without files too.',
    }),
  },
  { $id: 'IngestStatus' },
);
