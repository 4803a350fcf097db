import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { migrations } from '../../migrations/index.ts';
import { until } from '../support/cli-files.ts';
import { jobImage } from '../support/cli-jobs.ts';
import { runInShell } from '../support/docs-shell.ts';
import { printsAsShown } from '../support/docs-transcript.ts';
import { commandsOf } from '../support/docs-page.ts';
import { TestCluster } from './test-cluster.ts';

const root = path.join(import.meta.dirname, '../..');
/** Runs until its OUTPUT_DIR holds `go`, or for a moment. */
const waiting = {
  name: 'cluster-waits',
  outputs: [{ name: 'READY', pattern: 'ready' }],
  resources: { cpus: 0.1, mem: 16 },
  script: 'echo $SCALE_JOB_ID > $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.05; done',
};
const short = {
  name: 'cluster-short',
  outputs: [{ name: 'MINE', pattern: 'mine' }],
  resources: { cpus: 0.1, mem: 16 },
  script: 'sleep 0.5; echo job $SCALE_JOB_ID > $OUTPUT_DIR/mine',
};

jest.setTimeout(600_000);
let cluster: TestCluster;
afterAll(() => TestCluster.removeImage());

const health = () =>
  fetch(`${cluster.url}/livez`).then(
    ({ status }) => status,
    () => undefined,
  );
const isHealthy = () => until('the service', async () => (await health()) === 200, 120);

describe('a cluster in a box', () => {
  beforeAll(async () => (cluster = await TestCluster.open()));
  afterAll(() => cluster.close());

  it('does on a fresh machine what the README shows', async () => {
    const page = await readFile(path.join(root, 'README.md'), 'utf8');
    const commands = commandsOf(page).filter(({ text }) => isOfCluster(text));
    const ran = await runInShell(
      commands.map((command) => ({
        ...command,
        text: command.text.replace(':8420', `:${cluster.env.SEEDBED_PORT}`),
      })),
      { cwd: cluster.directory, env: cluster.env },
    );
    const wrong = ran.filter(
      ({ command, printed, exitCode }) =>
        exitCode !== 0 || (command.shown.length > 0 && !printsAsShown(command.shown, printed)),
    );
    expect(wrong).toEqual([]);
    expect(ran.length).toBeGreaterThan(5);
    const { headers } = await fetch(`${cluster.url}/livez`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('keeps its secrets, and gives its processes no more than they need', async () => {
    const token = await cluster.token();
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const [runtime] = await cluster.service('runtime');
    const status = await readFile(`/proc/${await childOf(runtime!.State.Pid)}/status`, 'utf8');
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).toBe('10001');
    expect(/^CapEff:\s+(\w+)/m.exec(status)?.[1]).toBe('0000000000000000');
    for (const { Config } of await cluster.containers(`com.docker.compose.project=${cluster.project}`))
      expect(JSON.stringify(Config)).not.toContain(token);
  });

  it('mounts the files of its volume into jobs, and copies none', async () => {
    const id = Number(await cluster.seed('submit', await jobImage(waiting)));
    const job = await until('the container of the job', async () => {
      const found = (await cluster.containers('seedbed.installation')).filter(
        ({ HostConfig, State }) => State.Status === 'running' && HostConfig.Mounts,
      );
      return found.find(({ HostConfig }) =>
        HostConfig.Mounts!.some(({ Target }) => Target.endsWith('output_data')),
      );
    });
    const volume = await cluster.docker(
      'volume',
      'inspect',
      '-f',
      '{{.Mountpoint}}',
      `${cluster.project}_files`,
    );
    const mounts = job.HostConfig.Mounts!;
    expect(mounts.map(({ Type, Source }) => [Type, Source.startsWith(`${volume}/files/`)])).toEqual(
      mounts.map(() => ['bind', true]),
    );
    const output = mounts.find(({ Target }) => Target.endsWith('output_data'))!.Source;
    const isThere = async () => (await readdir(output)).includes('ready') || undefined;
    await until('the output of the job', isThere);
    await writeFile(path.join(output, 'go'), '');
    await completed(id);
  });

  it('shares the work between two runtimes', async () => {
    await cluster.compose('up', '-d', '--scale', 'runtime=2');
    expect(await cluster.service('runtime')).toHaveLength(2);
    const image = await jobImage(short);
    await cluster.seed('submit', image);
    const shared = async () => {
      const args = [
        'exec',
        '-T',
        'runtime',
        'sh',
        '-c',
        `for i in 1 2 3 4 5 6 7 8; do seed submit ${short.name}; done`,
      ];
      await cluster.compose(...args);
      const [row] = await cluster.query<{ runtimes: number }>(
        `select count(distinct runtime) as runtimes from job_exe join job on job.id = job_exe.job_id
         join job_type on job_type.id = job.job_type_id where job_type.name = '${short.name}'`,
      );
      return row!.runtimes === 2;
    };
    await until('work of both', shared, 120);
    await allCompleted();
  });

  it('loses nothing when its services restart under load', async () => {
    const steps: [string, () => Promise<unknown>][] = [
      ['restart of the runtimes', () => cluster.compose('restart', 'runtime')],
      ['restart of the database', () => cluster.compose('restart', 'db')],
      [
        'death of a runtime',
        async () => process.kill((await cluster.service('runtime'))[0]!.State.Pid, 'SIGKILL'),
      ],
      ['restart of both', () => cluster.compose('restart', 'db', 'runtime')],
      ['restart of the gateway', () => cluster.compose('restart', 'gateway')],
    ];
    const submitted: number[] = [];
    for (const [name, disturb] of steps) {
      await isHealthy();
      for (let count = 0; count < 6; count += 1)
        submitted.push(Number(await cluster.seed('submit', short.name)));
      await disturb();
      await until(`the service after the ${name}`, async () => (await health()) === 200, 120);
    }
    expect(new Set(submitted).size).toBe(30);
    await allCompleted();
    const products = await cluster.query<{ job_id: number; file_path: string }>(
      `select job_id, file_path from scale_file where job_output = 'MINE' and job_id in (${submitted.join(', ')})`,
    );
    expect(products.map(({ job_id }) => job_id).sort(byNumber)).toEqual([...submitted].sort(byNumber));
    const volume = await cluster.docker(
      'volume',
      'inspect',
      '-f',
      '{{.Mountpoint}}',
      `${cluster.project}_files`,
    );
    for (const { job_id, file_path } of products)
      expect(await readFile(path.join(volume, 'files', file_path), 'utf8')).toBe(`job ${job_id}\n`);
  });

  it('leaves nothing when it is taken down', async () => {
    const installations = new Set(
      (await cluster.containers('seedbed.role=holder')).map(
        ({ Config }) => Config.Labels['seedbed.installation'],
      ),
    );
    const [{ uuid } = { uuid: '' }] = await cluster.query<{ uuid: string }>('select uuid from installation');
    expect(installations).toContain(uuid);
    await cluster.compose('down', '--volumes');
    expect(await cluster.remains()).toEqual([]);
    expect(await cluster.containers(`seedbed.installation=${uuid}`)).toEqual([]);
  });
});

describe('an upgrade', () => {
  beforeAll(async () => (cluster = await TestCluster.open()));
  afterAll(() => cluster.close());

  it('brings the data of an early release up to date, and goes on with them', async () => {
    await cluster.compose('up', '-d', 'db');
    const psql = ['exec', '-T', 'db', 'sh', '-c'];
    await until('the database', () =>
      cluster.compose(...psql, 'pg_isready -q -h 127.0.0.1 -U seedbed').then(
        () => true,
        () => undefined,
      ),
    );
    const [db] = await cluster.service('db');
    await cluster.docker('cp', path.join(import.meta.dirname, 'data/level-4.sql'), `${db!.Id}:/tmp/old.sql`);
    await cluster.compose(...psql, 'psql -U seedbed -q -v ON_ERROR_STOP=1 -f /tmp/old.sql seedbed');
    const before = await cluster.query('select id, status from job order by id');
    expect(before).toEqual([
      { id: 1, status: 'COMPLETED' },
      { id: 2, status: 'COMPLETED' },
      { id: 3, status: 'FAILED' },
    ]);

    await cluster.compose('up', '-d');
    await isHealthy();
    expect(await cluster.query('select name from knex_migrations')).toHaveLength(migrations.length);
    expect(await cluster.query('select id, status from job order by id')).toEqual(before);
    const jobs = JSON.parse(await cluster.seed('jobs', '--format', 'json')) as {
      results: { status: string }[];
    };
    expect(jobs.results.map(({ status }) => status)).toEqual(['FAILED', 'COMPLETED', 'COMPLETED']);
    const files = await cluster.compose(
      'exec',
      '-T',
      'runtime',
      'seed',
      'files',
      '--name',
      '*_watermark.png',
    );
    expect(files).toContain('/data/ada/stamped/sunset_watermark.png');
    const id = Number(await cluster.seed('submit', await jobImage(short)));
    expect(id).toBeGreaterThan(3);
    await completed(id);
  });
});

function isOfCluster(text: string): boolean {
  return /\bdocker compose\b|\bstamped-by-cluster\b/.test(text);
}

const byNumber = (a: number, b: number) => a - b;

async function completed(id: number): Promise<void> {
  await until(
    `job ${id} to be completed`,
    async () => {
      const [job] = await cluster.query<{ status: string }>(`select status from job where id = ${id}`);
      if (job?.status === 'FAILED') throw new Error(await cluster.seed('job', `${id}`));
      return job?.status === 'COMPLETED';
    },
    120,
  );
}

async function allCompleted(): Promise<void> {
  await until(
    'all jobs to be completed',
    async () => {
      const left = await cluster.query<{ id: number; status: string }>(
        `select id, status from job where status <> 'COMPLETED'`,
      );
      const failed = left.find(({ status }) => status === 'FAILED');
      if (failed) throw new Error(await cluster.seed('job', `${failed.id}`));
      return left.length === 0;
    },
    180,
  );
}

/** The process that the first one of a container started. */
async function childOf(pid: number): Promise<string> {
  return (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')[0]!;
}
