import path from 'node:path';
import type { Geometry, Point } from 'geojson';
import { v7 as uuidv7 } from 'uuid';
import { boundingBox, boxText, centerPointText, countriesOf, mediaTypeOf } from '../../catalog/index.ts';
import { geometryOfEwkb } from './ewkb.ts';
import type { ImportReport } from './report.ts';
import type { ScaleRow } from './source.ts';
import { isTrue, optional } from './values.ts';

/** The columns of `scale_file` that are taken over, with their SQL types. */
export const fileColumns = {
  id: 'bigint',
  workspace_id: 'bigint',
  job_type_id: 'bigint',
  recipe_type_id: 'bigint',
  version_id: 'uuid',
  uuid: 'text',
  file_path: 'text',
  file_name: 'text',
  file_type: 'text',
  media_type: 'text',
  file_size: 'bigint',
  data_type_tags: 'text[]',
  is_deleted: 'boolean',
  created: 'timestamptz',
  deleted: 'timestamptz',
  last_modified: 'timestamptz',
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
  job_output: 'text',
  recipe_node: 'text',
  has_been_published: 'boolean',
  is_published: 'boolean',
  is_superseded: 'boolean',
  published: 'timestamptz',
  unpublished: 'timestamptz',
  superseded: 'timestamptz',
} as const;

export type FileRow = Readonly<Record<keyof typeof fileColumns, unknown>>;

/** Ids here of what a file names. */
export interface FilePlace {
  readonly id: number;
  readonly workspaceId: number;
  readonly jobTypeId: number | null;
  readonly recipeTypeId: number | null;
}

/** A file of a Scale as a row of ours; the text of its values goes to Postgres as it is. */
export async function fileRow(row: ScaleRow, place: FilePlace, report: ImportReport): Promise<FileRow> {
  const filePath = row.file_path!;
  const text = (name: string) => optional(row, name);
  const note = (reason: string) => report.note('file', filePath, reason);
  const geometry = geometryIn(row, 'geometry', note);
  const center = geometryIn(row, 'center_point', note) as Point | null;
  const box = geometry && boundingBox(geometry);
  const [started, ended] = [text('data_started'), text('data_ended')];
  const isBackwards = started !== null && ended !== null && isBefore(ended, started);
  if (isBackwards) note('its data end before they begin; the end is left out');
  return {
    id: place.id,
    workspace_id: place.workspaceId,
    job_type_id: place.jobTypeId,
    recipe_type_id: place.recipeTypeId,
    version_id: uuidv7(),
    uuid: text('uuid') || uuidv7().replaceAll('-', ''),
    file_path: filePath,
    file_name: text('file_name') ?? path.posix.basename(filePath),
    file_type: text('file_type') === 'PRODUCT' ? 'PRODUCT' : 'SOURCE',
    media_type: text('media_type') || mediaTypeOf(filePath),
    file_size: text('file_size') ?? '0',
    data_type_tags: text('data_type_tags') ?? '{}',
    is_deleted: isTrue(row.is_deleted),
    created: text('created'),
    deleted: text('deleted'),
    last_modified: text('last_modified'),
    meta_data: JSON.parse(text('meta_data') || '{}') ?? {},
    geometry,
    bbox: box && boxText(box),
    center_point: center
      ? `(${center.coordinates[0]},${center.coordinates[1]})`
      : geometry && (await centerPointText(geometry)),
    countries: text('countries') ?? `{${geometry ? (await countriesOf(geometry, box)).join(',') : ''}}`,
    data_started: started,
    data_ended: isBackwards ? null : ended,
    source_started: text('source_started'),
    source_ended: text('source_ended'),
    source_sensor_class: text('source_sensor_class'),
    source_sensor: text('source_sensor'),
    source_collection: text('source_collection'),
    source_task: text('source_task'),
    is_parsed: isTrue(row.is_parsed),
    parsed: text('parsed'),
    job_output: text('job_output'),
    recipe_node: text('recipe_node'),
    has_been_published: isTrue(row.has_been_published),
    is_published: isTrue(row.is_published),
    is_superseded: isTrue(row.is_superseded),
    published: text('published'),
    unpublished: text('unpublished'),
    superseded: text('superseded'),
  };
}

/** To the microsecond: times of one row are written in one way, so that their texts tell what a Date does not. */
function isBefore(one: string, other: string): boolean {
  const difference = Date.parse(one) - Date.parse(other);
  return difference < 0 || (difference === 0 && one < other);
}

function geometryIn(row: ScaleRow, name: string, note: (reason: string) => void): Geometry | null {
  const value = optional(row, name);
  if (value === null) return null;
  try {
    return geometryOfEwkb(value);
  } catch (thrown) {
    note((thrown as Error).message);
    return null;
  }
}
