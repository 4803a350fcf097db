import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256 } from '../../../test/support/cli-files.ts';
import { withDatabase } from '../../../test/support/connected.ts';
import { TestQueue } from '../../../test/support/queue.ts';
import { TestFiles } from '../../../test/support/retention.ts';
import { managedWorkspace, noteLeftovers, Workspaces } from '../../catalog/index.ts';
import { readConfig } from '../../config/index.ts';
import type { Database } from '../../database/index.ts';
import { finish } from '../../jobs/index.ts';
import { createLogger } from '../../logging/index.ts';
import { createLogStore } from '../../logs/index.ts';
import { beforeAllOf, collectGarbage, type Garbage, type GarbageWorld } from '../index.ts';

let db: Database;
withDatabase((connected) => (db = connected));

let home: string;
let files: TestFiles;
let queue: TestQueue;
let world: GarbageWorld;
/** An execution that is over, and one that runs. */
let over: number;
let runs: number;
beforeAll(async () => {
  home = await realpath(await mkdtemp(path.join(tmpdir(), 'seedbed-gc-')));
  files = await TestFiles.open(db);
  queue = await new TestQueue(db).open();
  const type = await queue.type();
  const jobs = await queue.submit(type, {}, {});
  const claimed = await queue.claim(jobs);
  const [first, second] = [...claimed].sort((a, b) => a.jobId - b.jobId);
  [over, runs] = [first!.id, second!.id];
  const ending = { exitCode: 0, error: null, output: null, steps: [], stdoutPath: null, stderrPath: null };
  await finish(db, first!, { status: 'COMPLETED', ...ending });
  await managedWorkspace(db, home);
  const config = readConfig({ SEED_HOME: home });
  const workspaces = new Workspaces(db, config);
  world = {
    ...{ db, config, open: (id: number) => workspaces.byId(id), logger: createLogger('silent') },
    logs: createLogStore({
      directory: path.join(home, 'logs', db.installation),
      capMiB: 1,
      retentionSeconds: 1,
    }),
    // Whatever this test makes is older than any process.
    before: Date.now() + 3_600_000,
  };
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
  await rm(files.root, { recursive: true, force: true });
});

const attempts = () => path.join(home, 'files', '.seedbed', db.installation);
const uuid = (digit: string) => `${digit.repeat(8)}-aaaa-bbbb-cccc-${digit.repeat(12)}`;
const idOf = (name: string) => sha256(name);

async function put(place: string, text: string): Promise<string> {
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(place, text);
  return place;
}

/** What is to go, and what looks like it and stays. */
let stays: string[];
beforeEach(async () => {
  await db.query('truncate output_identity, leftover, file_removal, retention_rule restart identity cascade');
  await rm(home, { recursive: true, force: true });
  const { root } = files;
  const cache = path.join(home, 'cache', 'inputs');
  const users = path.join(home, 'of-a-user');
  await put(path.join(attempts(), uuid('1'), 'out', 'left.bin'), '12345');
  await put(path.join(users, `.seedbed-${uuid('2')}`, 'left.bin'), '123');
  await put(path.join(root, 'deep', '.seedbed-12-1-kx3'), '1234');
  await put(path.join(root, `.seedbed-of-${'a'.repeat(32)}`), '12');
  await put(path.join(root, '.seedbed-uploads', 'note'), '1');
  await put(path.join(cache, 'content', 'ab', 'a'.repeat(64)), '123456');
  await put(path.join(cache, 'incoming', 'some'), '12');
  await put(path.join(world.logs.directoryOf(987654), 'stdout.log'), 'gone');
  await files.source('kept.txt', [], 'kept');
  const old = await files.source('old.txt', ['old'], 'is old');
  await db.query("update scale_file set created = now() - interval '9 days' where id = $1", [old]);
  await db.query(`insert into retention_rule (workspace_id, data_type, keep_days) values ($1, 'old', 1)`, [
    files.workspace.id,
  ]);
  await put(path.join(root, 'jobs/job_exe_1/unnamed.txt'), 'unnamed');
  await noteLeftovers(db, 555_555, files.workspace.id, 'jobs/job_exe_1');
  for (const [name, age] of [
    ['unused', 9],
    ['young', 0],
    ['used', 9],
  ] as const)
    await db.query(
      `insert into output_identity (output_id, description, created)
       values (decode($1, 'hex'), '{}', now() - make_interval(hours => $2))`,
      [idOf(name), age],
    );
  await db.query(`update job_exe set output_id = decode($1, 'hex') where id = $2`, [idOf('used'), over]);
  // That of a command which was killed.
  await db.query('update job_exe set node_id = null, node = $2, attempt_directory = $3 where id = $1', [
    ...[over, hostname(), path.join(users, `.seedbed-${uuid('2')}`)],
  ]);
  const running = path.join(attempts(), uuid('3'));
  await db.query('update job_exe set attempt_directory = $2 where id = $1', [runs, running]);
  stays = [
    await put(path.join(running, 'out', 'file'), 'is being written'),
    await put(path.join(attempts(), 'no attempt', 'file'), 'is somebody else’s'),
    await put(path.join(root, '.seedbed-recipe.json'), '{}'),
    await put(path.join(root, '.seedbed-batch.jsonl'), '{}'),
    await put(path.join(world.logs.directoryOf(over), 'stdout.log'), 'is known'),
    await put(path.join(cache, 'content', 'ab', sha256('kept')), 'kept'),
    path.join(root, 'kept.txt'),
  ];
});

const collect = async (dryRun: boolean, more: Partial<GarbageWorld> = {}) => {
  const told: Garbage[] = [];
  const collected = await collectGarbage(
    { ...world, ...more },
    { dryRun, tell: (one) => void told.push(one) },
  );
  return { told, collected };
};
const there = async () => {
  const all = await Promise.all(
    [home, files.root].map((root) => readdir(root, { recursive: true, withFileTypes: true })),
  );
  return all
    .flat()
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name))
    .sort();
};
const identities = async () =>
  (await db.query<{ id: string }>(`select encode(output_id, 'hex') as id from output_identity`)).map(
    ({ id }) => id,
  );

/** What each kind comes to, above. */
const all = {
  files: { count: 1, bytes: 6 },
  leftovers: { count: 1, bytes: 7 },
  identities: { count: 1, bytes: expect.any(Number) },
  attempts: { count: 2, bytes: 8 },
  partials: { count: 3, bytes: 7 },
  cache: { count: 2, bytes: 8 },
  logs: { count: 1, bytes: 4 },
};

describe('collectGarbage', () => {
  it('lists what would go with its bytes, and touches nothing in a dry run', async () => {
    const before = await there();
    const { told, collected } = await collect(true);
    expect(collected).toEqual(all);
    expect(told).toHaveLength(11);
    expect(told.map(({ kind, name }) => `${kind} ${path.basename(name.split(': ').at(-1)!)}`)).toEqual(
      expect.arrayContaining([
        'files old.txt',
        'leftovers job_exe_1',
        `identities ${idOf('unused')}`,
        `attempts ${uuid('1')}`,
        `attempts .seedbed-${uuid('2')}`,
        'partials .seedbed-12-1-kx3',
        'partials note',
        `cache ${'a'.repeat(64)}`,
        'logs 987654',
      ]),
    );
    expect(await there()).toEqual(before);
    expect(await identities()).toHaveLength(3);
  });

  it('removes just that', async () => {
    expect((await collect(false)).collected).toEqual(all);
    expect(await there()).toEqual([...stays].sort());
    expect((await identities()).sort()).toEqual([idOf('young'), idOf('used')].sort());
    const { collected } = await collect(false);
    expect(Object.values(collected)).toEqual(Object.keys(all).map(() => ({ count: 0, bytes: 0 })));
  });

  it('leaves alone what a process that runs may have made', async () => {
    const { collected } = await collect(false, { before: Date.now() - 60_000 });
    expect(collected).toMatchObject({ attempts: { count: 0 }, partials: { count: 0 }, cache: { count: 0 } });
    const left = await there();
    expect(left).toContain(path.join(files.root, 'deep', '.seedbed-12-1-kx3'));
    expect(left).toContain(path.join(attempts(), uuid('1'), 'out', 'left.bin'));
    const unknown = await collect(false, { before: undefined });
    expect(unknown.collected).toMatchObject({ attempts: { count: 0 }, partials: { count: 0 } });
  });

  it('goes on where it was killed', async () => {
    let removed = 0;
    for (let dies = true; dies;) {
      const tell = () => {
        removed += 1;
        throw new Error('killed');
      };
      dies = await collectGarbage(world, { dryRun: false, tell }).then(
        () => false,
        () => true,
      );
    }
    expect(removed).toBe(11);
    expect(await there()).toEqual([...stays].sort());
  });

  it('takes nothing back that is needed by now', async () => {
    const tell = async ({ kind }: Garbage) => {
      // Between the look and the removal, both get what needs them.
      if (kind !== 'leftovers') return;
      await db.query(`update job_exe set output_id = decode($1, 'hex') where id = $2`, [
        idOf('unused'),
        over,
      ]);
      await db.query(
        `insert into scale_file (uuid, version_id, workspace_id, file_path, file_name, file_type, media_type, file_size, sha256)
        values ('x', gen_random_uuid(), $1, 'other', 'other', 'SOURCE', 'x/y', 6, $2)`,
        [files.workspace.id, 'a'.repeat(64)],
      );
    };
    const { identities: gone, cache } = await collectGarbage(world, { dryRun: false, tell });
    expect([gone.count, cache.count]).toEqual([1, 1]);
    expect(await identities()).toContain(idOf('unused'));
    await db.query(`delete from scale_file where file_path = 'other'`);
  });
});

describe('beforeAllOf', () => {
  it('is before any process that is connected', async () => {
    const before = await beforeAllOf(db);
    expect(before).toBeLessThan(Date.now());
    const [row] = await db.query<{ first: string }>(
      `select min(backend_start) as first from pg_stat_activity where datname = current_database()`,
    );
    expect(before).toBeLessThanOrEqual(Date.parse(row!.first));
  });
});
