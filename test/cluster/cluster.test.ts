import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '../support/cli-files.ts';
import { jobImage } from '../support/cli-jobs.ts';
import { commandsOf } from '../support/docs-page.ts';
import { runInShell } from '../support/docs-shell.ts';
import { printsAsShown } from '../support/docs-transcript.ts';
import { Load, short } from './load.ts';
import { TestCluster } from './test-cluster.ts';

jest.setTimeout(600_000);

/** Runs until its OUTPUT_DIR holds `go`. */
const waiting = {
  name: 'cluster-waits',
  outputs: [{ name: 'READY', pattern: 'ready' }],
  resources: { cpus: 0.1, mem: 16 },
  script: 'touch $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.05; done',
};
const isOfCluster = (text: string) => /\bdocker compose\b|\bstamped-by-cluster\b/.test(text);

describe('a cluster in a box', () => {
  let cluster: TestCluster;
  beforeAll(async () => (cluster = await TestCluster.open()));
  afterAll(() => cluster.close());

  it('does on a fresh machine what the README shows', async () => {
    const page = await readFile(path.join(import.meta.dirname, '../../README.md'), 'utf8');
    const commands = commandsOf(page).filter(({ text }) => isOfCluster(text));
    const here = commands.map((command) => ({
      ...command,
      text: command.text.replace(':8420', `:${cluster.port}`),
    }));
    const ran = await runInShell(here, { cwd: cluster.directory, env: cluster.env });
    const wrong = ran.filter(
      ({ command, printed, exitCode }) =>
        exitCode !== 0 || (command.shown.length > 0 && !printsAsShown(command.shown, printed)),
    );
    expect(wrong).toEqual([]);
    expect(ran.length).toBeGreaterThan(5);
    const [own, fetched] = await Promise.all(
      ['sunset_watermark.png', '2.png'].map((name) =>
        readFile(path.join(cluster.directory, 'stamped-by-cluster', name)),
      ),
    );
    expect(own!.equals(fetched!)).toBe(true);
  });

  it('keeps its secrets, and gives the runtime no more than it needs', async () => {
    const token = await cluster.token();
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    for (const container of await cluster.containers(`com.docker.compose.project=${cluster.project}`))
      expect(JSON.stringify(container)).not.toContain(token);
    for (const { State } of await cluster.service('runtime')) {
      const status = await readFile(`/proc/${await childOf(State.Pid)}/status`, 'utf8');
      expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).toBe('10001');
      expect(/^CapEff:\s+(\w+)/m.exec(status)?.[1]).toBe('0000000000000000');
    }
  });

  it('mounts the files of its volume into jobs, and copies none', async () => {
    const id = Number(await cluster.seed('submit', await jobImage(waiting)));
    const mounts = await until('the container of the job', async () => {
      const all = await cluster.containers(`seedbed.installation=${await cluster.installation()}`);
      const found = all
        .filter(({ State }) => State.Status === 'running')
        .map(({ HostConfig }) => HostConfig.Mounts);
      return found.find((those) => those?.some(({ Target }) => Target === '/scale/output_data'));
    });
    const files = await cluster.filesOnHost();
    expect(mounts.map(({ Type, Source }) => [Type, Source.startsWith(files)])).toEqual(
      mounts.map(() => ['bind', true]),
    );
    const { Source: output } = mounts.find(({ Target }) => Target === '/scale/output_data')!;
    await until('what the job writes', () => readFile(path.join(output, 'ready')).catch(() => undefined));
    await writeFile(path.join(output, 'go'), '');
    await cluster.completed(id);
  });

  it('shares the work between two runtimes, and loses nothing when its services restart under load', async () => {
    expect(await cluster.service('runtime')).toHaveLength(2);
    await cluster.seed('submit', await jobImage(short));
    const load = new Load(cluster);
    await until(
      'work of both runtimes',
      async () => {
        const [row] = await cluster.query<{ runtimes: number }>(
          `select count(distinct runtime) as runtimes from job_exe where job_id in (0, ${load.jobs.join(', ') || 0})`,
        );
        return row!.runtimes >= 2;
      },
      120,
    );
    const disturbances = [
      () => cluster.compose('restart', 'runtime'),
      () => cluster.compose('restart', 'db'),
      async () => process.kill((await cluster.service('runtime'))[0]!.State.Pid, 'SIGKILL'),
      () => cluster.compose('restart', 'gateway'),
      () => cluster.compose('restart', 'db', 'runtime'),
    ];
    for (const disturb of disturbances) {
      await load.completes(3);
      await disturb();
    }
    await load.completes(3);
    await load.stop();

    await cluster.completed(...load.jobs);
    const products = await cluster.query<{ job_id: number; file_path: string }>(
      `select job_id, file_path from scale_file where job_output = 'MINE' and job_id in (${load.jobs.join(', ')})`,
    );
    const sorted = (ids: readonly number[]) => [...ids].sort((a, b) => a - b);
    expect(sorted(products.map(({ job_id }) => job_id))).toEqual(sorted(load.jobs));
    const files = await cluster.filesOnHost();
    for (const { job_id, file_path } of products)
      expect(await readFile(path.join(files, file_path), 'utf8')).toBe(`job ${job_id}\n`);
    for (const { State } of await cluster.service('runtime')) expect(State.Status).toBe('running');
  });

  it('leaves nothing when it is taken down', async () => {
    const label = `seedbed.installation=${await cluster.installation()}`;
    expect(await cluster.containers(label)).not.toEqual([]);
    await cluster.compose('down', '--volumes');
    expect(await cluster.remains()).toEqual([]);
    expect(await cluster.containers(label)).toEqual([]);
  });
});

/** The process that the first one of a container started. */
async function childOf(pid: number): Promise<string> {
  return (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')[0]!;
}
