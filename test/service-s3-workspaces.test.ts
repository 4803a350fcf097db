import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { filesById, leftovers, registerArrivals, Workspaces } from '../runtime/catalog/index.ts';
import { type Config, readConfig } from '../runtime/config/index.ts';
import { registerJobType } from '../runtime/jobs/index.ts';
import { addWorkspace } from '../runtime/scheduler/index.ts';
import type { Workspace } from '../runtime/workspace/index.ts';
import { sha256, until } from './support/cli-files.ts';
import { startApi } from './support/api.ts';
import { testInstallation } from './support/cli.ts';
import { testDatabase } from './support/database.ts';
import { busyboxImage } from './support/engine.ts';
import { FaultWorld } from './support/fault-world.ts';
import { manifestDocument, testManifest } from './support/manifest.ts';
import { faultProxy } from './support/s3-fault-proxy.ts';
import { type S3Server, startS3Server } from './support/s3-server.ts';

let world: FaultWorld;
let workspaces: Workspaces;
let bucket: Workspace;
let image: string;
let server: S3Server;
let config: Config;
let broker: object;
let end: () => Promise<void>;
const opened = testInstallation();
beforeAll(async () => {
  const [test, started] = await Promise.all([testDatabase(), startS3Server()]);
  server = started;
  image = await busyboxImage();
  await server.client.send(new CreateBucketCommand({ Bucket: 'scenes' }));
  world = await FaultWorld.open({ databaseUrl: test.url, env: { SEED_PULL: 'never' } });
  config = readConfig(world.env);
  broker = {
    ...{ type: 's3', bucket_name: 'scenes', prefix: 'here', endpoint_url: server.endpoint, path_style: true },
    region_name: 'us-east-1',
    credentials: {
      access_key_id: server.credentials.accessKeyId,
      secret_access_key: server.credentials.secretAccessKey,
    },
  };
  const wanted = { name: 'bucket', title: 'bucket', configuration: { broker } };
  const id = await addWorkspace(world.db, { config, engineSockets: [] }, wanted, 'tests');
  workspaces = new Workspaces(world.db, config);
  bucket = (await workspaces.byId(id))!;
  end = async () => {
    workspaces.close();
    await world.close();
    await test.drop();
    await server.stop();
  };
}, 120_000);
afterAll(() => end());

/** A file in the bucket and in the catalogue, without a checksum. */
async function source(name: string, content: string): Promise<number> {
  const { version, size } = await bucket.put(name, () => Readable.from([Buffer.from(content)]), {
    size: content.length,
  });
  const arrival = { path: name, size, version, sha256: null, dataTypes: [] };
  const [file] = await world.db.transaction((tx) => registerArrivals(tx, bucket.id, [arrival]));
  return file!.id;
}

async function objects(prefix: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const page of bucket.list({ prefix })) paths.push(...page.map((entry) => entry.path));
  return paths;
}

const configuration = { output_workspaces: { default: 'bucket' } };
const copies = {
  name: 'copies',
  files: [{ name: 'IN' }],
  outputs: [{ name: 'OUT', pattern: 'out' }],
  script: 'cat "$IN" > $OUTPUT_DIR/out; echo stray > $OUTPUT_DIR/stray',
};

/** The only product of a job, which is whole in the bucket. */
async function productOf(job: number, content: string): Promise<string> {
  expect(await world.ended(job)).toEqual({ status: 'COMPLETED', error: null });
  const rows = await world.query<{
    file_path: string;
    sha256: string;
    workspace_id: number;
    file_stat: string;
  }>('select file_path, sha256, workspace_id, file_stat from scale_file where job_id = $1', [job]);
  const [row] = rows;
  expect(rows).toMatchObject([{ sha256: sha256(content), workspace_id: bucket.id }]);
  expect(row!.file_stat).toBe((await bucket.stat(row!.file_path))!.version);
  expect(await text(await bucket.open(row!.file_path))).toBe(content);
  return row!.file_path;
}

describe('a job over a bucket', () => {
  it('reads its input there, streamed once, and leaves its products there and nothing else', async () => {
    const runtime = await world.start();
    const id = await source('a scene.tif', 'a scene');
    const type = await world.type(copies, image, configuration);
    const first = await world.submit(type, { files: { IN: [id] } });
    const where = await productOf(first, 'a scene');
    expect(where).toMatch(
      /^jobs\/copies\/[\d.]+\/unknown_source_data_time\/\d{4}\/\d\d\/\d\d\/job_exe_\d+_\w+\/out$/,
    );
    expect(await objects('jobs/')).toEqual([where]);
    expect(await filesById(world.db, [id])).toMatchObject([{ sha256: sha256('a scene') }]);
    const cache = path.join(world.home, 'cache/inputs/content');
    expect((await readdir(cache, { recursive: true })).filter((name) => name.includes('/'))).toHaveLength(1);
    // Nothing is left to stream: the file itself is gone.
    await bucket.delete('a scene.tif');
    await productOf(await world.submit(type, { files: { IN: [id] } }), 'a scene');
    expect(await leftovers(world.db, 0)).toEqual([]);
    await world.clear();
    await runtime.kill('SIGKILL');
  });

  it('fails by name when its input is another one now', async () => {
    const runtime = await world.start();
    const id = await source('changing', 'one');
    await bucket.put('changing', () => Readable.from([Buffer.from('two')]), { size: 3 });
    const type = await world.type(copies, image, configuration);
    const job = await world.submit(type, { files: { IN: [id] } });
    expect(await world.ended(job)).toEqual({ status: 'FAILED', error: 'input-changed' });
    await runtime.kill('SIGKILL');
  });

  it('whose runtime is killed between the puts and the transaction loses nothing and doubles nothing', async () => {
    const dying = await world.start();
    const id = await source('waiting', 'content');
    const draft = {
      ...copies,
      name: 'waits',
      script:
        'cat "$IN" > $OUTPUT_DIR/out; touch $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.1; done',
    };
    const job = await world.submit(await world.type(draft, image, configuration), { files: { IN: [id] } });
    await world.outputOf(job, 'ready');
    const execution = (await world.execution(job))!.id;
    await world.db.transaction(async (tx) => {
      // The transaction waits for the row, and the products are in the bucket by then.
      await tx.query('select 1 from job_exe where id = $1 for update', [execution]);
      await world.release(job);
      await until('the put', async () => (await objects('jobs/waits/')).length > 0);
      const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%for update%'
        and datname = current_database()`;
      await until('the transaction that waits', async () => (await world.query(waiting)).length > 0);
      await dying.kill('SIGKILL');
    });
    const successor = await world.start();
    const where = await productOf(job, 'content');
    expect((await world.execution(job))!.epoch).toBe(2);
    expect(await objects('jobs/waits/')).toEqual([where]);
    expect(await leftovers(world.db, 0)).toEqual([]);
    await world.clear();
    await successor.kill('SIGKILL');
  });

  it('that is away when its products are there is tried again, as after every failure that may pass', async () => {
    const proxy = await faultProxy(server.endpoint);
    const through = { broker: { ...broker, prefix: 'through', endpoint_url: proxy.endpoint } };
    const wanted = { name: 'through', title: 'through', configuration: through };
    await addWorkspace(world.db, { config, engineSockets: [] }, wanted, 'tests');
    const runtime = await world.start();
    try {
      const away = Array.from({ length: 1000 }, () => ({ status: 503, code: 'ServiceUnavailable' }));
      proxy.inject('PUT', /through/, ...away);
      const draft = { name: 'away', outputs: copies.outputs, script: 'echo made > $OUTPUT_DIR/out' };
      const type = await world.type(draft, image, { output_workspaces: { default: 'through' } });
      const job = await world.submit(type);
      const [first] = await until('the first execution', async () => {
        const rows = await world.query<{ status: string; error: { name: string } }>(
          `select e.status, e.error from job_exe e where job_id = $1 and status <> 'RUNNING'`,
          [job],
        );
        return rows.length > 0 && rows;
      });
      proxy.heal();
      expect(first).toMatchObject({ status: 'FAILED', error: { name: 'workspace-unreachable' } });
      expect(await world.ended(job)).toEqual({ status: 'COMPLETED', error: null });
      expect(await world.query('select num_exes from job where id = $1', [job])).toEqual([{ num_exes: 2 }]);
    } finally {
      await runtime.kill('SIGKILL');
      await proxy.close();
    }
  });
});

describe('seed batch add --s3', () => {
  it('makes a task of each object that the catalogue has, and lists those that it lacks', async () => {
    const seedbed = await opened;
    const api = await startApi(world.db);
    try {
      const type = { name: 'over-objects', interface: { inputs: { files: [{ name: 'SCENE' }] } } };
      await registerJobType(world.db, testManifest(type), manifestDocument(type), image, 'jane');
      const directory = await seedbed.directory();
      await writeFile(
        path.join(directory, 'b.yaml'),
        'job_type: over-objects\nbatches: [{ name: objects }]\n',
      );
      const { accessKeyId, secretAccessKey } = server.credentials;
      const env = {
        ...{ SEED_URL: `http://127.0.0.1:${api.port}`, SEED_TOKEN: api.token },
        ...{
          AWS_ACCESS_KEY_ID: accessKeyId,
          AWS_SECRET_ACCESS_KEY: secretAccessKey,
          AWS_REGION: 'us-east-1',
        },
        AWS_ENDPOINT_URL_S3: server.endpoint,
      };
      const seed = (...words: string[]) => seedbed.run(words, { cwd: directory, env });
      expect(await seed('batch', 'create', 'b.yaml')).toMatchObject({ exit: 0 });
      const known = [await source('in/one.tif', '1'), await source('in/two.tif', '2')];
      await source('in/three.txt', '3');
      const add = ['batch', 'add', 'objects', '--s3', 's3://scenes/here/in', '--glob', '*.tif'];
      expect(await seed(...add, '--generate-unique-id')).toMatchObject({ exit: 0 });
      await bucket.put('in/unknown.tif', () => Readable.from([Buffer.from('4')]), { size: 1 });
      expect(await seed(...add, '--generate-unique-id')).toMatchObject({
        exit: 1,
        stdout: expect.stringMatching(/❌ .*s3:\/\/scenes\/here\/in\/unknown\.tif/),
      });
      const tasks = await world.query<{ payload: { files: { SCENE: number[] } } }>(
        'select payload from task order by id',
        [],
      );
      expect(tasks.map(({ payload }) => payload.files.SCENE[0]).sort()).toEqual(known.sort());
      const none = await seed('batch', 'add', 'objects', '--s3', 's3://nowhere/in');
      expect([none.exit, none.stderr]).toEqual([2, expect.stringMatching(/nowhere/)]);
    } finally {
      await api.close();
    }
  });
});
