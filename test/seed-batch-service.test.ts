import { afterAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { Batches, nothing, words } from './support/batch-command.ts';
import { until } from './support/cli-files.ts';
import { testInstallation } from './support/cli.ts';
import { endServices, startService, type TestService } from './support/service.ts';

const opened = testInstallation();
const services: TestService[] = [];
afterAll(() => endServices(services));

/** Batches that a service runs, which may mount their directory. */
async function served(): Promise<{ batches: Batches; service: TestService }> {
  const seedbed = await opened;
  const batches = await Batches.in(seedbed);
  const service = await startService(seedbed, [], { env: { SEED_HOST_ROOTS: batches.root } });
  services.push(service);
  Object.assign(batches.where, { env: service.env, args: [] });
  return { batches, service };
}

const counts = async (batches: Batches) => {
  const [row] = await (
    await opened
  ).query<{ jobs: number; files: number }>(
    `select (select count(*) from job where configuration::text like $1) as jobs,
       (select count(*) from scale_file f join workspace w on w.id = f.workspace_id
        where f.file_type = 'SOURCE' and w.name <> 'local' and f.file_name = any($2)) as files`,
    [`%${batches.root}%`, words],
  );
  return row;
};

describe('a batch on a service', () => {
  it('that was killed comes to what it would have come to, and nothing is sent or run twice', async () => {
    const { batches, service } = await served();
    const { child, ended } = await batches.midway();
    child.kill('SIGKILL');
    await ended;
    await batches.go();
    const resumed = await batches.run('out', '-b', 'rows.csv', '--resume');
    expect([resumed.exit, resumed.stderr]).toEqual([1, expect.stringContaining('6 of 8 rows completed')]);
    for (const word of words) expect([word, await batches.begun(word)]).toEqual([word, 1]);
    expect(await counts(batches)).toEqual({ jobs: words.length, files: words.length });

    const { rows, ...summary } = await batches.results('out');
    expect(summary).toMatchObject({ status: 'failed', completed: 6, failed: 1, rejected: 1 });
    const [first, , third] = rows;
    expect(first).toMatchObject({
      ...{ status: 'completed', exit_code: 0, directory: batches.at('out/1-a') },
      inputs: { files: { IN: [{ path: batches.at('in/a'), file_size: 2 }] }, json: { N: 0.5 } },
      outputs: { files: { OUT: [{ path: batches.at('out/1-a/out.txt') }] } },
    });
    expect(await readFile(batches.at('out/1-a/out.txt'), 'utf8')).toBe('a 0.5 28\n');
    expect(await readFile(first!.logs.stdout!, 'utf8')).toBe('a is done\n');
    expect(third).toMatchObject({ exit_code: 3, directory: null, error: { category: 'job' } });
    expect(await readFile(third!.logs.stderr!, 'utf8')).toBe('it failed\n');

    await batches.expectUndisturbed();
    // Another batch, whose files the service has.
    expect(await counts(batches)).toEqual({ jobs: 2 * words.length, files: words.length });
    expect(await batches.remains()).toEqual({ ...nothing, runtimes: 1, containers: expect.any(Array) });
    expect((await service.stop()).exit).toBe(0);
    expect(await batches.remains()).toEqual(nothing);
  });

  it('that is stopped stops its jobs, is one process’s at a time, and waits for a service that is gone', async () => {
    const { batches, service } = await served();
    const first = await batches.midway();
    const other = await batches.run('out', '-b', 'rows.csv', '--resume');
    expect([other.exit, other.stderr]).toEqual([2, expect.stringContaining('SB1107')]);
    first.child.kill('SIGINT');
    expect((await first.ended).exit).toBe(1);
    expect(await batches.results('out')).toMatchObject({
      ...{ status: 'failed', error: { name: 'canceled' }, completed: 2, failed: 1 },
    });
    expect(await batches.remains()).toMatchObject({ jobs: 0, executions: 0 });

    const resumed = await batches.start('out', '-b', 'rows.csv', '--resume');
    await until('both to begin again', async () => (await batches.begun('wait2')) === 2);
    service.child.kill('SIGKILL');
    await until('the loss to be told', () => resumed.printed.stderr.includes('waiting for it'));
    await batches.go();
    const successor = await startService(await opened, ['--port', String(service.port)], {
      env: { SEED_HOST_ROOTS: batches.root },
    });
    services.push(successor);
    expect((await resumed.ended).exit).toBe(1);
    expect(await batches.results('out')).toMatchObject({ completed: 6, failed: 1, rejected: 1 });
    expect(await counts(batches)).toEqual({ jobs: words.length + 2, files: words.length });
    await successor.stop();
  });

  it('is refused in one sentence where the service cannot run it', async () => {
    const { batches, service } = await served();
    await batches.files('a', 'b');
    const refused = async (...args: string[]) => {
      const { exit, stderr } = await batches.run('out', '-d', 'in', ...args);
      return [exit, stderr.split('\n')[0]];
    };
    expect(await refused('--network', 'bridge')).toEqual([2, expect.stringContaining('no network')]);
    expect(await refused('--pull', 'always')).toEqual([2, expect.stringContaining('SEED_PULL')]);
    expect(await refused('-m', 'MARKS=/etc')).toEqual([2, expect.stringContaining('SB1108')]);
    expect(await refused('--resource', 'cpus=no')).toEqual([2, expect.stringContaining('SB1001')]);
    await service.stop();
    expect(await refused()).toEqual([3, expect.stringContaining('SB3052')]);
    // Here, all the same.
    expect(await refused('--local')).toEqual([0, expect.stringContaining('2 rows')]);
  });
});
