import { createBatch } from '../../runtime/batch/index.ts';
import { inputFilesById, localWorkspace } from '../../runtime/catalog/index.ts';
import type { Database, Queries } from '../../runtime/database/index.ts';
import { registerJobType } from '../../runtime/jobs/index.ts';
import { judgeManifest } from '../../runtime/manifest/index.ts';
import { decideJobs, jobKind, jobTemplates, type PlannedJob } from '../../runtime/scheduler/index.ts';
import { benchManifest } from '../support/image.ts';
import { withoutIndices } from '../support/without-indices.ts';
import { dryRunContext } from './dry-run-context.ts';

/** Identities that are worked out at once. */
const chunk = 5000;
const image = 'bench-nothing:1';

/**
 * Fills a database with a batch of single jobs, each with a file of its own, of which the catalogue says six things, and a number;
 * every second one was done before, with a product that is there still.
 * @returns `batch.id`
 */
export async function fillDryRun(
  db: Database,
  home: string,
  rows: number,
  signal: AbortSignal,
): Promise<number> {
  const type = await jobType(db);
  const { id: workspace } = await localWorkspace(db);
  const definition = { tasks: true, project: 'bench' };
  const { id: batch } = await createBatch(
    db,
    { name: 'bench', job_type_id: type.jobTypeId, definition, configuration: { reuse: true } },
    'bench',
  );
  await db.transaction((tx) =>
    withoutIndices(tx, ['job', 'job_exe', 'scale_file', 'task'], async () => {
      const [first] = await tx.query<{ file: number }>(sources, [rows, workspace]);
      await tx.query(tasks, [rows, batch, first!.file]);
      await tx.query('create temporary table bench_done (n bigint, output_id bytea) on commit drop');
      await identities(db, tx, home, { rows, firstFile: first!.file, revisionId: type.revisionId, signal });
      for (const statement of done) await tx.query(statement, [type.jobTypeId, type.revisionId, workspace]);
    }),
  );
  for (const name of ['job', 'job_exe', 'scale_file', 'task', 'output_identity'])
    await db.query(`vacuum analyze ${name}`);
  return batch;
}

async function jobType(db: Database): Promise<{ jobTypeId: number; revisionId: number }> {
  const document = benchManifest({
    ...{ name: 'dry-run', command: 'true ${SCENE}' },
    ...{ inputs: [{ name: 'SCENE' }], json: [{ name: 'N', type: 'integer' }] },
    outputs: [{ name: 'OUT', pattern: '*.out' }],
  }) as { job: { resources: { scalar: object[] } } };
  // Memory by the size of the input.
  document.job.resources.scalar[1] = { name: 'mem', value: 64, inputMultiplier: 2 };
  await registerJobType(db, judgeManifest(document).manifest!, document, image, 'bench');
  await db.query(
    `insert into image_identity (image_id, identity, reference) values ('bench', sha256('bench'), $1)`,
    [image],
  );
  const [row] = await db.query<{ jobTypeId: number; revisionId: number }>(
    `select t.id as "jobTypeId", r.id as "revisionId" from job_type t join job_type_revision r on r.job_type_id = t.id
     where t.name = 'bench-dry-run'`,
  );
  return row!;
}

/** Works out the identities of every second job, as a dry run does. */
async function identities(
  db: Database,
  tx: Queries,
  home: string,
  given: {
    readonly rows: number;
    readonly firstFile: number;
    readonly revisionId: number;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { submission, foresee } = await dryRunContext(db, home);
  const kind = await jobKind(tx, foresee.secretKey, given.revisionId);
  const context = { ...foresee, installation: db.installation };
  const judged = await (await jobTemplates(tx, submission, context, kind))({ reuse: true });
  if ('errors' in judged) throw new Error(judged.errors.join(', '));
  for (let from = 2; from <= given.rows; from += 2 * chunk) {
    given.signal.throwIfAborted();
    const numbers: number[] = [];
    for (let n = from; n <= Math.min(given.rows, from + 2 * chunk - 1); n += 2) numbers.push(n);
    const fileOf = (n: number) => given.firstFile + n - 1;
    const files = await inputFilesById(tx, numbers.map(fileOf));
    const jobs = numbers.map((n): PlannedJob => ({
      ...{ template: judged.template, files: { SCENE: [fileOf(n)] }, json: { N: n } },
    }));
    const fates = await decideJobs(tx, jobs, { files, unreachable: new Map() });
    await tx.query(
      'insert into bench_done select n, decode(o, $3) from unnest($1::bigint[], $2::text[]) w (n, o)',
      [...[numbers, fates.map(({ outputId }) => outputId!), 'hex']],
    );
  }
}

const sources = `
  with made as (
    insert into scale_file (uuid, version_id, workspace_id, file_path, file_name, file_type, media_type, file_size, sha256,
      data_type_tags, meta_data, data_started, data_ended, source_sensor, source_collection)
    select md5(i::text), gen_random_uuid(), $2, 'in/' || i || '.tif', i || '.tif', 'SOURCE', 'image/tiff', i % 1000 * 1000000,
      encode(sha256(i::text::bytea), 'hex'), array['scene', 'tag-' || i % 50],
      jsonb_build_object('cloud', i % 100, 'tile', 'T' || i % 1000), now() - interval '1 second' * i,
      now() - interval '1 second' * i + interval '1 minute', 'sensor-' || i % 200, 'collection-' || i % 5000
    from generate_series(1, $1::bigint) i order by i returning id)
  select min(id) as file from made`;

const tasks = `
  insert into task (batch_id, unique_id, payload, digest, created_by)
  select $2, 'bench-' || i, jsonb_build_object('files', jsonb_build_object('SCENE', jsonb_build_array($3::bigint + i - 1)),
      'json', jsonb_build_object('N', i), 'configuration', '{}'::jsonb), sha256(i::text::bytea), 'bench'
  from generate_series(1, $1::bigint) i order by i`;

/** What was done: `$1` the job type, `$2` its revision, `$3` the workspace. */
const done = [
  `insert into output_identity (output_id, description)
   select output_id, '{"image": "", "inputs": {}}' from bench_done where $1::bigint + $2::bigint + $3::bigint > 0`,
  `create temporary table bench_ids on commit drop as
   select d.*, nextval(pg_get_serial_sequence('job', 'id')) as job, nextval(pg_get_serial_sequence('job_exe', 'id')) as execution,
     nextval(pg_get_serial_sequence('scale_file', 'id')) as file
   from (select * from bench_done where $1::bigint + $2::bigint + $3::bigint > 0 order by n) d`,
  `insert into job (id, job_type_id, job_type_revision_id, status, priority, num_exes, timeout, input, output, resources,
     queued, started, ended)
   overriding system value
   select job, $1, $2, 'COMPLETED', 100, 1, 60, '{"version": "7"}', '{}', '{"cpus": 1, "mem": 64, "disk": 0}', now(), now(), now()
   from bench_ids where $3::bigint > 0 order by n`,
  `insert into scale_file (id, uuid, version_id, workspace_id, file_path, file_name, file_type, media_type, file_size, sha256,
     job_id, job_exe_id, job_type_id, job_output)
   overriding system value
   select file, md5('out' || n), gen_random_uuid(), $3, 'out/' || n || '.out', n || '.out', 'PRODUCT', 'text/plain', 1,
     encode(output_id, 'hex'), job, execution, $1, 'OUT'
   from bench_ids where $2::bigint > 0 order by n`,
  `insert into job_exe (id, job_id, exe_num, status, runtime, node, exit_code, queued, started, ended, resources, job_type_id,
     output_id, output)
   overriding system value
   select execution, job, 1, 'COMPLETED', '1', 'node', 0, now(), now(), now(), '{"cpus": 1, "mem": 64, "disk": 0}', $1, output_id,
     jsonb_build_object('files', jsonb_build_object('OUT', jsonb_build_array(file)), 'json', '{}'::jsonb)
   from bench_ids where $2::bigint + $3::bigint > 0 order by n`,
];
