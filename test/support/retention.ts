import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database, Queries } from '../../runtime/database/index.ts';
import { fileStat, registerProducts, registerSources, type SeenFile } from '../../runtime/catalog/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { sweep } from '../../runtime/retention/index.ts';
import { HostWorkspace, type LocalWorkspace, type Workspace } from '../../runtime/workspace/index.ts';
import { sha256 } from './cli-files.ts';

/** Dies at the n-th thing that is done, and does nothing from then on; never with `Infinity`. */
export class Mortal {
  left: number;
  done = 0;

  constructor(left = Infinity) {
    this.left = left;
  }

  live(): void {
    if (this.done >= this.left) throw new Error('killed');
    this.done += 1;
  }

  get isDead(): boolean {
    return this.done >= this.left;
  }

  database(db: Database): Pick<Database, 'transaction' | 'notify' | 'listen'> {
    return {
      notify: (topic) => db.notify(topic),
      listen: (hear) => db.listen(hear),
      transaction: (work) => db.transaction((tx) => work(this.queries(tx))),
    };
  }

  queries(tx: Queries): Queries {
    const each =
      <Args extends unknown[], Value>(run: (...args: Args) => Promise<Value>) =>
      async (...args: Args) => {
        this.live();
        return run(...args);
      };
    return { query: each(tx.query), prepared: each(tx.prepared), execute: each(tx.execute) } as Queries;
  }

  /** Dies before or after it touches a file. */
  workspace(workspace: Workspace): Workspace {
    return new Proxy(workspace, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target) as unknown;
        if (typeof value !== 'function') return value;
        const run = (value as (...args: unknown[]) => unknown).bind(target);
        if (name !== 'delete' && name !== 'stat') return run;
        return async (...args: unknown[]) => {
          this.live();
          const result = await run(...args);
          this.live();
          return result;
        };
      },
    });
  }
}

async function workspaceAt(db: Database, name: string, root: string): Promise<HostWorkspace> {
  const configuration = { version: '7', broker: { type: 'host', host_path: root } };
  const [row] = await db.query<{ id: number }>(
    'insert into workspace (name, title, json_config) values ($1, $1, $2) returning id',
    [name, configuration],
  );
  return new HostWorkspace({ id: row!.id, name, root });
}

/** A workspace of a directory of its own, with files that are really there. */
export class TestFiles {
  readonly workspace: LocalWorkspace;
  readonly root: string;
  readonly #db: Database;
  readonly #inner: LocalWorkspace[] = [];

  private constructor(db: Database, workspace: LocalWorkspace, root: string) {
    this.#db = db;
    this.workspace = workspace;
    this.root = root;
  }

  /** @param name of the workspace */
  static async open(db: Database, name: string = `w-${randomUUID()}`): Promise<TestFiles> {
    const root = await realpath(await mkdtemp(path.join(tmpdir(), 'seedbed-retention-')));
    return new TestFiles(db, await workspaceAt(db, name, root), root);
  }

  /** Another workspace, of a directory inside this one. */
  async inner(directory: string): Promise<LocalWorkspace> {
    const inner = await workspaceAt(this.#db, `w-${randomUUID()}`, path.join(this.root, directory));
    this.#inner.push(inner);
    return inner;
  }

  async write(filePath: string, content: string): Promise<SeenFile & { sha256: string }> {
    const absolute = path.join(this.root, filePath);
    await mkdir(path.dirname(absolute), { recursive: true });
    await writeFile(absolute, content);
    return { ...(await this.seen(filePath)), sha256: sha256(Buffer.from(content)) };
  }

  /** A file as it stands. */
  async seen(filePath: string): Promise<SeenFile> {
    const absolute = path.join(this.root, filePath);
    const { size, mtimeNs, ino } = await stat(absolute, { bigint: true });
    return { path: absolute, size: Number(size), mtimeNs, inode: ino };
  }

  /** @returns `scale_file.id` */
  async source(filePath: string, tags: readonly string[] = [], content: string = filePath): Promise<number> {
    const file = await this.write(filePath, content);
    const [row] = await registerSources(this.#db, this.workspace, [file]);
    await this.#db.query('update scale_file set data_type_tags = $2, sha256 = $3 where id = $1', [
      row!.id,
      tags,
      file.sha256,
    ]);
    return row!.id;
  }

  /** A product of an execution of a job, made of these files. */
  async product(jobId: number, from: readonly number[], name: string): Promise<number> {
    const [exe] = await this.#db.query<{ id: number; type: number }>(
      'select id, job_type_id as type from job_exe where job_id = $1 order by id desc limit 1',
      [jobId],
    );
    const file = await this.write(`jobs/job_exe_${exe!.id}/deep/${name}`, name);
    const inputs = await this.#db.query<{ id: number }>('select * from scale_file where id = any($1)', [
      from,
    ]);
    const [id] = await registerProducts(
      this.#db,
      this.workspace,
      { jobTypeId: exe!.type, jobId, jobExeId: exe!.id },
      inputs as never,
      [
        {
          filePath: `jobs/job_exe_${exe!.id}/deep/${name}`,
          size: file.size,
          version: fileStat(file),
          sha256: file.sha256,
          fileName: name,
          mediaType: 'text/plain',
          output: 'OUT',
          uuid: randomUUID().replaceAll('-', ''),
          metadata: null,
        },
      ],
    );
    return id!;
  }

  /** What is on the disk, sorted. */
  async there(): Promise<string[]> {
    const entries = await readdir(this.root, { recursive: true });
    return entries.sort();
  }

  /** Sweeps once, as often as it takes. */
  async sweep(mortal = new Mortal()): Promise<number> {
    return sweep({
      db: mortal.database(this.#db),
      logger: createLogger('silent'),
      open: async (id) => {
        const found = [this.workspace, ...this.#inner].find((workspace) => workspace.id === id);
        return found && mortal.workspace(found);
      },
    });
  }
}
