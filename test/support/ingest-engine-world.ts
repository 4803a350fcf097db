import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfig } from '../../runtime/config/index.ts';
import { connectLasting, type LastingDatabase } from '../../runtime/database/index.ts';
import { type Ingest, type IngestOptions, startIngest } from '../../runtime/ingest/engine/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import type { ScanConfiguration, StrikeConfiguration } from '../../seed-schema/index.ts';
import { testDatabase } from './database.ts';
import { quickTiming } from './strike-timing.ts';
import { jobNode, TestRecipes } from './recipes.ts';

/** What became of a file, as its row says. */
export interface SeenIngest {
  readonly id: number;
  readonly file_name: string;
  readonly file_path: string;
  readonly status: string;
  readonly reason: string | null;
  readonly tries: number;
  readonly file_size: number | null;
  readonly bytes_transferred: number | null;
  readonly data_type_tags: readonly string[];
  readonly sha256: string | null;
  readonly new_file_path: string | null;
  readonly source_file_id: number | null;
  readonly recipe_id: number | null;
  readonly transfer_started: string | null;
  readonly transfer_ended: string | null;
  readonly ingest_started: string | null;
  readonly ingest_ended: string | null;
}

/** A database, directories that are workspaces, strikes and scans in it, and processes that work at them. */
export class IngestWorld {
  readonly url: string;
  readonly db: LastingDatabase;
  /** Absolute. */
  readonly directory: string;
  readonly #drop: () => Promise<void>;
  readonly #running: Ingest[] = [];
  readonly #directories: string[];

  private constructor(url: string, db: LastingDatabase, directory: string, drop: () => Promise<void>) {
    this.url = url;
    this.db = db;
    this.directory = directory;
    this.#drop = drop;
    this.#directories = [directory];
  }

  static async open(): Promise<IngestWorld> {
    const test = await testDatabase();
    const db = await connectLasting({ home: '', databaseUrl: test.url });
    const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
    return new IngestWorld(test.url, db, directory, test.drop);
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.map((one) => one.stop()));
    await this.db.close();
    await this.#drop();
    for (const one of this.#directories) await rm(one, { recursive: true });
  }

  /** @param disk a directory of another disk @returns its absolute root */
  async workspace(name: string, disk?: string): Promise<{ id: number; root: string }> {
    const root = path.join(disk ? await mkdtemp(path.join(disk, 'seedbed-test-')) : this.directory, name);
    if (disk) this.#directories.push(path.dirname(root));
    await mkdir(root, { recursive: true });
    const [row] = await this.db.query<{ id: number }>(
      'insert into workspace (name, json_config) values ($1, $2) returning id',
      [name, { version: '7', broker: { type: 'host', host_path: root } }],
    );
    return { id: row!.id, root };
  }

  async strike(
    configuration: Partial<StrikeConfiguration> & { readonly workspace: string },
  ): Promise<number> {
    const [row] = await this.db.query<{ id: number }>(
      'insert into strike (name, configuration) values ($1, $2) returning id',
      [
        randomUUID(),
        { monitor: { type: 'dir-watcher' }, files_to_ingest: [{ filename_regex: '.*' }], ...configuration },
      ],
    );
    this.db.notify('ingest');
    return row!.id;
  }

  async scan(
    phase: 'dry_run' | 'ingest',
    configuration: Partial<ScanConfiguration> & { readonly workspace: string },
  ): Promise<number> {
    const [row] = await this.db.query<{ id: number }>(
      `insert into scan (name, configuration, phase, status, requested) values ($1, $2, $3, 'QUEUED', now()) returning id`,
      [
        randomUUID(),
        { scanner: { type: 'dir' }, files_to_ingest: [{ filename_regex: '.*' }], ...configuration },
        phase,
      ],
    );
    this.db.notify('ingest');
    return row!.id;
  }

  /** A recipe type with one job, which nobody runs. */
  async recipeType(name: string): Promise<void> {
    const recipes = new TestRecipes(this.db);
    const job = await recipes.jobType(`${name}-job`);
    const file = { name: 'SCENE', media_types: [], required: true, multiple: false };
    await recipes.recipeType(name, { only: jobNode(job) }, {}, { files: [file], json: [] });
  }

  /** Begins to work at what there is, in this process. */
  start(options: Partial<IngestOptions> = {}): Ingest {
    const ingest = startIngest({
      db: this.db,
      config: readConfig({ SEED_HOME: this.directory }),
      logger: createLogger('silent'),
      ...options,
      timing: { ...quickTiming, ...options.timing },
    });
    this.#running.push(ingest);
    return ingest;
  }

  ingests(): Promise<SeenIngest[]> {
    return this.db.query<SeenIngest>('select * from ingest order by id');
  }

  /** Waits until there are so many rows of these states, and none that is in hand. */
  ended(count: number): Promise<SeenIngest[]> {
    return until(async () => {
      const rows = await this.ingests();
      const open = ['TRANSFERRING', 'TRANSFERRED', 'QUEUED', 'INGESTING'];
      return rows.length >= count && !rows.some(({ status }) => open.includes(status)) ? rows : undefined;
    });
  }
}

/** Asks again and again; a test that waits in vain ends by its own limit. */
export async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await delay(10);
  }
}

/** Files below a directory, sorted. */
export async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((one) => one.isFile())
    .map((one) => path.relative(directory, path.join(one.parentPath, one.name)))
    .sort();
}
