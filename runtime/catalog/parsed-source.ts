import type { Queries } from '../database/index.ts';
import { type FileMetadata, placeColumns } from './metadata.ts';

/**
 * A parse job's word on one of its own inputs (`<INPUT_NAME>.metadata.json`): area, times, source, tags and metadata of
 * the input's row. Tags are added to those that are there; a member that the sidecar lacks is left as it was, except
 * that the metadata are replaced as a whole.
 * @returns whether the row was still there to be changed
 */
export async function applyParsedMetadata(
  db: Queries,
  fileId: number,
  metadata: FileMetadata,
): Promise<boolean> {
  const place = await placeColumns(metadata);
  const rows = await db.query(
    `update scale_file set
       geometry = coalesce($2, geometry), bbox = coalesce($3::box, bbox), center_point = coalesce($4::point, center_point),
       countries = case when $2::jsonb is null and $3::box is null then countries else $15::text[] end,
       data_started = case when $5::timestamptz is null and $6::timestamptz is null then data_started else $5 end,
       data_ended = case when $5::timestamptz is null and $6::timestamptz is null then data_ended else $6 end,
       source_started = coalesce($7, $5, source_started), source_ended = coalesce($8, $6, source_ended),
       source_sensor_class = coalesce($9, source_sensor_class), source_sensor = coalesce($10, source_sensor),
       source_collection = coalesce($11, source_collection), source_task = coalesce($12, source_task),
       data_type_tags = array(
         select tag from unnest(data_type_tags || $13::text[]) with ordinality as t (tag, n) group by tag order by min(n)),
       meta_data = $14, is_parsed = true, parsed = now(), last_modified = now()
     where id = $1 and not is_deleted
     returning id`,
    [
      fileId,
      place.geometry && JSON.stringify(place.geometry),
      place.bbox,
      place.center_point,
      metadata.dataStarted ?? metadata.dataEnded ?? null,
      metadata.dataEnded ?? metadata.dataStarted ?? null,
      metadata.sourceStarted ?? null,
      metadata.sourceEnded ?? null,
      metadata.sourceSensorClass ?? null,
      metadata.sourceSensor ?? null,
      metadata.sourceCollection ?? null,
      metadata.sourceTask ?? null,
      metadata.dataTypes ?? [],
      JSON.stringify(metadata.metaData),
      place.countries,
    ],
  );
  return rows.length > 0;
}
