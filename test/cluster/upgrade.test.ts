import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { migrations } from '../../migrations/index.ts';
import { until } from '../support/cli-files.ts';
import { jobImage } from '../support/cli-jobs.ts';
import { runInShell } from '../support/docs-shell.ts';
import { short } from './load.ts';
import { TestCluster } from './test-cluster.ts';

jest.setTimeout(600_000);

describe('a cluster that goes on with what there was, and starts as nobody special', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    const { gid } = await stat('/var/run/docker.sock');
    cluster = await TestCluster.open({ SEEDBED_USER: '10001', SEEDBED_ENGINE_GROUP: `${gid}` });
  });
  afterAll(() => cluster.close());

  it('upgrades the data of an early release', async () => {
    await cluster.compose('up', '-d', 'db');
    const inDb = (script: string) => cluster.compose('exec', '-T', 'db', 'sh', '-c', script);
    await until('the database', () =>
      inDb('pg_isready -q -h 127.0.0.1 -U seedbed').then(
        () => true,
        () => false,
      ),
    );
    const [db] = await cluster.service('db');
    await cluster.docker('cp', path.join(import.meta.dirname, 'data/level-4.sql'), `${db!.Id}:/tmp/old.sql`);
    await inDb('psql -U seedbed -q -v ON_ERROR_STOP=1 -f /tmp/old.sql seedbed');
    const jobs = () => cluster.query('select id, status from job order by id');
    const before = await jobs();
    expect(before).toEqual(
      ['COMPLETED', 'COMPLETED', 'FAILED'].map((status, index) => ({ id: index + 1, status })),
    );

    await cluster.compose('up', '-d');
    expect(await cluster.query('select name from knex_migrations')).toHaveLength(migrations.length);
    expect(await jobs()).toEqual(before);
    const page = await (await cluster.client()).jobs({});
    expect(page.results.map(({ id, status }) => ({ id, status }))).toEqual(before);
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
    await cluster.completed(id);
  });

  it('is backed up and restored as docs/cluster.md says', async () => {
    const [job] = await cluster.query<{ id: number }>('select max(id) as id from job');
    const [section] = (await documentation()).split('## Backup\n').slice(1);
    const [backup, restore] = [...section!.matchAll(/^```bash\n([^]*?)^```$/gm)].map(([, text]) => text!);
    const lines = [...backup!.split('\n'), 'docker compose down --volumes', ...restore!.split('\n')];
    const commands = lines.filter((text) => text !== '').map((text, line) => ({ text, shown: [], line }));
    const ran = await runInShell(commands, { cwd: cluster.directory, env: cluster.env });
    expect(ran.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);

    const [product] = await cluster.query<{ id: number }>(
      `select id from scale_file where job_id = ${job!.id}`,
    );
    const target = path.join(cluster.directory, 'restored');
    await (await cluster.client()).download(product!.id, target);
    expect(await readFile(target, 'utf8')).toBe(`job ${job!.id}\n`);
    const { id } = await (
      await cluster.client()
    ).submitJob({ job_type: { name: short.name, version: '1.0.0' }, input: {} }, 'after the restoration');
    expect(id).toBeGreaterThan(job!.id);
    await cluster.completed(id);
  });
});

function documentation(): Promise<string> {
  return readFile(path.join(import.meta.dirname, '../../docs/cluster.md'), 'utf8');
}
