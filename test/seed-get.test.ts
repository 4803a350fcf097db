import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uniqueNames } from '../runtime/cli/get/names.ts';
import { standingText } from '../runtime/cli/get/progress.ts';
import { draftName } from '../runtime/cli/get/resume-copy.ts';
import { Client } from '../runtime/client/index.ts';
import type { FileEntry } from '../runtime/workspace/index.ts';
import { type Ended, testInstallation } from './support/cli.ts';
import { until } from './support/cli-files.ts';
import { cuttingProxy } from './support/cutting-proxy.ts';
import { startService, type TestService } from './support/service.ts';

const opened = testInstallation();
let service: TestService;
let client: Client;
let desk: string;
/** Ids of the files that are fetched, by what they hold. */
const ids: Record<string, number> = {};
const big = Buffer.from(Array.from({ length: 300_000 }, (_, n) => `line ${n}\n`).join(''));

async function upload(name: string, content: Buffer | string): Promise<number> {
  const file = path.join(await mkdtemp(path.join(desk, 'up-')), 'file');
  await writeFile(file, content);
  return (await client.upload(file, name)).file.id;
}

beforeAll(async () => {
  const installation = await opened;
  service = await startService(installation);
  desk = await installation.directory();
  const token = (await readFile(path.join(installation.home, 'token'), 'utf8')).trim();
  client = new Client({ url: service.url, token, source: 'SEED_TOKEN' });
  for (const [name, content] of [
    ['a.txt', 'first'],
    ['a.txt', 'second'],
    ['A.TXT', 'third'],
    ['big.bin', big],
  ] as const)
    ids[typeof content === 'string' ? content : 'big'] = await upload(name, content);
});
afterAll(() => service.stop());

const out = () => mkdtemp(path.join(desk, 'out-'));
async function get(args: readonly (string | number)[], env: NodeJS.ProcessEnv = service.env): Promise<Ended> {
  return (await opened).run(['get', ...args.map(String)], { env });
}
const read = (directory: string, name: string) => readFile(path.join(directory, name), 'utf8');

describe('seed get', () => {
  it('fetches files by their ids, and numbers those of one name, the same each time', async () => {
    const directory = await out();
    const { first, second, third } = ids;
    const done = await get([third!, first!, second!, '-o', directory]);
    expect(done).toMatchObject({ exit: 0, stdout: `3 files fetched (16 bytes): ${directory}\n`, stderr: '' });
    expect((await readdir(directory)).sort()).toEqual(['A-3.TXT', 'a-2.txt', 'a.txt']);
    expect(await Promise.all(['a.txt', 'a-2.txt', 'A-3.TXT'].map((name) => read(directory, name)))).toEqual([
      'first',
      'second',
      'third',
    ]);
    const again = await get([second!, first!, third!, '-o', directory]);
    expect(again).toMatchObject({
      exit: 0,
      stdout: `0 files fetched (0 bytes), 3 there already: ${directory}\n`,
    });
  });

  it('fetches what filters find, and says in JSON what became of each', async () => {
    const directory = path.join(await out(), 'made', 'for it');
    const { exit, stdout } = await get(['--name', 'big*', '-o', directory, '--format', 'json']);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      from: service.url,
      directory,
      files: [
        { id: ids.big, path: path.join(directory, 'big.bin'), status: 'fetched', file_size: big.length },
      ],
    });
    expect((await readFile(path.join(directory, 'big.bin'))).equals(big)).toBe(true);
    expect((await get(['--name', 'nothing*', '-o', directory])).stdout).toBe('No file matches.\n');
    const newest = await get(['--all', '--limit', 1, '-o', directory, '--format', 'json']);
    expect(JSON.parse(newest.stdout)).toMatchObject({ files: [{ id: ids.big, status: 'known' }] });
  });

  it('never replaces what differs, unless it is forced to; the others are fetched', async () => {
    const directory = await out();
    await writeFile(path.join(directory, 'a.txt'), 'mine!');
    const { first, big: large } = ids;
    const refused = await get([first!, large!, '-o', directory]);
    expect(refused).toMatchObject({ exit: 1, stdout: expect.stringMatching(/^1 file fetched .*, 1 failed/) });
    expect(refused.stderr).toBe(`${directory}/a.txt: There is another file at ${directory}/a.txt already\n`);
    expect(await read(directory, 'a.txt')).toBe('mine!');
    expect(await get([first!, '-o', directory, '--force'])).toMatchObject({ exit: 0 });
    expect(await read(directory, 'a.txt')).toBe('first');
    await rm(path.join(directory, 'a.txt'));
    await mkdir(path.join(directory, 'a.txt'));
    expect(await get([first!, '-o', directory, '--force'])).toMatchObject({ exit: 1 });
  });

  it('goes on where a command was that was killed, and fetches no byte twice', async () => {
    const directory = await out();
    const broken = await cuttingProxy(service.port, [1_500_000, ...Array<number>(60).fill(0)], 'down');
    const stopped = await get([ids.big!, '-o', directory], { SEED_URL: `http://127.0.0.1:${broken.port}` });
    await broken.close();
    expect(stopped).toMatchObject({ exit: 3, stderr: expect.stringContaining('SB3') });
    const [draft, ...more] = await readdir(directory);
    expect([draft, more]).toEqual([expect.stringMatching(/^\.seedbed-get-\d+~.*\.part$/), []]);
    const there = (await stat(path.join(directory, draft!))).size;
    expect(there).toBeGreaterThan(1_000_000);
    // What is there is not fetched again: with another first byte the checksum is not that of the file.
    const bytes = await readFile(path.join(directory, draft!));
    expect(bytes.equals(big.subarray(0, there))).toBe(true);
    await writeFile(path.join(directory, draft!), Buffer.concat([Buffer.from('X'), bytes.subarray(1)]));
    const damaged = await get([ids.big!, '-o', directory]);
    expect(damaged).toMatchObject({ exit: 1, stderr: expect.stringMatching(/checksum|SHA-256/i) });
    expect(await readdir(directory)).toEqual([]);
    await writeFile(path.join(directory, draft!), bytes);
    expect(await get([ids.big!, '-o', directory])).toMatchObject({ exit: 0 });
    expect(await readdir(directory)).toEqual(['big.bin']);
    expect((await readFile(path.join(directory, 'big.bin'))).equals(big)).toBe(true);
  });

  it('begins anew where what was left is of another version', async () => {
    const directory = await out();
    const tag = Buffer.from(`"${'0'.repeat(64)}"`).toString('base64url');
    await writeFile(path.join(directory, `.seedbed-get-${ids.big}~${tag}.part`), 'older');
    expect(await get([ids.big!, '-o', directory])).toMatchObject({ exit: 0 });
    expect(await readdir(directory)).toEqual(['big.bin']);
    expect((await readFile(path.join(directory, 'big.bin'))).equals(big)).toBe(true);
  });

  it('copies or links from the catalogue of this machine where no service is asked', async () => {
    const directory = await out();
    const copied = await get([ids.first!, ids.big!, '-o', directory, '--local', '--format', 'json']);
    expect(JSON.parse(copied.stdout)).toMatchObject({ from: 'the catalogue of this machine' });
    expect((await stat(path.join(directory, 'big.bin'))).nlink).toBe(1);
    const linked = path.join(directory, 'linked');
    expect(await get([ids.big!, '-o', linked, '--link'])).toMatchObject({ exit: 0 });
    expect((await stat(path.join(linked, 'big.bin'))).nlink).toBe(2);
    expect(await get(['--name', 'big.bin', '-o', linked, '--local'])).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('1 there already'),
    });
  });

  it('goes on there, too, with what a command left that was killed, and leaves nothing behind', async () => {
    const [entry] = await (
      await opened
    ).query<FileEntry>('select file_stat as version, file_size as size from scale_file where id = $1', [
      ids.big,
    ]);
    for (const left of [big.subarray(0, 1000), Buffer.from('damaged'), big]) {
      const directory = await out();
      const draft = path.join(directory, draftName(ids.big!, entry!));
      await writeFile(draft, left);
      await writeFile(path.join(directory, `.seedbed-get-${ids.big}-4711.part`), 'of another version');
      const { ino } = await stat(draft);
      expect(await get([ids.big!, '-o', directory, '--local'])).toMatchObject({ exit: 0 });
      expect(await readdir(directory)).toEqual(['big.bin']);
      const target = path.join(directory, 'big.bin');
      expect([(await stat(target)).ino, (await readFile(target)).equals(big)]).toEqual([ino, true]);
    }
  });

  it.each([
    [['-o', 'x'], /which files/],
    [['1', '--name', 'x', '-o', 'x'], /not both/],
    [['x', '-o', 'x'], /whole number/],
    [['1'], /--out-dir/],
    [['1', '-o', ''], /--out-dir .*empty/],
    [['1', '-o', 'x', '--parallel', '0'], /--parallel/],
    [['987654', '-o', 'x'], /file/],
  ])('refuses %j', async (args, words) => {
    expect(await get(args)).toMatchObject({ exit: 2, stderr: expect.stringMatching(words) });
  });
});

describe('seed retention and seed purge', () => {
  const seed = async (...args: string[]) => (await opened).run(args, { env: service.env });

  it('rules are added, tried, listed and removed', async () => {
    expect((await seed('retention')).stdout).toMatch(/everything is kept for ever/);
    const tried = await seed('retention', '--add', 'seedbed', '--keep-days', '0', '--dry-run');
    expect(tried.stdout).toMatch(
      /^Would go: 4 files, .*\n {2}\d+ {2}seedbed: uploads\/\S+ {2}\(the given rule\)\n/,
    );
    const added = await seed(
      'retention',
      '--add',
      'seedbed',
      '--data-type',
      't',
      '--keep-days',
      '9',
      '--drop-superseded',
    );
    expect(added.stdout).toMatch(/seedbed +t +9 days +not kept +active/);
    const { results } = JSON.parse((await seed('retention', '--run', '--format', 'json')).stdout) as {
      results: { id: number }[];
    };
    expect((await seed('retention', '--remove', `${results[0]!.id}`)).stdout).toMatch(/kept for ever/);
    expect(await seed('retention', '--keep-days', '9')).toMatchObject({ exit: 2 });
    expect(await seed('retention', '--run', '--dry-run')).toMatchObject({ exit: 2 });
    expect(await seed('retention', '--add', 'nowhere')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('SB1271'),
    });
  });

  it('a source is purged, and its content with it', async () => {
    const id = await upload('purged.txt', 'to be purged');
    const { file_path } = await client.file(id);
    const place = path.join((await opened).home, 'files', file_path);
    expect(await readFile(place, 'utf8')).toBe('to be purged');
    expect((await seed('purge', `${id}`, '--dry-run')).stdout).toMatch(
      /^Would remove 1 file \(the content of 1: 12 bytes\), 0 jobs with 0 executions, 0 recipes\n {2}\d+ {2}SOURCE/,
    );
    expect(await seed('purge', `${id}`, '--wait')).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/^purge \d+ is done; removed 1 file/),
    });
    await expect(client.file(id)).rejects.toMatchObject({ error: 'not-found' });
    expect(await seed('purge', `${id}`)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('SB1270'),
    });
    // The rows go first; the sweeper removes the content in its next step.
    await until('the content to be gone', () =>
      stat(place).then(
        () => undefined,
        () => true as const,
      ),
    );
  });
});

describe('names in one directory', () => {
  it.each<[string[], string[]]>([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [
      ['a.tar.gz', 'a.tar.gz'],
      ['a.tar.gz', 'a.tar-2.gz'],
    ],
    [
      ['a', 'a', 'a-2'],
      ['a', 'a-3', 'a-2'],
    ],
    [
      ['..', '.', ''],
      ['_', '_-2', '_-3'],
    ],
    [['x/../../y'], ['y']],
    [
      ['.bashrc', '.bashrc'],
      ['.bashrc', '.bashrc-2'],
    ],
  ])('%j are %j', (names, expected) => {
    const files = names.map((file_name, id) => ({ id, file_name }));
    const given = uniqueNames([...files].reverse());
    expect(files.map(({ id }) => given.get(id))).toEqual(expected);
  });
});

it('a bar tells how far it is', () => {
  expect(standingText({ done: 1, total: 1200 }, { done: 2 ** 20, total: 2 ** 21 }, 0)).toMatch(
    /^█{12}·{12} 1 of 1,200 files, 1.0 MiB of 2.0 MiB/,
  );
  expect(standingText({ done: 0, total: 0 }, { done: 0, total: 0 }, 0)).toMatch(/^█{24} 0 of 0 files/);
});
