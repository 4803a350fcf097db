import { createHash } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { filesBelow, IngestWorld, until } from './support/ingest-engine-world.ts';
import { programArguments } from './support/programs.ts';

/** `npm run test:ingest` has 10,000. */
const count = Number(process.env.SEEDBED_INGEST_FILES ?? 1000);
const limit = 120_000 + count * 60;

let world: IngestWorld;
const children = new Set<ChildProcess>();
beforeEach(async () => {
  world = await IngestWorld.open();
  await world.recipeType('detect');
});
afterEach(async () => {
  for (const child of children) await kill(child);
  await world.close();
});

/** A process that ingests. @param dieAt `<step>:<n>`: it kills itself there */
async function start(dieAt = ''): Promise<ChildProcess> {
  const child = spawn(process.execPath, programArguments('support/strike-process'), {
    env: {
      ...process.env,
      ...{
        DATABASE_URL: named(world.url),
        SEED_HOME: world.directory,
        SEED_TEST_DIE_AT: dieAt,
        NODE_OPTIONS: '',
      },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  child.once('close', () => children.delete(child));
  await Promise.race([once(child.stdout!, 'data'), once(child, 'close')]);
  return child;
}

function named(url: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}application_name=${childName}`;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'close');
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await ended;
  }
}

/** By which the connections of the processes are known from those of the test. */
const childName = 'ingesting';

const contentOf = (name: string) => `content of ${name}\n`;
const nameOf = (number: number) => `scene-${String(number).padStart(5, '0')}.tif`;

/** Sends a file as transfers do: under its suffix first. */
async function send(root: string, name: string, content = contentOf(name)): Promise<void> {
  await writeFile(path.join(root, `${name}_tmp`), content);
  await rename(path.join(root, `${name}_tmp`), path.join(root, name));
}

async function endedCount(): Promise<number> {
  const [row] = await world.db.query<{ n: number }>(
    `select count(*)::int as n from ingest where status in ('INGESTED', 'DUPLICATE', 'DEFERRED')`,
  );
  return row!.n;
}

/** Some of those of the processes, be they of the pool or the one that holds the locks. */
async function cutConnections(): Promise<void> {
  await world.db.query(
    `select pg_terminate_backend(pid) from (
       select pid from pg_stat_activity where datname = current_database() and application_name = $1
       order by random() limit 3) as chosen`,
    [childName],
  );
}

interface Catalogued {
  readonly id: number;
  readonly path: string;
  readonly sha256: string;
  readonly file_stat: string;
}

/** Each file is catalogued once, stands in one place with its content, and has started its recipe once. */
async function expectExactlyOnce(arrivals: string, scenes: string, names: readonly string[]): Promise<void> {
  const date = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  const files = await world.db.query<Catalogued>(
    'select id, file_path as path, sha256, file_stat from scale_file order by file_path',
  );
  expect(files.map((file) => path.basename(file.path))).toEqual([...names].sort());
  expect(files.map(({ sha256 }) => sha256)).toEqual(
    files.map((file) =>
      createHash('sha256')
        .update(contentOf(path.basename(file.path)))
        .digest('hex'),
    ),
  );
  // A run over midnight has two directories.
  const isWhole = (name: string) => !path.basename(name).startsWith('.seedbed-');
  expect((await filesBelow(scenes)).filter(isWhole)).toEqual(files.map((file) => file.path));
  expect(files.at(-1)!.path).toContain(`in/${date.slice(0, 8)}`);
  for (const file of files.slice(0, 50))
    expect(await readFile(path.join(scenes, file.path), 'utf8')).toBe(contentOf(path.basename(file.path)));
  const recipes = await world.db.query<{ file: number; runs: number }>(
    `select input_file_id as file, count(*)::int as runs from recipe_input_file group by 1 order by 1`,
  );
  expect(recipes).toEqual(files.map(({ id }) => ({ file: id, runs: 1 })).sort((a, b) => a.file - b.file));
  const rows = await world.db.query(
    `select status, count(*)::int as n, count(distinct source_file_id)::int as files, count(distinct recipe_id)::int as recipes
     from ingest where status <> 'DEFERRED' group by 1`,
  );
  const all = names.length;
  expect(rows).toEqual([{ status: 'INGESTED', n: all, files: all, recipes: all }]);
  const [jobs] = await world.db.query<{ n: number }>('select count(*)::int as n from job');
  expect(jobs!.n).toBe(all);
  expect((await filesBelow(arrivals)).filter((name) => !name.startsWith('deferred/'))).toEqual([]);
}

async function strikeWorld(disk?: string): Promise<{ arrivals: string; scenes: string }> {
  const { root: arrivals } = await world.workspace('arrivals');
  const { root: scenes } = await world.workspace('scenes', disk);
  const rule = { filename_regex: '.*\\.tif', new_workspace: 'scenes', new_file_path: 'in' };
  await world.strike({ workspace: 'arrivals', files_to_ingest: [rule], recipe: { name: 'detect' } });
  return { arrivals, scenes };
}

describe('each file exactly once', () => {
  it.each(['recorded:1', 'aside:1', 'staged:3', 'read:2', 'moved:1', 'moved:4', 'catalogued:1'])(
    'when the process is killed at %s',
    async (dieAt) => {
      const { arrivals, scenes } = await strikeWorld();
      const names = Array.from({ length: 8 }, (_, number) => nameOf(number));
      for (const name of [...names, 'odd']) await send(arrivals, name);
      const first = await start(dieAt);
      if (first.signalCode === null) await once(first, 'close');
      expect(first.signalCode).toBe('SIGKILL');
      await start();
      await until(async () => ((await endedCount()) === 9 ? true : undefined));
      await until(async () => ((await filesBelow(arrivals)).includes('deferred/odd') ? true : undefined));
      await expectExactlyOnce(arrivals, scenes, names);
    },
  );

  it.each(['staged:1', 'moved:1', 'catalogued:1'])(
    'on another disk, when the process is killed at %s',
    async (dieAt) => {
      const { arrivals, scenes } = await strikeWorld('/dev/shm');
      const names = Array.from({ length: 4 }, (_, number) => nameOf(number));
      for (const name of names) await send(arrivals, name);
      const first = await start(dieAt);
      if (first.signalCode === null) await once(first, 'close');
      await start();
      await until(async () => ((await endedCount()) === 4 ? true : undefined));
      await expectExactlyOnce(arrivals, scenes, names);
    },
  );

  it('removes a duplicate whose removal was killed', async () => {
    const { arrivals, scenes } = await strikeWorld();
    const first = await start('catalogued:2');
    await send(arrivals, nameOf(1));
    await until(async () => ((await endedCount()) === 1 ? true : undefined));
    await send(arrivals, nameOf(1));
    if (first.signalCode === null) await once(first, 'close');
    expect(await filesBelow(arrivals)).toEqual([`ingesting/${nameOf(1)}`]);
    await start();
    await until(async () => ((await filesBelow(arrivals)).length === 0 ? true : undefined));
    expect(await filesBelow(scenes)).toHaveLength(1);
    expect(await world.db.query('select from scale_file')).toHaveLength(1);
  });

  it(
    `of ${count} that arrive while processes are killed, two work at once and connections are cut`,
    async () => {
      const { arrivals, scenes } = await strikeWorld();
      const names = Array.from({ length: count }, (_, number) => nameOf(number));
      const running = [await start(), await start()];
      for (let sent = 0, turn = 0; sent < count; turn++) {
        const part = names.slice(sent, sent + 1 + Math.floor((Math.random() * count) / 6));
        sent += part.length;
        const sending = (async () => {
          for (const name of part) await send(arrivals, name);
        })();
        // Somewhere in the midst of what it does.
        await new Promise((go) => setTimeout(go, Math.random() * part.length));
        if (turn % 3 === 2) await cutConnections();
        else {
          await kill(running.shift()!);
          running.push(await start());
        }
        await sending;
      }
      await until(async () => ((await endedCount()) === count ? true : undefined));
      await expectExactlyOnce(arrivals, scenes, names);
    },
    limit,
  );

  it('goes through a workspace once, wherever the scan is killed', async () => {
    const { root: arrivals } = await world.workspace('arrivals');
    const { root: scenes } = await world.workspace('scenes');
    const names = Array.from({ length: 1500 }, (_, number) => nameOf(number));
    await mkdir(path.join(arrivals, 'sub'));
    for (const [at, name] of names.entries())
      await writeFile(path.join(arrivals, at % 2 ? 'sub' : '.', name), contentOf(name));
    const rule = { filename_regex: '.*', new_workspace: 'scenes', new_file_path: 'in' };
    const id = await world.scan('ingest', {
      workspace: 'arrivals',
      files_to_ingest: [rule],
      recipe: { name: 'detect' },
    });
    for (const dieAt of ['recorded:1', 'moved:100', 'read:700', 'catalogued:1', 'moved:333']) {
      const child = await start(dieAt);
      if (child.signalCode === null) await once(child, 'close');
      expect(child.signalCode).toBe('SIGKILL');
    }
    await start();
    const scan = await until(async () => {
      const [row] = await world.db.query('select status, file_count, problem from scan where id = $1', [id]);
      return row!.status === 'COMPLETED' ? row : undefined;
    });
    expect(scan).toMatchObject({ problem: null });
    await expectExactlyOnce(arrivals, scenes, names);
  });
});
