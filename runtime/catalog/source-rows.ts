import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { mediaTypeOf } from './media-type.ts';
import { type FileMetadata, placeColumns } from './metadata.ts';

/** A file that stands at its place in a workspace, and is to be known to the catalogue. */
export interface Arrival {
  /** Inside the workspace. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** `FileEntry.version`. */
  readonly version: string;
  /** Hexadecimal; null: not taken yet. */
  readonly sha256: string | null;
  /** null: the type that its name tells. */
  readonly mediaType?: string | null | undefined;
  readonly dataTypes: readonly string[];
  readonly metadata?: FileMetadata | null | undefined;
}

/** The columns of a source file that its arrival decides, with their SQL types. */
export const sourceColumns = {
  uuid: 'text',
  version_id: 'uuid',
  file_path: 'text',
  file_name: 'text',
  media_type: 'text',
  file_size: 'bigint',
  file_stat: 'text',
  sha256: 'text',
  data_type_tags: 'text[]',
  meta_data: 'jsonb',
  geometry: 'jsonb',
  bbox: 'box',
  center_point: 'point',
  countries: 'text[]',
  data_started: 'timestamptz',
  data_ended: 'timestamptz',
  source_started: 'timestamptz',
  source_ended: 'timestamptz',
  source_sensor_class: 'text',
  source_sensor: 'text',
  source_collection: 'text',
  source_task: 'text',
  is_parsed: 'boolean',
  parsed: 'timestamptz',
} as const;

/** Values of `sourceColumns`. */
export type SourceRow = Readonly<Record<keyof typeof sourceColumns, unknown>> & {
  readonly file_path: string;
  readonly file_stat: string;
  readonly file_size: number;
  readonly sha256: string | null;
};

/** A new row, with an identity of its own. */
export async function sourceRow(arrival: Arrival): Promise<SourceRow> {
  const { metadata = null } = arrival;
  return {
    uuid: randomUUID().replaceAll('-', ''),
    version_id: uuidv7(),
    file_path: arrival.path,
    file_name: path.posix.basename(arrival.path),
    media_type: arrival.mediaType ?? mediaTypeOf(arrival.path),
    file_size: arrival.size,
    file_stat: arrival.version,
    sha256: arrival.sha256,
    ...(await describedBy(metadata)),
    data_type_tags: [...new Set([...arrival.dataTypes, ...(metadata?.dataTypes ?? [])])],
    is_parsed: metadata !== null,
    parsed: metadata && new Date().toISOString(),
  };
}

/** As Scale: one time of the data counts for both ends, and the source's times are those of the data unless they are said. */
async function describedBy(metadata: FileMetadata | null) {
  const started = metadata?.dataStarted ?? metadata?.dataEnded ?? null;
  const ended = metadata?.dataEnded ?? metadata?.dataStarted ?? null;
  return {
    meta_data: metadata?.metaData ?? {},
    ...(await placeColumns(metadata)),
    data_started: started,
    data_ended: ended,
    source_started: metadata?.sourceStarted ?? started,
    source_ended: metadata?.sourceEnded ?? ended,
    source_sensor_class: metadata?.sourceSensorClass ?? null,
    source_sensor: metadata?.sourceSensor ?? null,
    source_collection: metadata?.sourceCollection ?? null,
    source_task: metadata?.sourceTask ?? null,
  };
}
