import type { Database } from '../../runtime/database/index.ts';
import { rebuildTallies, registerJobType } from '../../runtime/jobs/index.ts';
import { judgeManifest } from '../../runtime/manifest/index.ts';
import { benchManifest } from '../support/image.ts';
import { withoutIndices } from '../support/without-indices.ts';

/** Ids of rows that requests can ask for. */
export interface Seeded {
  readonly job: number;
  readonly execution: number;
  readonly file: number;
  readonly node: number;
  readonly workspace: number;
  readonly type: number;
}

const types = 20;

/**
 * Fills a database with `rows` jobs, as many executions and as many files, all of the last 90 days: the last four in a
 * thousand jobs wait or run, and two in a hundred failed.
 */
export async function seed(db: Database, rows: number): Promise<Seeded> {
  for (let number = 1; number <= types; number++) {
    const document = benchManifest({ name: `type-${number}`, command: 'true' });
    await registerJobType(db, judgeManifest(document).manifest!, document, `type-${number}:1`, 'bench');
  }
  for (let number = 1; number <= 4; number++)
    await db.query(
      `insert into node (name, hostname, engine, capacity, state) values ($1, $1, $1, '{"cpus": 8, "mem": 1000, "disk": 1000}', 'READY')`,
      [`node-${number}`],
    );
  const filled = ['job', 'job_exe', 'scale_file', 'job_input_file'];
  await db.transaction((tx) =>
    withoutIndices(tx, filled, async () => {
      for (const statement of statements) await tx.query(statement, [rows]);
    }),
  );
  await rebuildTallies(db);
  for (const table of ['job', 'job_exe', 'scale_file', 'job_input_file', 'job_type_hour', 'job_type_day'])
    await db.query(`vacuum analyze ${table}`);
  await db.query(
    `create table bench_seeded as
     select (select min(id) + ${Math.trunc(rows / 2)} from job)::bigint as job, (select min(id) + ${Math.trunc(rows / 2)} from job_exe)::bigint as execution,
       (select min(id) + ${Math.trunc(rows / 2)} from scale_file)::bigint as file, (select min(id) from node) as node,
       (select min(id) from workspace) as workspace, (select min(id) from job_type) as type`,
  );
  return seededIds(db);
}

/** What an earlier run filled this database with; undefined for a new one. @throws where a run was broken off */
export async function seededBefore(db: Database): Promise<Seeded | undefined> {
  const [there] = await db.query<{ complete: boolean; begun: boolean }>(
    `select to_regclass('bench_seeded') is not null as complete, exists (select from job_type where name = 'type-1') as begun`,
  );
  if (there!.begun && !there!.complete)
    throw new Error('The kept database was not filled to its end; remove its directory.');
  return there!.complete ? seededIds(db) : undefined;
}

async function seededIds(db: Database): Promise<Seeded> {
  const [ids] = await db.query<Seeded>('select * from bench_seeded');
  return ids!;
}

/** When the i-th of n rows was made. */
const made = `now() - (n - i + 1) * interval '90 days' / n`;

const statements = [
  `insert into job (job_type_id, job_type_revision_id, status, priority, num_exes, timeout, input, output, error, created,
     queued, started, ended, last_status_change, last_modified, resources, batch_id, recipe_id, is_superseded)
   select t.id, t.revision, s.status, 100, (s.status <> 'QUEUED')::integer, 60, '{"version": "7"}', '{}',
     case when s.status = 'FAILED' then (array[
       '{"code": "SB2003", "name": "timeout", "category": "job"}', '{"code": "SB3001", "name": "engine-unreachable", "category": "system"}',
       '{"code": "SB1007", "name": "input-not-found", "category": "data"}'])[i % 3 + 1]::jsonb end,
     made, made, case when s.status <> 'QUEUED' then made + interval '1 second' end,
     case when s.status in ('COMPLETED', 'FAILED', 'CANCELED') then made + interval '30 seconds' end,
     made + interval '30 seconds', made + interval '30 seconds', '{"cpus": 1, "mem": 64, "disk": 1}',
     case when i % 100 = 0 then i / 10000 + 1 end, case when i % 100 = 1 then i / 100 + 1 end, i % 1000 = 7
   from (select i, $1::bigint as n from generate_series(1, $1::bigint) i) g
   cross join lateral (select ${made} as made) m
   cross join lateral (select case when i > n * 0.996 then case when i % 50 = 0 then 'RUNNING' else 'QUEUED' end
     when i % 50 = 0 then 'FAILED' when i % 200 = 1 then 'CANCELED' else 'COMPLETED' end as status) s
   join (select t.id, r.id as revision, row_number() over (order by t.id) as place
     from job_type t join job_type_revision r on r.job_type_id = t.id) t on t.place = i % ${types} + 1
   order by i`,
  `insert into job_exe (job_id, exe_num, status, runtime, node, node_id, queued, started, ended, created, error, resources, job_type_id)
   select j.id, 1, j.status, '1', 'node', (select min(id) from node) + j.id % 4, j.queued, j.started, j.ended, j.started, j.error, j.resources, j.job_type_id
   from job j where j.status <> 'QUEUED' and $1::bigint > 0 order by j.id`,
  `insert into scale_file (uuid, version_id, workspace_id, file_path, file_name, file_type, media_type, file_size,
     data_type_tags, created, last_modified, meta_data, countries, data_started, data_ended, source_started, source_ended,
     source_sensor_class, source_sensor, source_collection, source_task, job_id, job_type_id, job_output, recipe_id, recipe_node,
     recipe_type_id, batch_id, geometry, bbox, center_point)
   select md5(i::text), gen_random_uuid(), (select min(id) from workspace), 'a/' || i || '.tif', i || '.tif',
     case when i % 2 = 0 then 'PRODUCT' else 'SOURCE' end, (array['image/tiff', 'text/csv', 'application/json', 'image/png'])[i % 4 + 1],
     i, array['tag-' || i % 50], made, made, '{"a": 1}', case when i % 10 = 0 then array['C' || i % 30] else '{}' end,
     made, made + interval '1 minute', made, made + interval '1 minute', 'class-' || i % 5, 'sensor-' || i % 200,
     'collection-' || i % 5000, 'task-' || i % 50000,
     case when i % 2 = 0 then (select min(id) from job) + i - 1 end, case when i % 2 = 0 then (select min(id) from job_type) + i % ${types} end,
     case when i % 2 = 0 then 'OUTPUT_' || i % 7 end, case when i % 100 = 0 then i / 100 + 1 end,
     case when i % 100 = 0 then 'node-' || i % 900 end, case when i % 100 = 0 then i % 700 end,
     case when i % 100 = 0 then i / 10000 + 1 end, '{"type": "Point", "coordinates": [1, 2]}', box(point(i % 360 - 180, i % 180 - 90)),
     point(i % 360 - 180, i % 180 - 90)
   from (select i, $1::bigint as n from generate_series(1, $1::bigint) i) g cross join lateral (select ${made} as made) m
   order by i`,
  `insert into job_input_file (job_id, input_file_id, job_input)
   select (select min(id) from job) + i - 1, (select min(id) from scale_file) + i - 1, 'SCENE'
   from generate_series(1, $1::bigint) i`,
];
