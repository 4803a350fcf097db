import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '../runtime/client/index.ts';
import { BatchOutputs } from './support/batch-outputs.ts';
import { commandLine, type Ended, startCommand, testInstallation } from './support/cli.ts';
import { sha256, tree, until } from './support/cli-files.ts';
import { meteredProxy } from './support/metered-proxy.ts';
import { freePort } from './support/ports.ts';
import { endServices, startService, type TestService } from './support/service.ts';

const opened = testInstallation();
const services: TestService[] = [];
let service: TestService;
let client: Client;
let outputs: BatchOutputs;
let desk: string;
/** Several files, most of them large enough to be cut. */
let batch: number;
let jobs: number[];
const big = (n: number) => Buffer.alloc(400_000, `${n} of many lines\n`);

const serve = async (port: number) => {
  const started = await startService(await opened, ['--port', `${port}`]);
  services.push(started);
  return started;
};

beforeAll(async () => {
  const installation = await opened;
  service = await serve(await freePort());
  desk = await installation.directory();
  const token = (await readFile(path.join(installation.home, 'token'), 'utf8')).trim();
  client = new Client({ url: service.url, token, source: 'SEED_TOKEN' });
  outputs = new BatchOutputs(installation, client, desk);
  batch = await outputs.batch('cutter', 'CREATED', 'october');
  jobs = [];
  for (const n of [0, 1, 2])
    jobs.push(
      await outputs.job(batch, {
        TILES: [await outputs.file(big(n), 'tile.bin'), await outputs.file(big(n + 10), 'Tile.bin')],
        LOG: [await outputs.file('', 'empty.txt')],
      }),
    );
});
afterAll(() => endServices(services));

const out = async () => path.join(await mkdtemp(path.join(desk, 'out-')), 'all');
const begin = async (args: readonly (string | number)[], env = service.env) =>
  (await opened).start(['batch', 'download', ...args.map(String)], { env });
const download = async (args: readonly (string | number)[], env = service.env): Promise<Ended> =>
  (await begin(args, env)).ended;
const judged = async (directory: string) =>
  (await promisify(execFile)('sha256sum', ['-c', 'SHA256SUMS'], { cwd: directory })).stdout;

/** Every file below a directory, with its content's checksum. */
async function contents(directory: string): Promise<Record<string, string>> {
  const names = (await tree(directory)).filter((name) => !name.endsWith('/'));
  const read = async (name: string) => [name, sha256(await readFile(path.join(directory, name)))] as const;
  return Object.fromEntries(await Promise.all(names.map(read)));
}

/** What a download that nothing disturbs comes to. */
async function clean(...args: (string | number)[]): Promise<Record<string, string>> {
  const directory = await out();
  expect(await download([...args, '-o', directory])).toMatchObject({ exit: 0, stderr: '' });
  return contents(directory);
}

describe('seed batch download', () => {
  it('puts each file by job and output, two of one name beside each other, with checksums that sha256sum accepts', async () => {
    const directory = await out();
    const done = await download(['october', batch, '-o', directory]);
    expect(done).toMatchObject({ exit: 0, stderr: '' });
    expect(done.stdout).toBe(`9 files fetched (2.3 MiB): ${directory}\n`);
    const of = (job: number) =>
      ['LOG/empty.txt', 'TILES/Tile-2.bin', 'TILES/tile.bin'].map(
        (name) => `batch-${batch}/job-${job}/${name}`,
      );
    const files = await contents(directory);
    expect(Object.keys(files)).toEqual([...['SHA256SUMS'], ...jobs.flatMap(of)].sort());
    expect(files[`batch-${batch}/job-${jobs[1]}/TILES/Tile-2.bin`]).toBe(sha256(big(11)));
    expect(files[`batch-${batch}/job-${jobs[1]}/LOG/empty.txt`]).toBe(sha256(''));
    expect((await judged(directory)).match(/: OK$/gm)).toHaveLength(9);
  });

  it('keeps within its directory whatever files are called, and writes their names as sha256sum does', async () => {
    const names = [
      '../../escape',
      '/etc/passwd',
      '..',
      'two\nlines\\and \r',
      `${'ü'.repeat(300)}.tif`,
      '.seedbed-get-1~x.part',
      '-c',
      'a*?',
    ];
    const odd = await outputs.batch('odd');
    const files = await Promise.all(names.map((name) => outputs.file(name, name)));
    const job = await outputs.job(odd, { OUT: files });
    const directory = await out();
    expect(await download([odd, '-o', directory])).toMatchObject({ exit: 0, stderr: '' });
    const there = await readdir(path.join(directory, `batch-${odd}/job-${job}/OUT`));
    expect(there).toHaveLength(names.length);
    expect(there).toEqual(
      expect.arrayContaining([
        'escape',
        'passwd',
        '_',
        'two\nlines\\and \r',
        '_.seedbed-get-1~x.part',
        '-c',
        'a*?',
      ]),
    );
    expect(there.every((name) => Buffer.byteLength(name) <= 255)).toBe(true);
    expect(await readdir(path.dirname(directory))).toEqual(['all']);
    expect((await judged(directory)).match(/: OK$/gm)).toHaveLength(names.length);
  });

  it('takes outputs, nodes and job types that are asked for', async () => {
    const files = await clean(batch, '--output', 'LOG');
    expect(Object.keys(files)).toHaveLength(4);
    expect(Object.keys(await clean(batch, '--node', 'other'))).toEqual(['SHA256SUMS']);
    expect(
      Object.keys(await clean(batch, '--job-type', 'cutter', '--output', 'TILES', '--output', 'LOG')),
    ).toHaveLength(10);
  });

  it('leaves a download that is there alone, unless it is to be resumed', async () => {
    const directory = await out();
    await mkdir(path.join(directory, `batch-${batch}`), { recursive: true });
    const refused = await download([batch, '-o', directory]);
    expect(refused).toMatchObject({ exit: 2, stdout: '', stderr: expect.stringContaining('SB1370') });
    expect(await tree(directory)).toEqual([`batch-${batch}/`]);
    expect(await download([batch, '-o', ''])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('empty'),
    });
    expect(await download(['no-such', '-o', directory])).toMatchObject({ exit: 2 });
    await rm(path.join(directory, `batch-${batch}`), { recursive: true });
    await symlink(desk, path.join(directory, `batch-${batch}`));
    const led = await download([batch, '-o', directory, '--resume']);
    expect(led).toMatchObject({ exit: 1, stderr: expect.stringContaining('it is no directory') });
    expect((await readdir(desk)).some((name) => name.startsWith('job-'))).toBe(false);
  });

  it('fetches with --resume what is missing, or has changed here or there, and nothing else', async () => {
    const own = await outputs.batch('resumed');
    const [first, second, third, fourth] = await Promise.all(
      ['one', 'two', 'three', 'four'].map((text) => outputs.file(text, 'x.txt')),
    );
    const unchanged = await outputs.job(own, { OUT: [first!] });
    const [missing, changed, replaced] = [
      await outputs.job(own, { OUT: [second!] }),
      await outputs.job(own, { OUT: [third!] }),
      await outputs.job(own, { OUT: [fourth!] }),
    ];
    const directory = await out();
    await download([own, '-o', directory]);
    const at = (job: number) => path.join(directory, `batch-${own}/job-${job}/OUT/x.txt`);
    await rm(at(missing));
    await writeFile(at(changed), 'THREE');
    await outputs.change(replaced, { OUT: [await outputs.file('five', 'x.txt')] });
    const resumed = await download([own, '-o', directory, '--resume', '--format', 'json']);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ fetched: 3, known: 1, bytes: 12, failed: [] });
    expect(
      await Promise.all([unchanged, missing, changed, replaced].map((job) => readFile(at(job), 'utf8'))),
    ).toEqual(['one', 'two', 'three', 'five']);
    expect(await contents(directory)).toEqual(await clean(own));
  });

  it('that is killed, anywhere and again and again, comes to the clean result when it is resumed', async () => {
    const wanted = await clean(batch);
    const directory = await out();
    for (const share of Array.from({ length: 4 }, () => Math.random())) {
      // Of some 2.4 MB.
      const limit = Math.floor(share * 2_400_000);
      let kill: () => void = () => undefined;
      const proxy = await meteredProxy(service.port, (bytes) => bytes >= limit && kill());
      const env = { SEED_URL: `http://127.0.0.1:${proxy.port}` };
      const running = await begin([batch, '-o', directory, '--resume'], env);
      kill = () => running.child.kill('SIGKILL');
      await running.ended;
      await proxy.close();
    }
    const there = (await tree(directory)).filter((name) => /^batch-.*\/[^./][^/]*$/.test(name));
    const { exit, stdout } = await download([batch, '-o', directory, '--resume', '--format', 'json']);
    expect([exit, JSON.parse(stdout)]).toMatchObject([0, { known: there.length, fetched: 9 - there.length }]);
    expect(await contents(directory)).toEqual(wanted);
    expect((await readdir(directory)).sort()).toEqual(['SHA256SUMS', `batch-${batch}`]);
  });

  it('goes on when the service is killed and comes back', async () => {
    const wanted = await clean(batch);
    const directory = await out();
    let restarted: Promise<unknown> | undefined;
    const proxy = await meteredProxy(service.port, (bytes) => {
      if (bytes < 700_000) return;
      restarted ??= service.stop('SIGKILL').then(async () => {
        service = await serve(service.port);
      });
    });
    const done = await download([batch, '-o', directory], { SEED_URL: `http://127.0.0.1:${proxy.port}` });
    await restarted;
    await proxy.close();
    expect(done).toMatchObject({ exit: 0, stderr: '' });
    expect(restarted).toBeDefined();
    expect(await contents(directory)).toEqual(wanted);
  });

  it('says that more will come, and waits for it with --watch', async () => {
    const growing = await outputs.batch('growing', 'STAGING');
    const first = await outputs.job(growing, { OUT: [await outputs.file('early', 'a')] });
    const second = await outputs.job(growing, {}, 'RUNNING');
    const directory = await out();
    const now = await download([growing, '-o', directory]);
    expect(now).toMatchObject({ exit: 0, stderr: '' });
    expect(now.stdout).toContain(
      `batch ${growing}: 1 of 2 jobs have ended, and more are being made\nMore will come`,
    );
    const watching = await begin([growing, '-o', directory, '--resume', '--watch', 1, '--format', 'json']);
    await outputs.change(second, { OUT: [await outputs.file('late', 'b')] });
    const seen = (job: number, name: string) =>
      until(name, () =>
        readFile(path.join(directory, `batch-${growing}/job-${job}/OUT/${name}`), 'utf8').catch(
          () => undefined,
        ),
      );
    expect([await seen(first, 'a'), await seen(second, 'b')]).toEqual(['early', 'late']);
    await (await opened).query(`update batch set state = 'CREATED' where id = $1`, [growing]);
    const { exit, stdout } = await watching.ended;
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      fetched: 1,
      known: 1,
      batches: [{ id: growing, is_over: true }],
    });
  });

  it('lists what cannot be fetched, and fetches the others', async () => {
    const torn = await outputs.batch('torn');
    const [good, lost] = [await outputs.file('good', 'good'), await outputs.file('lost', 'lost')];
    const job = await outputs.job(torn, { OUT: [good, lost] });
    const [row] = await (
      await opened
    ).query<{ file_path: string }>('select file_path from scale_file where id = $1', [lost]);
    await rm(path.join((await opened).home, 'files', row!.file_path));
    const directory = await out();
    const place = `batch-${torn}/job-${job}/OUT/lost`;
    const done = await download([torn, '-o', directory]);
    expect(done.exit).toBe(1);
    expect(done.stderr).toContain(`${directory}/${place}: `);
    expect(done.stdout).toMatch(/^1 file fetched .*, 1 failed/);
    const { stdout } = await download([torn, '-o', directory, '--resume', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      known: 1,
      failed: [{ id: lost, path: place, reason: expect.stringContaining('not there any more') }],
    });
  });

  it('says that the disk is full, and goes on where there is room again', async () => {
    if (process.getuid?.() !== 0) return;
    const directory = await out();
    await mkdir(directory);
    const words = commandLine(['batch', 'download', `${batch}`, '-o', directory, '--resume']).map(
      (word) => `'${word}'`,
    );
    const { env } = await opened;
    const small = `mount -t tmpfs -o size=1m none '${directory}' && ${words.join(' ')}; code=$?; mount -o remount,size=9m '${directory}'; ${words.join(' ')}; echo $code $?`;
    const done = await startCommand(['unshare', '-m', 'sh', '-c', small], {
      cwd: '/',
      env: { ...env, ...service.env },
    }).ended;
    expect(done.stderr).toMatch(/disk|full|space/i);
    expect(done.stdout).toMatch(/there already: .*\n3 0\n$/);
  });

  it('takes no more memory for a larger file', async () => {
    const large = await outputs.batch('large');
    const id = await outputs.file('x', 'large.bin');
    const [row] = await (
      await opened
    ).query<{ file_path: string }>('select file_path from scale_file where id = $1', [id]);
    const handle = await open(path.join((await opened).home, 'files', row!.file_path), 'w');
    await handle.truncate(200 * 2 ** 20);
    await handle.close();
    await (
      await opened
    ).query('update scale_file set file_size = $2, sha256 = null, file_stat = null where id = $1', [
      id,
      200 * 2 ** 20,
    ]);
    await outputs.job(large, { OUT: [id] });
    const running = await begin([large, '-o', await out()]);
    let peak = 0;
    const look = async () => {
      const text = await readFile(`/proc/${running.pid}/status`, 'utf8').catch(() => '');
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0));
      return running.child.exitCode !== null;
    };
    await until('the download', look);
    expect(await running.ended).toMatchObject({ exit: 0, stdout: expect.stringContaining('200.0 MiB') });
    expect(peak).toBeGreaterThan(10_000);
    expect(peak).toBeLessThan(230_000);
  });
});
