import type { Queries } from '../database/index.ts';
import type { ScaleFile } from './scale-file.ts';

/** What decides what a job makes of a file, and no more: a `ScaleFile` costs several times as much to read. */
export interface InputFile extends Pick<
  ScaleFile,
  | 'id'
  | 'file_path'
  | 'file_size'
  | 'sha256'
  | 'is_deleted'
  | 'media_type'
  | 'data_type_tags'
  | 'meta_data'
  | 'geometry'
  | 'countries'
  | 'data_started'
  | 'data_ended'
  | 'source_started'
  | 'source_ended'
  | 'source_sensor_class'
  | 'source_sensor'
  | 'source_collection'
  | 'source_task'
> {
  readonly workspaceId: number;
}

/** The rows of these ids, by id. */
export async function inputFilesById(db: Queries, ids: readonly number[]): Promise<Map<number, InputFile>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<InputFile>(
    `select id, file_path, file_size, sha256, is_deleted, media_type, data_type_tags, meta_data, geometry, countries,
       data_started, data_ended, source_started, source_ended, source_sensor_class, source_sensor, source_collection,
       source_task, workspace_id as "workspaceId"
     from scale_file where id = any($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
