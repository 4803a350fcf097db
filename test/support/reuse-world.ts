import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localWorkspace, registerSources } from '../../runtime/catalog/index.ts';
import { readConfig } from '../../runtime/config/index.ts';
import { connect, type Database } from '../../runtime/database/index.ts';
import type { Engine, ExecutionKey, LaunchSpec, Story } from '../../runtime/engine/index.ts';
import { type JobTypeRevision, registerJobType, submit } from '../../runtime/jobs/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { openRuntime, type Runtime } from '../../runtime/scheduler/index.ts';
import { testDatabase } from './database.ts';
import { manifestDocument, testManifest } from './manifest.ts';
import { mixed } from './mixed.ts';
import { type RuntimeProcess, startRuntime } from './runtimes.ts';
import { eventually } from './scheduler.ts';
import { simulatedEngine, simulatedImage } from './simulated.ts';

const parts = {
  name: 'mixes',
  resources: {
    scalar: [
      { name: 'cpus', value: 0.1 },
      { name: 'mem', value: 16 },
    ],
  },
  interface: {
    inputs: {
      files: ['A', 'B', 'C'].map((name) => ({ name, required: false })),
      json: [{ name: 'N', type: 'integer', required: false }],
    },
    settings: [{ name: 'SALT' }, { name: 'PEPPER', secret: true }],
    outputs: { files: [{ name: 'OUT', pattern: 'out.txt' }] },
  },
};

/** How a job came out. */
export interface Outcome {
  readonly id: number;
  readonly status: string;
  readonly tries: number;
  /** Job whose work it took over; null: it did its own. */
  readonly reused: number | null;
  readonly files: readonly number[];
}

/** Jobs whose output is a hash of all that they are given, on a simulated engine that counts how many run. */
export class ReuseWorld {
  readonly db: Database;
  readonly home: string;
  readonly type: JobTypeRevision;
  readonly engine: Engine;
  readonly #runtimes: Runtime[] = [];
  readonly #url: string;
  readonly #drop: () => Promise<void>;
  /** `job_exe.id`s whose containers were launched. */
  readonly launched: number[] = [];
  /** Waited for before each launch. */
  gate: Promise<void> = Promise.resolve();
  /** Changes how executions end. */
  story: (key: ExecutionKey) => Partial<Story> = () => ({});

  private constructor(
    made: Pick<ReuseWorld, 'db' | 'home' | 'type'> & { url: string; drop: () => Promise<void> },
    engine: Engine,
  ) {
    this.db = made.db;
    this.home = made.home;
    this.type = made.type;
    this.#url = made.url;
    this.#drop = made.drop;
    this.engine = new Proxy(engine, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'launch') return (value as () => unknown).bind(target);
        return async (spec: LaunchSpec, key: ExecutionKey, runtime: string) => {
          this.launched.push(key.execution);
          await this.gate;
          return target.launch(spec, key, runtime);
        };
      },
    });
  }

  static async begin(): Promise<ReuseWorld> {
    const test = await testDatabase();
    const home = await realpath(await mkdtemp(path.join(tmpdir(), 'seedbed-reuse-')));
    const db = await connect({ home, databaseUrl: test.url });
    const type = await registerJobType(
      db,
      testManifest(parts),
      manifestDocument(parts),
      simulatedImage,
      'jane',
    );
    const script = (spec: LaunchSpec, key: ExecutionKey) => ({
      outputs: { 'out.txt': mixed(spec) },
      ...world.story(key),
    });
    const world: ReuseWorld = new ReuseWorld(
      { db, home, type, url: test.url, drop: test.drop },
      await simulatedEngine({ cpus: 8, script }),
    );
    return world;
  }

  /** One more process that works off the queue; its node has a name of its own. */
  async start(): Promise<Runtime> {
    const config = readConfig({ SEED_HOME: this.home, DATABASE_URL: this.#url, SEED_SLOTS: '4' });
    const name = `node-${this.#runtimes.length}`;
    const runtime = await openRuntime({
      config,
      logger: createLogger('silent'),
      engines: [{ name, engine: this.engine }],
    });
    this.#runtimes.push(runtime);
    return runtime;
  }

  /** One more in a process of its own, to be killed. Its containers die with it, and are not among `launched`. */
  startProcess(): Promise<RuntimeProcess> {
    const env = { SEED_HOME: this.home, DATABASE_URL: this.#url, SEED_SLOTS: '4' };
    return startRuntime(env, [], 'support/reuse-process');
  }

  /** A file of this machine in the catalogue; all have the same name. */
  async file(content: string, where = path.join(this.home, randomUUID(), 'in.txt')): Promise<number> {
    await mkdir(path.dirname(where), { recursive: true });
    await writeFile(where, content);
    const { size, mtimeNs, ino: inode } = await stat(where, { bigint: true });
    const workspace = await localWorkspace(this.db);
    const [row] = await registerSources(this.db, workspace, [
      { path: where, size: Number(size), mtimeNs, inode },
    ]);
    return row!.id;
  }

  async submit(
    given: { files?: Record<string, number[]>; json?: object; salt?: string; reuse?: boolean } = {},
  ): Promise<number> {
    const { files = {}, json = {}, salt = '', reuse } = given;
    const id = await submit(this.db, {
      type: this.type,
      timeout: 60,
      files,
      json: { ...json },
      configuration: { settings: { SALT: salt, PEPPER: null }, ...(reuse !== undefined && { reuse }) },
      maxTries: 1,
      actor: 'jane',
      resources: { cpus: 0.1, mem: 16, disk: 0 },
    });
    this.wake();
    return id;
  }

  /** Tells the runtimes that there is something to do. */
  wake(): void {
    for (const { scheduler } of this.#runtimes) scheduler.wake();
  }

  /** Submits a job, and waits for its end. */
  async run(given: Parameters<ReuseWorld['submit']>[0] = {}): Promise<Outcome> {
    return this.ended(await this.submit(given));
  }

  async ended(id: number): Promise<Outcome> {
    await eventually(`the end of job ${id}`, async () =>
      ['COMPLETED', 'FAILED', 'CANCELED'].includes((await this.outcome(id)).status),
    );
    return this.outcome(id);
  }

  async outcome(id: number): Promise<Outcome> {
    const [row] = await this.db.query<Outcome>(
      `select j.id, j.status, j.num_exes as tries, x.job_id as reused,
         coalesce((select array_agg(v::text::bigint) from jsonb_array_elements(j.output->'files'->'OUT') v), '{}') as files
       from job j left join job_exe x on x.id = j.reused_job_exe_id where j.id = $1`,
      [id],
    );
    return row!;
  }

  async close(): Promise<void> {
    for (const runtime of this.#runtimes) await runtime.stop();
    this.engine.close();
    await this.db.close();
    await this.#drop();
    await rm(this.home, { recursive: true, force: true });
  }
}
