import { afterAll, beforeAll } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Database } from '../../runtime/database/index.ts';
import { resultValidator, type ResultDocument } from '../../seed-schema/index.ts';
import { temporaryDirectory } from './database-server.ts';
import { testDatabase, testHome } from './database.ts';
import { removeTree } from './cli-files.ts';

/** The bundled commands; SEEDBED_TEST_DIST names another build. */
const dist =
  process.env.SEEDBED_TEST_DIST || path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../dist');

/** How a command ended, and all that it printed. */
export interface Ended {
  readonly exit: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it has printed so far. */
  readonly printed: { stdout: string; stderr: string };
  readonly ended: Promise<Ended>;
}

/** A run of `seed-run --format json`: its document, and where its outputs are. */
export interface Run extends Ended {
  readonly document: ResultDocument;
  /** The directory given with -o. */
  readonly out: string;
}

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Runs as somebody else; tests that use it need root. */
  readonly user?: { readonly uid: number; readonly gid: number; readonly groups: readonly number[] };
}

/**
 * Seedbed as a user has it: the bundled commands as processes of their own, with a SEED_HOME and a database that only
 * this test file uses. The database is the embedded one, or a database of the tests' server when that is the oldest
 * Postgres that is supported (SEED_TEST_POSTGRES=14).
 */
export class Installation {
  readonly home: string;
  /** What differs from the environment of the tests. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly #remove: () => Promise<void>;
  readonly #first: (() => Promise<unknown>)[] = [];
  #root: Promise<string> | undefined;
  #database: Promise<Database> | undefined;

  private constructor(home: string, env: NodeJS.ProcessEnv, remove: () => Promise<void>) {
    this.home = home;
    this.env = env;
    this.#remove = remove;
  }

  static async open(): Promise<Installation> {
    const home = await testHome();
    if (process.env.SEED_TEST_POSTGRES !== '14')
      return new Installation(home.home, { SEED_HOME: home.home }, home.remove);
    const database = await testDatabase();
    return new Installation(home.home, { SEED_HOME: home.home, DATABASE_URL: database.url }, async () => {
      await database.drop();
      await home.remove();
    });
  }

  /** A new directory that every user may enter. */
  async directory(): Promise<string> {
    this.#root ??= temporaryDirectory();
    const directory = await mkdtemp(path.join(await this.#root, 'd-'));
    await chmod(directory, 0o755);
    return directory;
  }

  /** Starts `seed-run`, or `seed` where the first argument is one of its commands. */
  start(args: readonly string[], { env, cwd = '/', user }: CommandOptions = {}): Running {
    return startCommand(commandLine(args), {
      env: { ...this.env, ...env },
      cwd,
      ...(user && { user }),
    });
  }

  run(args: readonly string[], options?: CommandOptions): Promise<Ended> {
    return this.start(args, options).ended;
  }

  /**
   * `seed-run --format json`, into a new directory unless the arguments name one; the document is held to its schema.
   * The database is kept running meanwhile, since a test file has many runs.
   */
  async seedRun(args: readonly string[], options?: CommandOptions): Promise<Run> {
    await this.database();
    const given = args.indexOf('-o');
    const out = given < 0 ? path.join(await this.directory(), 'out') : args[given + 1]!;
    const full = [...args, ...(given < 0 ? ['-o', out] : []), '--format', 'json'];
    const ended = await this.run(full, options);
    return { ...ended, out, document: resultIn(ended) };
  }

  /** The connection that keeps an eye on what the commands write; its process is one more that lives. */
  database(): Promise<Database> {
    this.#database ??= connect({ home: this.home, databaseUrl: this.env.DATABASE_URL });
    return this.#database;
  }

  async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.database()).query<Row>(sql, values);
  }

  /** Ends what works on this installation, before anything is taken from under it: it would make a database anew. */
  beforeClose(end: () => Promise<unknown>): void {
    this.#first.push(end);
  }

  async close(): Promise<void> {
    for (const end of this.#first) await end();
    await this.#database?.then(
      (database) => database.close(),
      () => undefined,
    );
    await this.#remove();
    if (this.#root) await removeTree(await this.#root);
  }
}

/**
 * The installation of a test file: opened and its database started before the tests, closed after them. In hooks, since
 * jest lets nothing be imported between concurrent tests, and the first connection loads the migrations' library.
 */
export function testInstallation(): Promise<Installation> {
  const opened = Installation.open();
  beforeAll(async () => {
    await (await opened).database();
  });
  afterAll(async () => (await opened).close());
  return opened;
}

/** The program and arguments of `seed` where the first argument is one of its commands, else of `seed-run`. */
export function commandLine(args: readonly string[]): string[] {
  const isSeed = seedCommands.has(args[0] ?? '');
  return [process.execPath, path.join(dist, isSeed ? 'seed.js' : 'seed-run.js'), ...args];
}

/** `biuld` is a slip of the pen. */
const seedCommands = new Set([
  ...['get', 'purge', 'retention', 'provenance', 'reproduce', 'gc'],
  ...[
    '--help',
    '--version',
    'help',
    'version',
    'biuld',
    'init',
    'validate',
    'build',
    'run',
    'batch',
    'list',
    'inspect',
  ],
  ...[
    'search',
    'pull',
    'publish',
    'unpublish',
    'spec',
    'convert',
    'doctor',
    'files',
    'completion',
    'ingest',
    'import-scale',
  ],
  ...[
    'serve',
    'submit',
    'submit-recipe',
    'jobs',
    'job',
    'logs',
    'why',
    'recipe',
    'recipes',
    'report',
    'cancel',
    'requeue',
    'reprocess',
    'nodes',
    'types',
    'users',
    'tokens',
    'strikes',
    'scans',
    'datasets',
    'schedules',
    'ingests',
    'recipe-types',
    'recipe-type',
    'save-recipe-type',
  ],
]);

/** The result document that a command printed: all of its standard output, and valid by its schema. */
export function resultIn({ stdout, stderr, exit }: Ended): ResultDocument {
  let document: unknown;
  try {
    document = JSON.parse(stdout);
  } catch {
    throw new Error(`no JSON document on standard output (exit ${exit}):\n${stdout}\n${stderr}`);
  }
  const problems = resultValidator.problems(document);
  if (problems.length > 0)
    throw new Error(
      `not a result document: ${problems.map(({ description }) => description).join('; ')}\n${stdout}`,
    );
  return document as ResultDocument;
}

/** Runs a program without a terminal, in a process group of its own. */
export function startCommand(
  [program, ...args]: readonly string[],
  { env, cwd = '/', user }: CommandOptions,
): Running {
  const { DATABASE_URL: _, SEED_HOME: __, ...inherited } = process.env;
  const command = user ? ['setpriv', ...privileges(user), program!, ...args] : [program!, ...args];
  const child = spawn(command[0]!, command.slice(1), {
    cwd,
    env: { ...inherited, SEED_STOP_GRACE: '1', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]!.setEncoding('utf8').on('data', (text: string) => (printed[stream] += text));
  const ended = once(child, 'close').then(([exit, signal]) => ({ ...printed, exit, signal }) as Ended);
  return { child, pid: child.pid!, printed, ended };
}

function privileges({ uid, gid, groups }: NonNullable<CommandOptions['user']>): string[] {
  return [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    groups.length > 0 ? `--groups=${groups.join(',')}` : '--clear-groups',
  ];
}

/** Makes a directory, parents too. @returns its path */
export async function makeDirectory(...parts: string[]): Promise<string> {
  const directory = path.join(...parts);
  await mkdir(directory, { recursive: true });
  return directory;
}

/** Puts `seed` and `seed-run` into a directory's `bin/`. @returns that directory, for a PATH */
export async function commandsIn(directory: string): Promise<string> {
  const bin = await makeDirectory(directory, 'bin');
  for (const name of ['seed', 'seed-run']) await symlink(path.join(dist, `${name}.js`), path.join(bin, name));
  return bin;
}
