import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = path.dirname(fileURLToPath(import.meta.url));
const cache = path.resolve(here, '../../.cache');

/** What a client process says first. */
export interface Hello {
  readonly installation?: string;
  readonly runtime?: string;
  /** Whether it has loaded knex. */
  readonly knex?: boolean;
  readonly error?: string;
  readonly message?: string;
}

export interface ClientProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Its next line. */
  next(): Promise<Record<string, unknown>>;
  /** Lets it leave, and waits for its end. */
  leave(): Promise<void>;
  kill(): Promise<void>;
}

export interface StartOptions {
  readonly uid?: number;
  readonly gid?: number;
  /** Shell commands to run before it in namespaces of its own, as `unshare` makes them; needs root. */
  readonly unshared?: string;
}

export interface ClientProgram {
  /** Starts it; `next()` is then who it is, or its error. */
  start(environment: NodeJS.ProcessEnv, options?: StartOptions): ClientProcess;
  remove(): Promise<void>;
}

/** Bundles `database-client.ts`, as the commands are bundled: it starts in 0.1 s instead of 0.5 s. */
export async function buildClient(): Promise<ClientProgram> {
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(path.join(cache, 'seedbed-test-'));
  await chmod(directory, 0o755);
  const program = path.join(directory, 'client.mjs');
  await promisify(execFile)(createRequire(import.meta.url).resolve('esbuild/bin/esbuild'), [
    path.join(here, 'database-client.ts'),
    `--outfile=${program}`,
    ...['--bundle', '--packages=external', '--platform=node', '--format=esm', '--log-level=error'],
  ]);
  return {
    start: (environment, options = {}) => startClient(program, environment, options),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

function startClient(
  program: string,
  environment: NodeJS.ProcessEnv,
  { unshared, ...user }: StartOptions,
): ClientProcess {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const command = [process.execPath, program];
  const words =
    unshared === undefined
      ? command
      : ['unshare', '-m', 'sh', '-ec', `${unshared}\nexec "$0" "$1"`, ...command];
  const child = spawn(words[0]!, words.slice(1), {
    cwd: '/',
    env: { ...inherited, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true, // a process group of its own, like a terminal's job
    ...user,
  });
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return {
    child,
    pid: child.pid!,
    next: async () => {
      const { value, done } = (await lines.next()) as IteratorResult<string>;
      if (done) throw new Error('The client ended without a word');
      return JSON.parse(value) as Record<string, unknown>;
    },
    leave: async () => {
      child.stdin!.end();
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
