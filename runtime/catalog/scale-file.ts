import type { Geometry } from 'geojson';

/** One row of `scale_file`. Times are UTC text with microseconds, e.g. `2019-09-10T20:27:53.031110Z`. */
export interface ScaleFile {
  readonly id: number;
  /** Identity of a product across its versions, 32 hex digits. */
  readonly uuid: string;
  readonly workspace: { readonly id: number; readonly name: string };
  /** Public URL; null when the workspace has none. */
  readonly url: string | null;
  /** Inside the workspace. */
  readonly file_path: string;
  readonly file_name: string;
  readonly file_type: 'SOURCE' | 'PRODUCT';
  readonly media_type: string;
  /** Bytes. */
  readonly file_size: number;
  readonly sha256: string | null;
  readonly file_stat: string | null;
  readonly data_type_tags: readonly string[];
  readonly is_deleted: boolean;
  readonly created: string;
  readonly deleted: string | null;
  readonly last_modified: string;
  readonly meta_data: Record<string, unknown>;
  readonly geometry: Geometry | null;
  readonly center_point: { readonly x: number; readonly y: number } | null;
  readonly countries: readonly string[];
  readonly data_started: string | null;
  readonly data_ended: string | null;
  readonly source_started: string | null;
  readonly source_ended: string | null;
  readonly source_sensor_class: string | null;
  readonly source_sensor: string | null;
  readonly source_collection: string | null;
  readonly source_task: string | null;
  readonly job_type: { readonly id: number; readonly name: string; readonly version: string } | null;
  readonly job: { readonly id: number } | null;
  readonly job_exe: { readonly id: number } | null;
  readonly job_output: string | null;
  readonly recipe_type: {
    readonly id: number;
    readonly name: string | null;
    readonly title: string | null;
  } | null;
  readonly recipe: { readonly id: number } | null;
  readonly recipe_node: string | null;
  readonly batch: { readonly id: number } | null;
  readonly is_superseded: boolean;
  readonly superseded: string | null;
}

/** The columns of a `ScaleFile`, over `scaleFileTables`. */
export const scaleFileColumns = `
  f.id, f.uuid, json_build_object('id', w.id, 'name', w.name) as workspace,
  case when w.base_url is null then null else rtrim(w.base_url, '/') || '/' || f.file_path end as url,
  f.file_path, f.file_name, f.file_type, f.media_type, f.file_size, f.sha256, f.file_stat, f.data_type_tags,
  f.is_deleted, f.created, f.deleted, f.last_modified, f.meta_data, f.geometry, f.center_point, f.countries,
  f.data_started, f.data_ended, f.source_started, f.source_ended, f.source_sensor_class, f.source_sensor,
  f.source_collection, f.source_task,
  case when t.id is null then null
    else json_build_object('id', t.id, 'name', t.name, 'version', t.version) end as job_type,
  case when f.job_id is null then null else json_build_object('id', f.job_id) end as job,
  case when f.job_exe_id is null then null else json_build_object('id', f.job_exe_id) end as job_exe,
  f.job_output,
  case when f.recipe_type_id is null then null
    else json_build_object('id', f.recipe_type_id, 'name', rt.name, 'title', rt.title) end as recipe_type,
  case when f.recipe_id is null then null else json_build_object('id', f.recipe_id) end as recipe,
  f.recipe_node,
  case when f.batch_id is null then null else json_build_object('id', f.batch_id) end as batch,
  f.is_superseded, f.superseded`;

export const scaleFileTables = `
  scale_file f join workspace w on w.id = f.workspace_id left join job_type t on t.id = f.job_type_id
  left join recipe_type rt on rt.id = f.recipe_type_id`;
