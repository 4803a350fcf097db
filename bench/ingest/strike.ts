import { createHash } from 'node:crypto';
import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { readConfig } from '../../runtime/config/index.ts';
import { connectLasting, type LastingDatabase } from '../../runtime/database/index.ts';
import { startIngest } from '../../runtime/ingest/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { mapInParallel } from '../../runtime/workspace/index.ts';
import { benchServer } from '../scheduler/server.ts';
import type { Bench } from '../support/bench.ts';
import { mark, table } from '../support/table.ts';

const fileBytes = 4096;

/** How many files a second a strike takes from a directory: a backlog of small ones, each read, moved twice and catalogued. */
export async function strikePart(bench: Bench, files: number): Promise<void> {
  const server = await benchServer(bench);
  const db = await connectLasting(
    { home: '', databaseUrl: await server.database('strike') },
    { poolSize: 8 },
  );
  bench.ending.undo(() => db.close());
  const rows: string[][] = [];
  for (const [name, rule] of [
    ['left in ingesting/', {}],
    ['moved on', { new_file_path: 'scenes' }],
    ['moved to another workspace', { new_file_path: 'scenes', new_workspace: 'other' }],
  ] as const) {
    const { rate, cpu } = await measured(bench, db, files, name.replaceAll(/\W/g, ''), rule, () =>
      server.settle(),
    );
    const budget = name === 'moved on' ? `≥ 2,000 ${mark(rate >= 2000)}` : '';
    rows.push([name, Math.round(rate).toLocaleString('en'), budget, cpu.toFixed(2)]);
  }
  console.log(`\n## ${files.toLocaleString('en')} files of ${fileBytes / 1024} KiB by a strike\n`);
  console.log(`${table(['', 'files/s', 'budget', 'processor ms a file'], rows)}\n`);
}

/** @returns files a second, and this process's processor time for one, milliseconds */
async function measured(
  { directory, ending }: Bench,
  db: LastingDatabase,
  files: number,
  name: string,
  rule: object,
  settle: () => Promise<void>,
): Promise<{ readonly rate: number; readonly cpu: number }> {
  const root = path.join(directory, name);
  await workspace(db, name, root);
  await workspace(db, 'other', path.join(directory, 'other'));
  await fill(root, files, name);
  await settle();
  let done = 0;
  const told = new EventEmitter();
  const ingest = startIngest({
    db,
    config: readConfig({ SEED_HOME: directory }),
    logger: createLogger('error'),
    observer: {
      ended: (count) => {
        done += count;
        if (done >= files) told.emit('all');
      },
      failed: () => told.emit('error', new Error('files could not be ingested')),
    },
  });
  try {
    const begun = performance.now();
    const before = process.cpuUsage();
    const all = once(told, 'all', { signal: ending.signal });
    await db.query('insert into strike (name, configuration) values ($1, $2)', [
      name,
      {
        workspace: name,
        monitor: { type: 'dir-watcher' },
        files_to_ingest: [{ filename_regex: '.*\\.tif', data_types: ['scene'], ...rule }],
      },
    ]);
    db.notify('ingest');
    await all;
    const { user, system } = process.cpuUsage(before);
    return { rate: (files * 1000) / (performance.now() - begun), cpu: (user + system) / 1000 / files };
  } finally {
    await ingest.stop();
    await db.query('update strike set is_active = false');
  }
}

async function workspace(db: LastingDatabase, name: string, root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  await db.query('insert into workspace (name, json_config) values ($1, $2) on conflict do nothing', [
    name,
    { version: '7', broker: { type: 'host', host_path: root } },
  ]);
}

/** Files that were complete an hour ago. */
async function fill(root: string, files: number, salt: string): Promise<void> {
  const then = new Date(Date.now() - 3_600_000);
  await mapInParallel(
    Array.from({ length: files }, (_, at) => at),
    16,
    async (at) => {
      const file = path.join(root, `.scene-${at}.tif`);
      const content = Buffer.alloc(fileBytes, createHash('sha256').update(`${salt} ${at}`).digest());
      await writeFile(file, content);
      await utimes(file, then, then);
      await rename(file, path.join(root, `scene-${at}.tif`));
    },
  );
}
