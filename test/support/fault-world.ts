import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { managedWorkspace } from '../../runtime/catalog/index.ts';
import { readConfig } from '../../runtime/config/index.ts';
import { connectLasting, isPassing, type LastingDatabase } from '../../runtime/database/index.ts';
import { createEngine, type Engine } from '../../runtime/engine/index.ts';
import { jobTypeDetails, type JobTypeDetails, requestAction } from '../../runtime/jobs/index.ts';
import { createLogStore } from '../../runtime/logs/index.ts';
import { acceptJob, acceptRecipe, saveJobType } from '../../runtime/scheduler/index.ts';
import { removeTree, until } from './cli-files.ts';
import { type JobDraft, manifestOf } from './cli-jobs.ts';
import { temporaryDirectory } from './database-server.ts';
import { type RuntimeProcess, startRuntime } from './runtimes.ts';

/** A row of `job_exe`, as far as tests of crashes look at it. */
export interface ExecutionLine {
  readonly id: number;
  readonly exe_num: number;
  readonly status: string;
  readonly epoch: number;
  readonly runtime: string;
  readonly attempt_directory: string;
  readonly error: { readonly name: string } | null;
}

export interface WorldOptions {
  readonly databaseUrl: string;
  /** For runtimes, where theirs is another one than ours. */
  readonly runtimeUrl?: string;
  /** DOCKER_HOST; default: that of the tests. */
  readonly engine?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A database, an engine, and runtimes in processes of their own that share them and are killed, cut off and stopped. */
export class FaultWorld {
  readonly home: string;
  readonly db: LastingDatabase;
  readonly engine: Engine;
  readonly env: NodeJS.ProcessEnv;
  readonly runtimes: RuntimeProcess[] = [];
  readonly #config;

  private constructor(home: string, db: LastingDatabase, engine: Engine, env: NodeJS.ProcessEnv) {
    this.home = home;
    this.db = db;
    this.engine = engine;
    this.env = env;
    this.#config = readConfig(env);
  }

  static async open({ databaseUrl, runtimeUrl, engine, env = {} }: WorldOptions): Promise<FaultWorld> {
    const home = await temporaryDirectory();
    const all = {
      SEED_HOME: home,
      SEED_ENGINE_WAIT: '90',
      SEED_STOP_GRACE: '1',
      DATABASE_URL: runtimeUrl ?? databaseUrl,
      ...(engine !== undefined && { DOCKER_HOST: engine }),
      ...env,
    };
    const db = await connectLasting({ home, databaseUrl });
    await managedWorkspace(db, home);
    const ours = { ...process.env, ...all };
    return new FaultWorld(home, db, await createEngine(readConfig(ours), ours), all);
  }

  async start(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<RuntimeProcess> {
    const runtime = await startRuntime({ ...this.env, ...env }, args);
    this.runtimes.push(runtime);
    return runtime;
  }

  /** @param image default: the tests' own */
  async type(draft: JobDraft, image: string, configuration: unknown = {}): Promise<JobTypeDetails> {
    const manifest = manifestOf({ ...draft, resources: { cpus: 0.1, mem: 16, ...draft.resources } });
    await saveJobType(this.db, this.#context(), { manifest, image, configuration, change: {} }, 'tests');
    const { name, jobVersion: version } = manifest.job as { name: string; jobVersion: string };
    return (await jobTypeDetails(this.db, { name, version }))!;
  }

  async submit(
    type: JobTypeDetails,
    input: { files?: Record<string, number[]>; json?: object } = {},
    dedupeKey?: string,
  ): Promise<number> {
    const request = { type, input: { files: {}, json: {}, ...input }, dedupeKey };
    const { id } = await acceptJob(this.db, this.#context(), request, 'tests');
    this.db.notify('queue');
    return id;
  }

  async submitRecipe(
    typeId: number,
    input: { files?: Record<string, number[]>; json?: object },
  ): Promise<number> {
    const request = { typeId, input: { files: {}, json: {}, ...input } };
    const { id } = await acceptRecipe(this.db, this.#context(), request, 'tests');
    this.db.notify('queue');
    return id;
  }

  async cancel(jobIds: number[]): Promise<void> {
    await requestAction(this.db, { kind: 'cancel', filter: { jobIds }, actor: 'tests' });
    this.db.notify('actions');
  }

  /** A query that outlives a database that is away. */
  async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return until('an answer of the database', () =>
      this.db.query<Row>(sql, values).catch((thrown: unknown) => {
        if (!isPassing(thrown)) throw thrown;
        return undefined;
      }),
    );
  }

  async executions(job: number): Promise<ExecutionLine[]> {
    return this.query('select * from job_exe where job_id = $1 order by exe_num', [job]);
  }

  async execution(job: number): Promise<ExecutionLine | undefined> {
    return (await this.executions(job)).at(-1);
  }

  /** Waits until a job is over. @returns its state, and the error of its last execution */
  async ended(job: number, seconds = 120): Promise<{ status: string; error: string | null }> {
    return until(
      `the end of job ${job}\n${this.logs()}`,
      async () => {
        const [row] = await this.query<{ status: string; error: { name: string } | null }>(
          'select status, error from job where id = $1',
          [job],
        );
        if (['QUEUED', 'RUNNING', 'PENDING'].includes(row!.status)) return undefined;
        return { status: row!.status, error: row!.error?.name ?? null };
      },
      seconds,
    );
  }

  /** A file that a running job has written to its OUTPUT_DIR, wherever adopters put that. */
  async outputOf(job: number, name: string): Promise<string> {
    return until(`${name} of job ${job}\n${this.logs()}`, async () => {
      const execution = await this.execution(job);
      if (execution?.status !== 'RUNNING') return undefined;
      const entries: string[] = await readdir(execution.attempt_directory).catch(() => []);
      for (const output of entries.filter((entry) => entry.startsWith('output'))) {
        const directory = path.join(execution.attempt_directory, output);
        const names: string[] = await readdir(directory).catch(() => []);
        if (names.includes(name)) return path.join(directory, name);
      }
      return undefined;
    });
  }

  /** Lets a job go on that waits for a file of that name beside `ready`. */
  async release(job: number): Promise<void> {
    await until('the release of the job', async () => {
      const ready = await this.outputOf(job, 'ready');
      return writeFile(path.join(path.dirname(ready), 'go'), '').then(
        () => true,
        () => undefined, // an adopter gave the directory another name
      );
    });
  }

  /** Its events, the first one first. */
  async events(job: number): Promise<string[]> {
    const rows = await this.query<{ kind: string }>(
      `select kind from event where entity = 'job' and entity_id = $1 order by id`,
      [job],
    );
    return rows.map(({ kind }) => kind);
  }

  /** The files that a job's executions brought into the catalogue. */
  async products(job: number): Promise<{ file_name: string; path: string; sha256: string }[]> {
    return this.query(
      `select f.file_name, w.json_config #>> '{broker,host_path}' || '/' || f.file_path as path, f.sha256
       from scale_file f join workspace w on w.id = f.workspace_id where f.job_id = $1 order by 1`,
      [job],
    );
  }

  async logOf(execution: number): Promise<string> {
    const directory = path.join(this.home, 'logs', this.db.installation);
    const store = createLogStore({ directory, ...this.#config.logs });
    let text = '';
    for await (const { data } of store.read(execution, 'stdout')) text += data.toString();
    return text;
  }

  /** Waits until nothing is left over: containers besides the holders of those that live, attempts, slots, leases. */
  async clear(): Promise<void> {
    await until(
      `nothing to be left over\n${this.logs()}`,
      async () => (await this.leftOver()).length === 0,
      90,
    );
  }

  /** What executions that are over left behind. */
  async leftOver(): Promise<string[]> {
    const containers = await this.engine.list(this.db.installation);
    const slots = await this.query('select 1 from slot where job_exe_id is not null');
    const attempts = await readdir(path.join(this.home, 'files/.seedbed', this.db.installation)).catch(
      () => [],
    );
    return [
      ...containers.map(({ key, state }) => `container of execution ${key.execution} (${state})`),
      ...slots.map(() => 'a slot'),
      ...attempts.map((name) => `attempt ${name}`),
    ];
  }

  logs(): string {
    return this.runtimes.map(({ pid, log }) => `--- runtime ${pid}\n${log()}`).join('\n');
  }

  async close(): Promise<void> {
    for (const runtime of this.runtimes) {
      await runtime.kill('SIGCONT');
      await runtime.kill('SIGKILL');
    }
    for (const { key } of await this.engine.list(this.db.installation)) await this.engine.remove(key);
    await this.engine.removeHelpers(this.db.installation, async (runtimes) => runtimes);
    this.engine.close();
    await this.db.close();
    await removeTree(this.home);
  }

  #context() {
    return { config: this.#config, engineSockets: [] };
  }
}
