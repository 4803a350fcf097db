import type { Queries } from '../database/index.ts';

/** Where a workspace begins: two may be of one directory or bucket, and one may be inside another. */
const roots = `
  select id, case json_config #>> '{broker,type}'
    when 's3' then concat_ws('/', 's3:', coalesce(json_config #>> '{broker,endpoint_url}', ''),
      json_config #>> '{broker,bucket_name}', nullif(btrim(json_config #>> '{broker,prefix}', '/'), ''))
    else rtrim(json_config #>> '{broker,host_path}', '/') end || '/' as place
  from workspace where json_config #>> '{broker,type}' in ('host', 'nfs', 's3')`;

/**
 * Of removals (`file_removal.id`): a row (`scale_file.id`) that is about the content at the same place. A superseded row is
 * so only when it knows that very content; that of an older version is gone. So is a row of another workspace, whose
 * directory may be that of another machine.
 */
export async function sharedPlaces(tx: Queries, removals: readonly number[]): Promise<Map<number, number>> {
  const rows = await tx.query<{ id: number; other: number }>(
    `with root as materialized (${roots})
     select r.id, f.id as other from file_removal r join scale_file f
       on f.workspace_id = r.workspace_id and md5(f.file_path) = md5(r.file_path) and f.file_path = r.file_path
         and f.id <> r.file_id and not f.is_deleted
         and (not f.is_superseded or f.file_stat = r.file_stat or f.sha256 = r.sha256)
     where r.id = any($1::bigint[])
     union all
     select r.id, f.id from file_removal r join root mine on mine.id = r.workspace_id
       join root their on their.id <> mine.id and starts_with(mine.place || r.file_path, their.place)
       cross join lateral (select substr(mine.place || r.file_path, length(their.place) + 1) as path) inside
       join scale_file f on f.workspace_id = their.id and md5(f.file_path) = md5(inside.path)
         and f.file_path = inside.path and not f.is_superseded and not f.is_deleted
         and (f.sha256 = r.sha256 or f.file_stat = r.file_stat)
     where r.id = any($1::bigint[])`,
    [removals],
  );
  return new Map(rows.map(({ id, other }) => [id, other]));
}
