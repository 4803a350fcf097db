import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDocker } from './support/engine.ts';
import { itLong } from './support/long.ts';

const script = fileURLToPath(new URL('../scripts/bench.mjs', import.meta.url));

describe('benchmarks', () => {
  let docker: Awaited<ReturnType<typeof testDocker>>;
  beforeAll(async () => (docker = await testDocker()));
  afterAll(() => docker.close());

  /** What benchmarks leave only when they are at work. */
  async function leftovers(): Promise<string[]> {
    const images = await docker.docker.listImages({ filters: { reference: ['seedbed-bench-*'] } });
    const files = (await readdir(tmpdir())).filter((name) => name.startsWith('seedbed-bench-'));
    return [...images.flatMap(({ RepoTags }) => RepoTags ?? []), ...files];
  }

  async function bench(...args: string[]): Promise<string> {
    const before = await leftovers();
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args]);
    expect(await leftovers()).toEqual(before);
    return stdout;
  }

  it('compare the execution room and the command with their yardsticks', async () => {
    const stdout = await bench('overhead', '--rounds', '1');
    expect(stdout).toMatch(/^\| CPU /m);
    for (const row of [
      /^\| execution room +\| +[\d.]+ \| +[\d.]+ \| [\d.]+ × A \| +[+−][\d.]+ \| +\+25 [✔✘] \|$/m,
      /^\| execution room, prepared network +\| .* × B \| .* [✔✘] \|$/m,
      /^\| seed-run +\| .* × docker run \| .* \+350 [✔✘] \|$/m,
      /^\| embedded database: start, enter and leave +\| +[\d.]+ \|/m,
    ])
      expect(stdout).toMatch(row);
  });

  itLong('measure time and memory of many files and of big ones', async () => {
    const stdout = await bench(
      ...['harvest', '--rounds', '2', '--files', '40', '--output-mib', '2', '--input-mib', '3'],
    );
    for (const title of ['40 outputs with sidecars', '1 output of 2 MiB', '1 input of 3 MiB (sparse)'])
      expect(stdout).toContain(`## ${title}: 2 rounds`);
    expect(stdout.match(/^\| harvest +\| +[\d.]+ \|/gm)).toHaveLength(3);
    expect(stdout.match(/^\| the command +\| +\d+ \| +\+\d+ \| \+200 [✔✘] \|$/gm)).toHaveLength(3);
  });

  itLong('compare a search with bare requests', async () => {
    const stdout = await bench('search', '--images', '--rounds', '1', '--repositories', '20');
    expect(stdout).toContain('## 20 repositories: 1 round\n');
    for (const row of [
      /^\| bare requests +\| +[\d.]+ \| +[\d.]+ \| +\| +\|$/m,
      /^\| findSeedImages +\| +[\d.]+ \| +[\d.]+ \| [\d.]+ × bare requests \| +\|$/m,
      /^\| seed search, whole command +\| +[\d.]+ \| +[\d.]+ \| [\d.]+ × bare requests \| ≤ 2000 [✔✘] \|$/m,
      /^\| seed search, again +\| +[\d.]+ \| +[\d.]+ \| [\d.]+ × bare requests \| ≤ 2000 [✔✘] \|$/m,
    ])
      expect(stdout).toMatch(row);
  });

  it('compare searches of files with the same in SQL, and late pages with first ones', async () => {
    const stdout = await bench('search', '--rounds', '2', '--rows', '20000');
    expect(stdout).toContain('## 20,000 footprints, made in');
    for (const row of [
      /^\| area \+ time: 5° and a week +\|( +[\d.]+ \|){4} +[\d.]+ × SQL \| +\d+ \| p99 ≤ 5 [✔✘] \|$/m,
      /^\| the whole world and a month +\|.* × SQL \| +\d+ \| p99 ≤ 5 [✔✘] \|$/m,
      /^\| polygon of 60° +\|.* × SQL \|/m,
      /^\| text: a word +\|.* × SQL \| +\d+ \|/m,
      /^\| meta_data: a member +\|.* × SQL \| +1 \|/m,
      /^\| by -data_started: page 100 +\| +[\d.]+ \| +[\d.]+ \| +[\d.]+ × page 1 \| ≤ 1.5 [✔✘] \|$/m,
    ])
      expect(stdout).toMatch(row);
  });

  itLong('compare a batch with bare loops beside each other', async () => {
    const stdout = await bench('batch', '--rows', '3', '--rounds', '1', '--jobs', '2');
    expect(stdout).toContain('## 3 rows, 2 at once: 1 round\n');
    for (const row of [
      /^\| B +\| +[\d.]+ \| +[\d.]+ \| +\| +\|$/m,
      /^\| seed batch +\| +[\d.]+ \| +[\d.]+ \| [\d.]+ × B \| ≤ 1.10 [✔✘] \|$/m,
      /^\| +its rows +\| +[\d.]+ \| +[\d.]+ \| [\d.]+ × B \| ≤ 1.10 [✔✘] \|$/m,
    ])
      expect(stdout).toMatch(row);
  });

  it('compare the scheduler with the same transitions in bare SQL', async () => {
    const stdout = await bench(
      'scheduler',
      '--lengths',
      '200',
      '--seconds',
      '0.2',
      '--only',
      'seedbed,bare_sql_batches',
    );
    for (const row of [
      /^\| seedbed +\| +\d+ \| +[\d,.]+ \|$/m,
      /^\| in batches: × bare SQL in batches +\| +[\d,.]+ [✔✘] \| +≥ 0.5 \|$/m,
      /^\| pick-up by an idle runtime \| +[\d.]+ \| +[\d.]+ \| p50 ≤ 5 [✔✘] \|$/m,
    ])
      expect(stdout).toMatch(row);
  });

  itLong('compare the whole service with bare containers', async () => {
    const stdout = await bench('throughput', '--rounds', '1', '--jobs', '4', '--concurrency', '2');
    for (const row of [
      /^\| service +\| +[\d.]+ \| +[\d.]+ \|$/m,
      /^\| service, best \/ best of B \| +[\d.]+ \| ≥ 0.95 [✔✘] \|$/m,
      /^\| service, best \/ best of A \| +[\d.]+ \| +≥ 1.7 [✔✘] \|$/m,
    ])
      expect(stdout).toMatch(row);
  });

  it('carry recipes out, and compare them with cwltool', async () => {
    const stdout = await bench('recipes', '--outer', '3', '--inner', '4', '--chain', '5', '--rounds', '1');
    for (const row of [
      /^\| 12 jobs \(3 × 4\): accepted and expanded, s +\| +[\d.]+ \| +≤ 5 [✔✘] \|$/m,
      /^\| its graph, ms +\| +[\d.]+ \| ≤ 1000 [✔✘] \|$/m,
      /^\| run: processor time of the runtime for each node, ms \| +[\d.]+ \| +≤ 0.5 [✔✘] \|$/m,
      /^\| a chain: each step, ms +\| +[\d.]+ \| +\|$/m,
      /^\| seed-run --recipe +\| +[\d.]+ \| +[\d.]+ \|$/m,
    ])
      expect(stdout).toMatch(row);
  });

  itLong('ask the service for everything that can be read', async () => {
    const kept = await mkdtemp(path.join(tmpdir(), 'seedbed-kept-'));
    const stdout = await bench('api', '--small', '--keep', kept);
    const again = await bench('api', '--small', '--keep', kept, '--only', '/files/1001/');
    await rm(kept, { recursive: true });
    expect(stdout).toContain('## 2,000 jobs, executions and files, made in');
    expect(again).toContain('## 2,000 jobs, executions and files, kept');
    for (const row of [
      /^\| select 1 +\| +[\d.]+ \| +[\d.]+ \| +1\.0 × \| ≤ 50 [✔✘] \|$/m,
      /^\| \/jobs\/\?cursor=&order=-last_modified +\| +[\d.]+ \| +[\d.]+ \| +[\d.]+ × \| ≤ 50 [✔✘] \|$/m,
      /^\| \/files\/1001\/ +\| .* ≤ 50 [✔✘] \|$/m,
    ])
      expect(stdout).toMatch(row);
  });

  it('have rows of a file made into recipes, beside COPY', async () => {
    const stdout = await bench('batch-intake', '--rows', '50');
    expect(stdout).toContain('## 50 rows of a CSV file into recipes\n');
    for (const row of [
      /^\| COPY of the same rows +\| +[\d.]+ \| +[\d,]+ \| +1.000 × COPY \|$/m,
      /^\| seed batch add: staged tasks +\| .* × COPY \|$/m,
      /^\| finalized: queued recipes +\| .* × COPY \|$/m,
      /^\| seed serve +\| +\d+ \| +\d+ \|$/m,
    ])
      expect(stdout).toMatch(row);
  });

  it('clear up when they are interrupted', async () => {
    const before = await leftovers();
    const child = spawn(process.execPath, [script, 'overhead'], { stdio: 'ignore' });
    const ended = once(child, 'close');
    while (!(await leftovers()).some((name) => name.startsWith('seedbed-bench-output:')))
      await Promise.race([pause(50), ended.then(() => Promise.reject(new Error('it ended')))]);
    child.kill('SIGTERM');
    expect(await ended).toEqual([130, null]);
    expect(await leftovers()).toEqual(before);
  });

  it('say which there are', async () => {
    const failed = promisify(execFile)(process.execPath, [script, 'speed']);
    await expect(failed).rejects.toMatchObject({
      stderr: expect.stringContaining('overhead, harvest, search'),
    });
  });
});
