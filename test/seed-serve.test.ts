import { afterEach, describe, expect, it } from '@jest/globals';
import { readFile, stat, symlink } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { until } from './support/cli-files.ts';
import { testInstallation } from './support/cli.ts';
import { countContainers } from './support/engine.ts';
import { endOf, submitWaiting } from './support/service-jobs.ts';
import { openEvents } from './support/sse.ts';
import { endServices, startService, type TestService } from './support/service.ts';

const opened = testInstallation();
const socket = '/var/run/docker.sock';
const services: TestService[] = [];
afterEach(() => endServices(services.splice(0)));

async function serve(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<TestService> {
  const service = await startService(await opened, args, { env });
  services.push(service);
  return service;
}

interface NodeRow {
  readonly name: string;
  readonly state: { readonly name: string };
  readonly problems: readonly { readonly description: string }[];
}

async function nodes({ env }: TestService): Promise<Record<string, NodeRow>> {
  const { stdout, stderr } = await (await opened).run(['nodes', '--format', 'json'], { env });
  if (stdout === '') throw new Error(stderr);
  const { results } = JSON.parse(stdout) as { results: NodeRow[] };
  return Object.fromEntries(results.map((node) => [node.name, node]));
}

describe('seed serve', () => {
  it('says where it listens and where its token is, and ends well when it is told to', async () => {
    const seedbed = await opened;
    const service = await serve();
    const token = path.join(seedbed.home, 'token');
    expect(service.printed.stdout).toBe(`seed serve: listening at ${service.url} (token: ${token})\n`);
    expect((await stat(token)).mode & 0o777).toBe(0o600);
    expect(await service.stop()).toMatchObject({ exit: 0, signal: null, stderr: '' });
    expect(await seedbed.query('select * from runtime')).toEqual([]);
    const { installation } = await seedbed.database();
    expect(await countContainers(`seedbed.installation=${installation}`)).toBe(0);
  });

  it('refuses an address that is taken, before it takes any jobs', async () => {
    const first = await serve();
    const again = await (await opened).run(['serve', '--port', `${first.port}`]);
    expect(again).toMatchObject({ exit: 3, stdout: '' });
    expect(again.stderr).toContain(`127.0.0.1:${first.port}: something listens there already`);
    expect(await (await opened).query('select * from runtime')).toHaveLength(1);
  });

  it.each([
    [['--host', '0.0.0.0'], 'set SEED_TOKEN'],
    [['--host', '::'], 'set SEED_TOKEN'],
    [['--host', 'a b'], '--host takes an address'],
    [['--port', '70000'], '--port takes a whole number from 0 to 65535'],
    [['--engine', 'unix:///x.sock'], 'it takes NAME=URL'],
    [['--engine', 'a=/x.sock'], 'a URL begins with'],
    [['--engine', 'a b=unix:///x.sock'], 'it takes NAME=URL'],
    [['--engine', 'a=unix:///x', '--engine', 'a=unix:///y'], 'another engine called a'],
    [['--engine', 'a=tcp://h:2376?cert=/nowhere'], 'no directory /nowhere'],
    [['--engine', 'a=unix:///x?cert=/'], 'unix:// takes no certificates'],
    [['--engine', 'a=tcp://h?tls=1'], 'the parameter cert, and no tls'],
  ])('refuses %j', async (args, message) => {
    const { exit, stdout, stderr } = await (await opened).run(['serve', ...args]);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('works with the engines that answer, and with the others as soon as they do', async () => {
    const seedbed = await opened;
    const late = path.join(await seedbed.directory(), 'late.sock');
    const service = await serve(['--engine', `here=unix://${socket}`, '--engine', `late=unix://${late}`]);
    const before = await until('a node for the other engine', async () => {
      const found = await nodes(service);
      return found.late && found;
    });
    expect(before).toMatchObject({
      here: { state: { name: 'READY' }, problems: [] },
      late: {
        state: { name: 'OFFLINE' },
        problems: [{ description: expect.stringContaining('no such socket') }],
      },
    });
    const job = await submitWaiting(seedbed, service);
    await job.go();
    expect(await endOf(seedbed, job.id)).toMatchObject({ status: 'COMPLETED' });
    await symlink(socket, late);
    const after = await until('the engine to be found', async () => {
      const found = await nodes(service);
      return found.late?.state.name === 'READY' && found;
    });
    expect(after.late).toMatchObject({ problems: [] });
    await service.stop();
  });

  it('waits for many engines without a word of warning', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `gone${index}`);
    const service = await serve(names.flatMap((name) => ['--engine', `${name}=unix:///nowhere.sock`]));
    await until('all nodes', async () => Object.keys(await nodes(service)).length >= names.length);
    expect(service.printed.stderr).toBe('');
    await service.stop();
  });

  it('has many followers of one log without a word of warning', async () => {
    const seedbed = await opened;
    const service = await serve();
    const job = await submitWaiting(seedbed, service);
    await job.begun();
    const [row] = await seedbed.query<{ id: number }>('select id from job_exe where job_id = $1', [job.id]);
    const token = (await readFile(path.join(seedbed.home, 'token'), 'utf8')).trim();
    const live = `/v6/job-executions/${row!.id}/logs/stdout/live/`;
    const streams = await Promise.all(
      Array.from({ length: 12 }, () => openEvents(service.port, live, { Authorization: `Token ${token}` })),
    );
    for (const { status, events } of streams) {
      expect(status).toBe(200);
      for await (const { data } of events) {
        expect(data).toContain('begun');
        break;
      }
    }
    for (const stream of streams) stream.leave();
    await job.go();
    await endOf(seedbed, job.id);
    expect((await service.stop()).stderr).toBe('');
  });

  it('starts without any engine, and says why its jobs wait', async () => {
    const seedbed = await opened;
    const image = await serve();
    const known = await submitWaiting(seedbed, image);
    await known.go();
    await endOf(seedbed, known.id);
    await image.stop();
    const service = await serve(['--engine', 'gone=unix:///nowhere.sock']);
    const { stdout } = await seedbed.run(['submit', 'waits-for-go'], { env: service.env });
    const why = await seedbed.run(['why', stdout.trim()], { env: service.env });
    expect(why.stdout).toContain('node-offline: The node gone takes no jobs: No container engine answers');
    await seedbed.run(['cancel', stdout.trim()], { env: service.env });
    await endOf(seedbed, Number(stdout));
    await service.stop();
  });

  it('hands over what runs: the next service ends it, and it is run once', async () => {
    const seedbed = await opened;
    const first = await serve();
    const job = await submitWaiting(seedbed, first);
    await job.begun();
    expect(await first.stop()).toMatchObject({ exit: 0, signal: null });
    const { installation } = await seedbed.database();
    expect(await countContainers(`seedbed.installation=${installation}`)).toBe(1);
    const second = await serve();
    await job.go();
    expect(await endOf(seedbed, job.id)).toEqual({ status: 'COMPLETED', num_exes: 1 });
    const logs = await seedbed.run(['logs', `${job.id}`], { env: second.env });
    expect(logs).toMatchObject({ exit: 0, stdout: 'begun\nended\n', stderr: 'last\n' });
    await second.stop();
    expect(await countContainers(`seedbed.installation=${installation}`)).toBe(0);
  });

  it('waits for what runs with --drain, and answers meanwhile', async () => {
    const seedbed = await opened;
    const service = await serve(['--drain']);
    const job = await submitWaiting(seedbed, service);
    await job.begun();
    service.child.kill('SIGTERM');
    await until('it to say what it waits for', () => service.printed.stderr.includes('waiting for the jobs'));
    const later = await seedbed.run(['submit', 'waits-for-go'], { env: service.env });
    expect(later).toMatchObject({ exit: 0 });
    await job.go();
    expect(await service.ended).toMatchObject({ exit: 0, signal: null });
    expect(await endOf(seedbed, job.id)).toEqual({ status: 'COMPLETED', num_exes: 1 });
    expect(await seedbed.query('select status from job where id = $1', [Number(later.stdout)])).toEqual([
      { status: 'QUEUED' },
    ]);
    await seedbed.query(`update job set status = 'CANCELED', ended = now() where id = $1`, [
      Number(later.stdout),
    ]);
  });

  it('ends at once when it is told twice, and the next one goes on', async () => {
    const seedbed = await opened;
    const service = await serve(['--drain']);
    const job = await submitWaiting(seedbed, service);
    await job.begun();
    service.child.kill('SIGINT');
    await until('it to wait', () => service.printed.stderr.includes('once more to stop at once'));
    service.child.kill('SIGINT');
    expect(await service.ended).toMatchObject({ exit: null, signal: 'SIGINT' });
    const next = await serve();
    await job.go();
    expect(await endOf(seedbed, job.id)).toEqual({ status: 'COMPLETED', num_exes: 1 });
    await next.stop();
  });

  it('shares the work with another one on the same database', async () => {
    const seedbed = await opened;
    const [one, two] = [
      await serve(['--engine', `one=unix://${socket}`]),
      await serve(['--engine', `two=unix://${socket}`]),
    ];
    // Each needs the cores of a whole node, so that neither service could run both.
    const all = ['--resource', `cpus=${cpus().length}`];
    const jobs = [await submitWaiting(seedbed, one, all), await submitWaiting(seedbed, one, all)];
    await Promise.all(jobs.map((job) => job.begun()));
    const rows = await seedbed.query<{ runtime: string }>(
      `select distinct runtime from job_exe where status = 'RUNNING' and job_id = any($1)`,
      [jobs.map(({ id }) => id)],
    );
    expect(rows).toHaveLength(2);
    for (const job of jobs) await job.go();
    for (const { id } of jobs) expect(await endOf(seedbed, id)).toMatchObject({ status: 'COMPLETED' });
    const listed = await Promise.all(
      [one, two].map(async ({ env }) => (await seedbed.run(['jobs', '--format', 'json'], { env })).stdout),
    );
    expect(JSON.parse(listed[0]!)).toEqual(JSON.parse(listed[1]!));
    await Promise.all([one.stop(), two.stop()]);
  });
});
