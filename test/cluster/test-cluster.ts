import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from '../../runtime/client/index.ts';
import { removeTree, until } from '../support/cli-files.ts';
import { freePort } from '../support/ports.ts';

const root = path.join(import.meta.dirname, '../..');
const command = process.env.SEEDBED_TEST_COMPOSE || 'docker-compose';
/** What a checkout holds that Dockerfile and docker-compose.yml name. */
const checkout = [
  ...['Dockerfile', '.dockerignore', 'LICENSE', 'docker-compose.yml', 'package.json', 'package-lock.json'],
  ...['scripts', 'migrations', 'seed-schema', 'runtime', 'sample-jobs'],
];
const image = 'seedbed-test-cluster:1';
const run = promisify(execFile);

/** What `docker inspect` says of a container, as far as tests look at it. */
export interface Inspected {
  readonly State: { readonly Pid: number; readonly Status: string };
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
  readonly HostConfig: { readonly Mounts?: readonly { Type: string; Source: string; Target: string }[] };
}

/** A fresh checkout, and the cluster of its docker-compose.yml, under a name and a port of its own. */
export class TestCluster {
  readonly project: string;
  /** The checkout. */
  readonly directory: string;
  /** Of this machine, at which the service answers. */
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;

  private constructor(directory: string, port: number, env: NodeJS.ProcessEnv) {
    this.directory = directory;
    this.project = path.basename(directory).toLowerCase();
    this.port = port;
    const { DATABASE_URL: _, ...inherited } = process.env;
    this.env = {
      ...inherited,
      COMPOSE_PROJECT_NAME: this.project,
      SEEDBED_PORT: `${port}`,
      SEEDBED_IMAGE: image,
      SEED_PULL: 'never',
      NO_COLOR: '1',
      ...env,
      PATH: `${path.join(directory, '.bin')}:${process.env.PATH}`,
    };
  }

  /** @param env for Compose, besides what keeps tests apart */
  static async open(env: NodeJS.ProcessEnv = {}): Promise<TestCluster> {
    const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-cluster-'));
    const cluster = new TestCluster(directory, await freePort(), env);
    for (const name of checkout)
      await cp(path.join(root, name), path.join(directory, name), { recursive: true });
    // Or what starts would be what was built last time.
    await run('docker', ['rmi', '--force', image]).catch(() => undefined);
    await mkdir(path.join(directory, '.bin'));
    // Pages say `docker compose`, and Debian has it as docker-compose.
    const docker = (await run('which', ['docker'])).stdout.trim();
    const shim = `#!/bin/sh\nif [ "$1" = compose ]; then shift; exec ${command} "$@"; fi\nexec ${docker} "$@"\n`;
    if (command !== 'docker compose')
      await writeFile(path.join(directory, '.bin/docker'), shim, { mode: 0o755 });
    return cluster;
  }

  /** @returns what it printed on standard output. @throws when it fails, with all that it printed */
  async compose(...args: readonly string[]): Promise<string> {
    return this.docker('compose', ...args);
  }

  async docker(...args: readonly string[]): Promise<string> {
    const options = { cwd: this.directory, env: this.env, maxBuffer: 64 * 2 ** 20 };
    return (await run('docker', args, options)).stdout.trim();
  }

  /** A command of the host, against this cluster. */
  async seed(...args: readonly string[]): Promise<string> {
    const env = { ...this.env, SEED_URL: this.#url, SEED_TOKEN: await this.token() };
    return (await run(process.execPath, [path.join(root, 'dist/seed.js'), ...args], { env })).stdout.trim();
  }

  async client(): Promise<Client> {
    return new Client({ url: this.#url, token: await this.token(), source: 'the test' });
  }

  token(): Promise<string> {
    return this.compose('exec', '-T', 'runtime', 'cat', '/secrets/token');
  }

  get #url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The rows of a query, as JSON. */
  async query<Row>(sql: string): Promise<Row[]> {
    const text = `select coalesce(json_agg(row_to_json(q)), '[]') from (${sql}) q`;
    const args = ['exec', '-T', 'db', 'psql', '-U', 'seedbed', '-At', '-c', text];
    return JSON.parse(await this.compose(...args)) as Row[];
  }

  /** The containers of a service, or those with a label. */
  async containers(filter: string): Promise<(Inspected & { readonly Id: string })[]> {
    const ids = (await this.docker('ps', '-aq', '--no-trunc', '--filter', `label=${filter}`)).split('\n');
    const found = ids.filter((id) => id !== '');
    return found.length === 0 ? [] : JSON.parse(await this.docker('inspect', ...found));
  }

  service(name: string): Promise<(Inspected & { readonly Id: string })[]> {
    return this.containers(`com.docker.compose.project=${this.project}`).then((all) =>
      all.filter(({ Config }) => Config.Labels['com.docker.compose.service'] === name),
    );
  }

  async installation(): Promise<string> {
    const [row] = await this.query<{ uuid: string }>('select uuid from installation');
    return row!.uuid;
  }

  /** Where this machine has the directory of the managed workspace. */
  async filesOnHost(): Promise<string> {
    const volume = `${this.project}_files`;
    return path.join(await this.docker('volume', 'inspect', '-f', '{{.Mountpoint}}', volume), 'files');
  }

  /** Waits for jobs to be completed. @throws when one is not, with all that is known of it */
  async completed(...jobs: readonly number[]): Promise<void> {
    const sql = `select id, status from job where status <> 'COMPLETED' and id in (${jobs.join(', ')})`;
    const look = async () => {
      const left = await this.query<{ id: number; status: string }>(sql);
      const lost = left.find(({ status }) => ['FAILED', 'CANCELED'].includes(status));
      if (lost) throw new Error(await this.seed('job', `${lost.id}`));
      return left.length === 0;
    };
    await until(`the jobs ${jobs.join(', ')}`, look, 240);
  }

  /** What is left of the project: containers, volumes, networks. */
  async remains(): Promise<string[]> {
    const filter = ['--filter', `label=com.docker.compose.project=${this.project}`];
    const lists = await Promise.all([
      this.docker('ps', '-aq', ...filter),
      this.docker('volume', 'ls', '-q', ...filter),
      this.docker('network', 'ls', '-q', ...filter),
    ]);
    return lists.flatMap((list) => list.split('\n')).filter((line) => line !== '');
  }

  async close(): Promise<void> {
    await this.compose('down', '--volumes', '--remove-orphans').catch(() => undefined);
    await removeTree(this.directory);
  }
}
