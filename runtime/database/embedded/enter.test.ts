import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { stopServer } from '../../../test/support/database-server.ts';
import { testHome } from '../../../test/support/database.ts';
import { buildClient, type ClientProgram } from '../../../test/support/database-processes.ts';
import { connect, connectLasting, type Database } from '../index.ts';
import { family, lockKeys } from '../advisory-locks.ts';
import { openSession, targetOfSocket } from '../session.ts';
import { pidFile, type Postmaster } from './postmaster.ts';
import { isRunning } from './processes.ts';
import { serverUser } from './server-user.ts';
import { observe, type State } from './state.ts';
import { itLong } from '../../../test/support/long.ts';

let program: ClientProgram;
let home: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  program = await buildClient();
});
afterAll(() => program.remove());

const enter = (): Promise<Database> => connect({ home, databaseUrl: undefined });
const startClients = (count: number) =>
  Array.from({ length: count }, () => program.start({ SEED_HOME: home }));

async function until(name: State['name']): Promise<State> {
  for (;;) {
    const state = await observe(home);
    if (state.name === name) return state;
    await delay(5);
  }
}

async function running(): Promise<Postmaster> {
  const state = await observe(home);
  if (state.name !== 'running') throw new Error(`The server is ${state.name}`);
  return state.postmaster;
}

describe('a new embedded server', () => {
  beforeEach(async () => {
    ({ home, remove } = await testHome());
  });
  afterEach(() => remove());

  it('is made by the first client, as it should be', async () => {
    expect((await observe(home)).name).toBe('absent');
    const database = await enter();
    const [settings] = await database.query(`
      select current_setting('server_encoding') as encoding, current_setting('listen_addresses') as addresses,
             current_setting('fsync') as fsync, datlocprovider as provider, datlocale as locale,
             upper('straße é') as upper, current_setting('shared_buffers') as cache
      from pg_database where datname = current_database()`);
    const { socketDirectory, pid } = await running();
    await database.close();
    expect(settings).toEqual({
      encoding: 'UTF8',
      addresses: '',
      fsync: 'on',
      provider: 'b',
      locale: 'C.UTF-8',
      upper: 'STRAßE É',
      cache: '64MB',
    });
    const sockets = await stat(socketDirectory);
    expect(sockets.mode & 0o777).toBe(0o700);
    await until('stopped');
    while (isRunning(pid)) await delay(5); // its last act is to remove postmaster.pid
    expect(await readFile(path.join(home, 'database/postgres.log'), 'utf8')).toContain(
      'database system is ready',
    );
  });

  it('is one, for 8 processes that come at once to a fresh home, and stops when the last has left', async () => {
    const clients = startClients(8);
    const hellos = await Promise.all(clients.map((client) => client.next()));
    expect(hellos.filter(({ error }) => error)).toEqual([]);
    expect(new Set(hellos.map(({ installation }) => installation)).size).toBe(1);
    expect(new Set(hellos.map(({ runtime }) => runtime)).size).toBe(8);
    const { pid } = await running();
    await Promise.all(clients.slice(1).map((client) => client.leave()));
    expect((await running()).pid).toBe(pid);
    await clients[0]!.leave();
    await until('stopped');
    expect((await readdir(path.join(home, 'database'))).sort()).toEqual(['host', 'pgdata', 'postgres.log']);
  });

  it('is made once by several parts of one process', async () => {
    const databases = await Promise.all([enter(), enter(), enter()]);
    expect(new Set(databases.map(({ installation }) => installation)).size).toBe(1);
    await Promise.all(databases.map((database) => database.close()));
    await until('stopped');
  });

  it('is made by the next client when the first is killed in the middle of it', async () => {
    const [client] = startClients(1);
    const drafts = async (): Promise<string[]> =>
      (await readdir(path.join(home, 'database')).catch(() => [])).filter((name) => name.includes('.tmp-'));
    while ((await drafts()).length === 0) await delay(1);
    await client!.kill();
    const database = await enter();
    await expect(database.query('select 1 as one')).resolves.toEqual([{ one: 1 }]);
    await database.close();
    // The killed one's initdb may live on for a moment, and then cleans up after itself.
    while ((await drafts()).length > 0) await delay(5);
  });

  it('lives in a home with an odd name', async () => {
    const odd = await testHome(`sp ace, qu"o'te \\ ünï $HOME \`x\` %s`);
    const database = await connect({ home: odd.home, databaseUrl: undefined });
    const one = await database.query('select 1 as one');
    await database.close();
    await odd.remove();
    expect(one).toEqual([{ one: 1 }]);
  });

  it('is not made for a process that has lost its data, but found again when they are back', async () => {
    const database = await connectLasting({ home, databaseUrl: undefined });
    const { installation } = database;
    const data = path.join(home, 'database/pgdata');
    const server = await running();
    await rename(data, `${data}-aside`);
    await stopServer(server, 'SIGINT');
    await expect(connect({ home, databaseUrl: undefined }, { known: true })).rejects.toMatchObject({
      error: 'home-unusable',
      parameters: { reason: 'its database is there no more' },
    });
    expect((await observe(home)).name).toBe('absent');
    const returned = new Promise((resolve) => database.onReturn(resolve));
    await rename(`${data}-aside`, data);
    await returned;
    expect(database.installation).toBe(installation);
    await database.close();
  });
});

describe('an embedded server that was used before', () => {
  let installation: string;

  beforeAll(async () => {
    ({ home, remove } = await testHome());
    const database = await enter();
    ({ installation } = database);
    await database.query('create table survivor (n int)');
    await database.close();
  });
  beforeEach(() => until('stopped'));
  afterAll(() => remove());

  itLong('is one, for 8 processes that come at once to a stopped one', async () => {
    const clients = startClients(8);
    const hellos = await Promise.all(clients.map((client) => client.next()));
    expect(hellos.map((hello) => hello.installation)).toEqual(Array.from({ length: 8 }, () => installation));
    await Promise.all(clients.map((client) => client.leave()));
    await until('stopped');
  });

  it('serves newcomers who arrive while the last one out is stopping it', async () => {
    let database = await enter();
    for (let round = 0; round < 25; round += 1) {
      const leaving = database.close();
      if (round % 3 === 1) await leaving;
      if (round % 3 === 2) await delay(round);
      database = await enter();
      await database.execute('insert into survivor values ($1)', [round]);
      await leaving;
    }
    expect(await database.query('select count(*) as n from survivor')).toEqual([{ n: 25 }]);
    await database.close();
    await until('stopped');
  });

  itLong('is stopped by one of two who leave at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const both = await Promise.all([enter(), enter()]);
      await Promise.all(both.map((database) => database.close()));
      await until('stopped');
    }
    expect((await observe(home)).name).toBe('stopped');
  });

  it('goes on when its last client is killed, and the next one stops it', async () => {
    const [client] = startClients(1);
    await client!.next();
    const { pid } = await running();
    await client!.kill();
    expect((await running()).pid).toBe(pid);
    const next = await enter();
    expect((await running()).pid).toBe(pid);
    // A busy server hears a moment later that the killed one has gone, and takes it for a client until then.
    const clients = () =>
      next.query(`select 1 from pg_locks where locktype = 'advisory' and classid = $1 and objid = $2`, [
        family,
        lockKeys.inUse,
      ]);
    while ((await clients()).length > 1) await delay(5);
    await next.close();
    await until('stopped');
  });

  it('does not hear the Ctrl-C of the terminal of its clients', async () => {
    const [client] = startClients(1);
    await client!.next();
    const { pid } = await running();
    process.kill(-client!.pid, 'SIGINT');
    expect(await client!.next()).toEqual({ interrupted: true });
    const database = await enter();
    expect((await running()).pid).toBe(pid);
    await client!.leave();
    await database.close();
  });

  it('recovers from kill -9: clients notice, nothing committed is lost', async () => {
    const database = await enter();
    await database.query('create table committed as select 42 as n');
    const { pid } = await running();
    process.kill(pid, 'SIGKILL');
    expect(await database.presence.lost).toMatchObject({ error: 'database-unreachable' });
    const next = await enter();
    expect(await next.query('select n from committed')).toEqual([{ n: 42 }]);
    expect((await running()).pid).not.toBe(pid);
    await database.close();
    expect(await next.query('select n from committed')).toEqual([{ n: 42 }]);
    await next.close();
    await until('stopped');
  });

  itLong('recovers when 4 processes find it killed', async () => {
    const database = await enter();
    process.kill((await running()).pid, 'SIGKILL');
    const clients = startClients(4);
    const hellos = await Promise.all(clients.map((client) => client.next()));
    expect(hellos.map(({ installation }) => installation)).toEqual(
      Array.from({ length: 4 }, () => database.installation),
    );
    await Promise.all(clients.map((client) => client.leave()));
    await database.close();
    await until('stopped');
  });

  it('starts though the number of a killed one was given to another program', async () => {
    const database = await enter();
    const { pid, socketDirectory } = await running();
    const lock = path.join(socketDirectory, '.s.PGSQL.5432.lock');
    const [ofData, ofSocket] = await Promise.all([
      readFile(pidFile(place()), 'utf8'),
      readFile(lock, 'utf8'),
    ]);
    await database.close();
    await until('stopped');
    // Postgres takes only processes of its own user for living.
    const other = spawn('/bin/sh', ['-c', 'read line'], { ...(await serverUser(place())) });
    await once(other, 'spawn');
    await writeFile(pidFile(place()), ofData.replace(String(pid), String(other.pid)));
    await writeFile(lock, ofSocket.replace(String(pid), String(other.pid)));
    const next = await enter();
    expect(next.installation).toBe(database.installation);
    expect(isRunning(other.pid!)).toBe(true);
    await next.close();
    other.stdin.end();
    await once(other, 'close');
  });

  it('refuses the data of another major version', async () => {
    const attempt = withFile(path.join(place(), 'PG_VERSION'), '17\n', enter);
    await expect(attempt).rejects.toMatchObject({
      error: 'embedded-database-version',
      parameters: { found: '17', expected: '18' },
    });
  });

  it('refuses a home of another host before it touches anything', async () => {
    const attempt = withFile(path.join(home, 'database/host'), 'other\nnorth\n', enter);
    await expect(attempt).rejects.toMatchObject({
      error: 'home-on-another-host',
      parameters: { host: 'north' },
    });
    expect((await observe(home)).name).toBe('stopped');
  });

  it('says why it does not start, and where to read more', async () => {
    const attempt = withFile(path.join(place(), 'postgresql.conf'), 'no_such_setting = 1\n', enter);
    await expect(attempt).rejects.toMatchObject({
      error: 'embedded-database-failed',
      message: expect.stringContaining('contains errors'),
      parameters: { log: path.join(home, 'database/postgres.log') },
    });
  });

  it('sweeps what a killed initialiser left beside the data of the one that was faster', async () => {
    const draft = `${place()}.tmp-999999999-0123abcd`;
    await mkdir(draft);
    const database = await enter();
    await database.close();
    await expect(stat(draft)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is entered when the last one out is killed in the middle of stopping it', async () => {
    const database = await enter();
    const { socketDirectory } = await running();
    const lastOut = await openSession(targetOfSocket(socketDirectory, 5432));
    // As stopIfLast does, whose process then dies before it sends the signal.
    await lastOut.query(`select pg_terminate_backend(pid, 5000) from pg_locks
                         where locktype = 'advisory' and classid = ${family} and objid = ${lockKeys.inUse}`);
    await lastOut.query(`select pg_advisory_lock(${family}, ${lockKeys.inUse})`);
    const entering = enter();
    const waiting = `select from pg_locks where locktype = 'advisory' and classid = ${family} and not granted`;
    while ((await lastOut.query(waiting)).rowCount === 0);
    await lastOut.end();
    const next = await entering;
    await database.close();
    expect(await next.query('select 1 as one')).toEqual([{ one: 1 }]);
    await next.close();
  });

  it('tells how to end a server whose socket was removed', async () => {
    const database = await enter();
    const { pid, socketDirectory } = await running();
    await rm(path.join(socketDirectory, '.s.PGSQL.5432'));
    await expect(enter()).rejects.toThrow(`end it with: kill -INT ${pid}`);
    await database.close();
  });
});

/** Runs `work` while a file says something else. */
async function withFile<T>(file: string, content: string, work: () => Promise<T>): Promise<T> {
  const before = await readFile(file);
  await writeFile(file, content);
  try {
    return await work();
  } finally {
    await writeFile(file, before);
  }
}

function place(): string {
  return path.join(home, 'database/pgdata');
}
