import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hostname } from 'node:os';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { serviceCacheMiB } from '../runtime/database/index.ts';
import { until } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { Installation, testInstallation, type Ended } from './support/cli.ts';
import { endOf, submitWaiting } from './support/service-jobs.ts';
import { freePort } from './support/ports.ts';
import { startService, type TestService } from './support/service.ts';

const opened = testInstallation();
let service: TestService;
/** A job that completed, and one that failed. */
let done: number;
let failed: number;
beforeAll(async () => {
  service = await startService(await opened);
  done = await submitted({
    name: 'prints',
    outputs: [{ name: 'OUT', pattern: '*.txt' }],
    script:
      'echo x > $OUTPUT_DIR/o.txt; i=0; while [ $i -lt 3000 ]; do echo "line $i"; i=$((i+1)); done; printf end; echo oops >&2',
  });
  failed = await submitted({ name: 'fails', script: 'exit 3' });
});
afterAll(() => service.stop());

async function submitted(draft: Parameters<typeof jobImage>[0]): Promise<number> {
  const { stdout, stderr } = await seed('submit', await jobImage(draft));
  if (stdout === '') throw new Error(stderr);
  await endOf(await opened, Number(stdout));
  return Number(stdout);
}

async function seed(...args: string[]): Promise<Ended> {
  return (await opened).run(args, { env: service.env });
}

async function json(...args: string[]): Promise<unknown> {
  const { stdout, stderr, exit } = await seed(...args, '--format', 'json');
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('seed serve', () => {
  it('lets the embedded server keep as much of the database in memory as the machine has to spare', async () => {
    const fresh = await Installation.open();
    try {
      await startService(fresh);
      const [row] = await fresh.query<{ cache: number }>(
        `select pg_size_bytes(current_setting('shared_buffers')) / 1048576 as cache`,
      );
      // The tests' server is not ours to start.
      expect(row!.cache).toBe(fresh.env.DATABASE_URL ? 128 : serviceCacheMiB());
    } finally {
      await fresh.close();
    }
  });
});

describe('seed jobs', () => {
  it('lists jobs, newest first, and those that match', async () => {
    const all = await seed('jobs');
    expect(all).toMatchObject({ exit: 0, stderr: '' });
    const rows = all.stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(rows[0]!.slice(0, 4)).toEqual(['ID', 'TYPE', 'STATUS', 'PRIORITY']);
    expect(rows.slice(1, 3).map(([id, type, status]) => [id, type, status])).toEqual([
      [`${failed}`, 'fails 1.0.0', 'FAILED'],
      [`${done}`, 'prints 1.0.0', 'COMPLETED'],
    ]);
    expect(await json('jobs', '--status', 'failed', '--limit', '1')).toMatchObject({
      results: [{ id: failed }],
    });
    expect(await json('jobs', '--type', 'prints')).toMatchObject({ count: 1, results: [{ id: done }] });
    expect(await json('jobs', '--error', 'ALGORITHM')).toMatchObject({ results: [{ id: failed }] });
    expect(await json('jobs', '--from', 'PT1H', '--page', '2', '--limit', '1')).toMatchObject({
      results: [{ id: done }],
    });
    expect((await seed('jobs', '--status', 'BLOCKED')).stdout).toBe('No job matches.\n');
  });

  it.each([
    [['--status', 'LOST'], '--status is one of'],
    [['--limit', '0'], '--limit takes a whole number from 1 to 1000'],
    [['--from', 'yesterday'], 'must be a time'],
    [['--error', 'BAD'], 'must be one of SYSTEM, DATA, ALGORITHM'],
    [['--page', '99'], 'There is no page 99'],
  ])('refuses %j', async (args, message) => {
    expect(await seed('jobs', ...args)).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });
});

describe('seed job', () => {
  it('shows all of a job', async () => {
    const { stdout } = await seed('job', `${done}`);
    expect(stdout).toMatch(/^job {7}\d+, prints 1\.0\.0 \(/);
    expect(stdout).toContain('OUT  o.txt  (file ');
    expect(stdout).toMatch(/TRY {2}EXECUTION[^]*\n1 {4}\d+ +COMPLETED/);
    expect(stdout).toMatch(/steps of the last one: [^]*run \d/);
    expect((await seed('job', `${failed}`)).stdout).toMatch(/\nerror {5}\S+ \(SB2\d+\): .*exit code 3/);
    expect(await json('job', `${done}`)).toMatchObject({
      id: done,
      executions: [{ exe_num: 1 }],
      waiting_for: [],
    });
  });

  it.each(['job', 'why', 'logs'])('%s refuses what is no job', async (command) => {
    expect(await seed(command, '987654321')).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringContaining('no job 987654321'),
    });
    expect(await seed(command, 'x')).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringContaining('named by its number'),
    });
    expect(await seed(command)).toMatchObject({ exit: 2, stdout: '' });
  });
});

describe('seed logs', () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `line ${i}\n`).join('') + 'end';

  it('prints every byte to the stream that it came on', async () => {
    expect(await seed('logs', `${done}`)).toMatchObject({ exit: 0, stdout: lines, stderr: 'oops\n' });
    expect(await seed('logs', `${done}`, '-f')).toMatchObject({
      exit: 0,
      stdout: lines,
      stderr: expect.stringContaining('oops\n'),
    });
    expect(await seed('logs', `${done}`, '--stdout')).toMatchObject({ stdout: lines, stderr: '' });
    expect(await seed('logs', `${done}`, '--stderr', '--try', '1')).toMatchObject({
      stdout: '',
      stderr: 'oops\n',
    });
    expect(await seed('logs', `${done}`, '--try', '2')).toMatchObject({ exit: 2 });
  });

  it('follows a job from before it runs to its end, and shows what there is without -f', async () => {
    const seedbed = await opened;
    await seed('nodes', '--pause', hostname(), '--reason', 'being moved');
    const job = await submitWaiting(seedbed, service);
    expect((await seed('logs', `${job.id}`)).stderr).toContain('it has printed nothing yet');
    const follows = seedbed.start(['logs', '-f', `${job.id}`], { env: service.env });
    await until('the reason', () => follows.printed.stderr.includes('is paused; resume it'));
    await seed('nodes', '--resume', hostname());
    await until('its output', () => follows.printed.stdout === 'begun\n');
    expect(await seed('logs', `${job.id}`)).toMatchObject({ exit: 0, stdout: 'begun\n', stderr: '' });
    await job.go();
    expect(await follows.ended).toMatchObject({
      exit: 0,
      stdout: 'begun\nended\n',
      stderr: expect.stringContaining('last\n'),
    });
  });
});

describe('seed why, cancel and requeue', () => {
  it('tell why a job waits, cancel it, and queue it again', async () => {
    const seedbed = await opened;
    const greedy = ['--resource', 'cpus=1000'];
    const job = await submitWaiting(seedbed, service, greedy);
    const why = await seed('why', `${job.id}`);
    expect(why.stdout).toMatch(
      /^job \d+ is QUEUED:\n {2}resources-lacking: On \S+ it needs 1000 cores of cpus/,
    );
    expect(await json('why', `${job.id}`)).toMatchObject({
      job_id: job.id,
      waiting_for: [{ name: 'resources-lacking' }],
    });
    expect(await seed('cancel', `${job.id}`)).toMatchObject({ exit: 0, stdout: 'canceling 1 job\n' });
    expect(await endOf(seedbed, job.id)).toMatchObject({ status: 'CANCELED' });
    expect((await seed('why', `${job.id}`)).stdout).toBe(`job ${job.id} is CANCELED\n`);
    expect(await seed('requeue', `${job.id}`, '--priority', '3')).toMatchObject({
      exit: 0,
      stdout: 'requeueing 1 job\n',
    });
    await until('it to be queued', async () => {
      const [row] = await seedbed.query('select 1 from job where id = $1 and status = $2 and priority = 3', [
        job.id,
        'QUEUED',
      ]);
      return row;
    });
    expect(await json('cancel', '--status', 'queued', '--type', 'waits-for-go:1.0.0')).toMatchObject({
      id: expect.any(Number),
    });
    expect(await endOf(seedbed, job.id)).toMatchObject({ status: 'CANCELED' });
  });

  it('stop a job that runs', async () => {
    const job = await submitWaiting(await opened, service);
    await job.begun();
    expect((await seed('why', `${job.id}`)).stdout).toBe(
      `job ${job.id} is RUNNING, and waits for nothing.\n`,
    );
    await seed('cancel', `${job.id}`);
    expect(await endOf(await opened, job.id)).toMatchObject({ status: 'CANCELED' });
  });

  it('say what stays as it is', async () => {
    expect(await seed('cancel', `${done}`)).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: `job ${done} is COMPLETED, and stays so\n`,
    });
    expect(await seed('requeue', `${done}`, `${failed}`)).toMatchObject({
      exit: 0,
      stdout: `job ${done} is COMPLETED, and stays so\nrequeueing 1 job\n`,
    });
    await until('its second try', async () => {
      const [row] = await (
        await opened
      ).query('select 1 from job where id = $1 and status = $2 and num_exes = 2', [failed, 'FAILED']);
      return row;
    });
  });

  it.each([
    [['cancel'], 'Name the jobs that are meant'],
    [['requeue', '--priority', '5'], 'Name the jobs that are meant'],
    [['requeue', '1', '--priority', 'high'], '--priority takes a whole number'],
    [['cancel', '987654321', '987654322'], 'no job 987654321, 987654322'],
    [['cancel', '--type', 'no-such-type'], 'no-such-type'],
    [['requeue', '--type', 'no-such-type:1.0.0', '--status', 'failed'], 'no-such-type'],
    [['cancel', '--type', 'a:1', '--type', 'b'], 'either every --type with its version, or none'],
  ])('refuse %j', async (args, message) => {
    expect(await seed(...args)).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });
});

describe('seed nodes', () => {
  it('lists, pauses and resumes nodes', async () => {
    const { stdout } = await seed('nodes');
    expect(stdout).toMatch(/^NODE +STATE +JOBS +CPUS +MEM \(MiB\) +DISK \(MiB\) +ENGINE\n/);
    expect(stdout).toMatch(/\n\S+ +READY +0 of \d+ +0 of \d/);
    const paused = await seed('nodes', '--pause', hostname(), '--reason', 'its disk');
    expect(paused.stdout).toMatch(/PAUSED[^]*\n\S+: its disk\n$/);
    expect((await seed('nodes', '--resume', hostname())).stdout).toMatch(/READY/);
    expect(await json('nodes')).toMatchObject({
      count: 1,
      results: [{ name: hostname(), is_paused: false }],
    });
  });

  it.each([
    [['--pause', 'nobody'], 'nobody'],
    [['--reason', 'x'], 'add --pause'],
    [['--pause', 'a', '--resume', 'a'], 'name the same node'],
  ])('refuses %j', async (args, message) => {
    expect(await seed('nodes', ...args)).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });
});

describe('seed types', () => {
  it('lists, pauses, resumes and limits types', async () => {
    expect((await seed('types')).stdout).toMatch(
      /^TYPE +VERSION +REVISION +STATE +AT MOST +IMAGE\n[^]*\nprints +1\.0\.0 +1 +active +- +seedbed-test-job/,
    );
    expect((await seed('types', 'prints', '--pause', 'prints', '--max-scheduled', '2')).stdout).toMatch(
      /prints +1\.0\.0 +1 +paused +2 /,
    );
    expect(
      await json('types', 'prints:1.0.0', '--resume', 'prints:1.0.0', '--max-scheduled', '0'),
    ).toMatchObject({
      results: [{ name: 'prints', is_paused: false, max_scheduled: null }],
    });
  });

  it.each([
    [['nobody'], 'no job type nobody'],
    [['--pause', 'prints:2'], 'no job type prints:2'],
    [['--max-scheduled', '2'], 'is for one type'],
    [['prints', '--max-scheduled', '-1'], 'takes a whole number from 0 to'],
  ])('refuses %j', async (args, message) => {
    expect(await seed('types', ...args)).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });
});

describe('every command that asks a service', () => {
  const commands = [
    ...[['submit', 'prints'], ['jobs'], ['job', '1'], ['logs', '1'], ['logs', '1', '-f'], ['why', '1']],
    ...[['cancel', '1'], ['requeue', '1'], ['nodes'], ['types']],
  ];

  it.each(commands)('says so where none answers: %s', async (...args) => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const nobody = { SEED_URL: url, SEED_TOKEN: 'sixteen-letters-long' };
    const ran = await (await opened).run(args, { env: nobody });
    expect(ran).toMatchObject({ exit: 3, stdout: '' });
    expect(ran.stderr).toContain(
      `No service answers at ${url}: nothing listens there; start it with \`seed serve\``,
    );
  });

  it.each([
    [{ SEED_TOKEN: 'sixteen-letters-and-more' }, 2, 'does not know the token in SEED_TOKEN'],
    [{ SEED_HOME: '/nonexistent' }, 2, 'SEED_TOKEN is not set, and there is no /nonexistent/token'],
    [{ SEED_TOKEN: 'short' }, 2, 'SEED_TOKEN must have'],
    [{ SEED_URL: 'ftp://x' }, 2, 'SEED_URL must be an address'],
    [{ SEED_URL: 'http://user:pw@x' }, 2, 'SEED_URL must be an address'],
  ])('refuses %j', async (env, exit, message) => {
    const ran = await (await opened).run(['jobs'], { env: { ...service.env, ...env } });
    expect(ran).toMatchObject({ exit, stdout: '', stderr: expect.stringContaining(message) });
  });

  it('takes the token of the environment, and shows it nowhere', async () => {
    const token = (await readFile(path.join((await opened).home, 'token'), 'utf8')).trim();
    const env = { ...service.env, SEED_HOME: '/nonexistent', SEED_TOKEN: token };
    const ran = await (await opened).run(['nodes'], { env });
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    expect(ran.stdout).not.toContain(token);
  });
});
