import { localWorkspace } from '../../../runtime/catalog/index.ts';
import type { Database } from '../../../runtime/database/index.ts';

/**
 * Fills the catalogue with so many files of the last three years: quadrilaterals of 0.2 to 2 degrees all over the world (those
 * at its edge cross the antimeridian), each of some minutes. One in ten has neither area nor time. Indices are made anew when
 * the rows are there.
 * @returns seconds that it took
 */
export async function seedFootprints(db: Database, rows: number): Promise<number> {
  const origin = performance.now();
  const workspace = await localWorkspace(db);
  await db.transaction(async (tx) => {
    await tx.query('set local session_replication_role = replica');
    await tx.query(`set local maintenance_work_mem = '512MB'`);
    const indices = await tx.query<{ name: string; definition: string }>(
      `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
       where indrelid = 'scale_file'::regclass and not indisunique`,
    );
    for (const { name } of indices) await tx.query(`drop index ${name}`);
    await tx.query('select setseed(0.5)');
    await tx.query(statement, [rows, workspace.id]);
    for (const { definition } of indices) await tx.query(definition);
  });
  await db.query('vacuum analyze scale_file');
  return (performance.now() - origin) / 1000;
}

const corner = (x: string, y: string) => `jsonb_build_array(${x}, ${y})`;

const statement = `
  insert into scale_file (uuid, version_id, workspace_id, file_path, file_name, file_type, media_type, file_size,
    sha256, data_type_tags, created, last_modified, meta_data, data_started, data_ended, source_sensor, geometry, bbox)
  select md5(i::text), gen_random_uuid(), $2::bigint, 'scenes/' || i || '/' || name, name, 'SOURCE',
    'image/tiff', i, md5(i::text) || md5(i::text), array['tag-' || i % 50], started, started,
    jsonb_build_object('product', (array['L1TP', 'L1GT', 'L2SP'])[i % 3 + 1], 'scene', i,
      'cloud', jsonb_build_object('cover', i % 1000 / 10.0)),
    case when has then started end, case when has then started + (i % 20 + 1) * interval '1 minute' end, 'sensor-' || i % 200,
    case when has then jsonb_build_object('type', 'Polygon', 'coordinates', jsonb_build_array(jsonb_build_array(
      ${corner('x + w * 0.2', 'y')}, ${corner('x + w', 'y + h * 0.2')}, ${corner('x + w * 0.8', 'y + h')},
      ${corner('x', 'y + h * 0.8')}, ${corner('x + w * 0.2', 'y')}))) end,
    case when has then box(point(x, y), point(x + w, y + h)) end
  from (
    select i, i % 10 > 0 as has, now() - (n - i) * interval '3 years' / n as started,
      round((random() * 360 - 180)::numeric, 4)::float8 as x, round((random() * 176 - 88)::numeric, 4)::float8 as y,
      0.2 + random() * 1.8 as w, 0.2 + random() * 1.8 as h
    from (select i, $1::bigint as n from generate_series(1, $1::bigint) i offset 0) g offset 0
  ) s
  cross join lateral (select 'LC08_' || lpad((i % 233)::text, 3, '0') || lpad((i % 248)::text, 3, '0') || '_'
    || to_char(started, 'YYYYMMDD') || '_' || i || '.tif' as name) n
  order by i`;
