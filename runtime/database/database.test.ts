import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, testServer } from '../../test/support/database.ts';
import { startTestServer, urlOfDatabase } from '../../test/support/database-server.ts';
import { connect, type Database } from './index.ts';

let fresh: Awaited<ReturnType<typeof testDatabase>>;
let database: Database;

beforeAll(async () => {
  fresh = await testDatabase();
  database = await connect({ home: '', databaseUrl: fresh.url });
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

describe('query', () => {
  it('gives times as UTC text with microseconds, whatever the offset they were written with', async () => {
    const rows = await database.query(`
      select timestamptz '2019-09-10 22:27:53.03111+02' as at, array[timestamptz '2019-01-01 00:00Z', null] as all_of,
             date '2019-09-10' as day`);
    expect(rows).toEqual([
      { at: '2019-09-10T20:27:53.031110Z', all_of: ['2019-01-01T00:00:00.000000Z', null], day: '2019-09-10' },
    ]);
  });

  it('takes back the times that it gives', async () => {
    const at = '2019-09-10T20:27:53.031110Z';
    expect(await database.query('select $1::timestamptz as at', [at])).toEqual([{ at }]);
  });

  it('gives bigints as numbers', async () => {
    const rows = await database.query('select count(*) as n, array[1::bigint, null] as ids, 2::int as i');
    expect(rows).toEqual([{ n: 1, ids: [1, null], i: 2 }]);
  });

  it('refuses a bigint that a number cannot hold, and goes on working', async () => {
    await expect(database.query('select 9007199254740993::bigint as n')).rejects.toThrow('9007199254740993');
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it("keeps the server's code on errors of SQL", async () => {
    await expect(database.query('select 1/0')).rejects.toMatchObject({ code: '22012' });
  });

  it('leaves the parsers of other users of node-pg alone', async () => {
    const { default: pg } = await import('pg');
    expect(pg.types.getTypeParser(20)('7')).toBe('7');
  });
});

describe('execute', () => {
  it('counts the rows that it touched', async () => {
    expect(await database.execute('update installation set created = created')).toBe(1);
    expect(await database.execute('update installation set created = created where false')).toBe(0);
  });
});

describe('the pool', () => {
  it('opens as many sessions as it may, and no more', async () => {
    const small = await connect({ home: '', databaseUrl: fresh.url }, { poolSize: 2 });
    const pids = Array.from({ length: 6 }, () =>
      small.query('select pg_backend_pid() as pid, pg_sleep(0.01)'),
    );
    const sessions = new Set((await Promise.all(pids)).map(([row]) => row?.pid));
    await small.close();
    expect(sessions.size).toBe(2);
  });

  it('replaces a session that the server ended', async () => {
    const other = await connect({ home: '', databaseUrl: fresh.url }, { poolSize: 1 });
    const [session] = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
    await database.query('select pg_terminate_backend($1, 5000)', [session!.pid]);
    // Whether the pool has heard of it by now decides whether this one fails, never whether the next one does.
    await other.query('select 1').catch(() => undefined);
    await expect(other.query('select 1 as one')).resolves.toEqual([{ one: 1 }]);
    await other.close();
  });
});

describe('close', () => {
  it('answers those who wait for a session when it is closed', async () => {
    const brief = await connect({ home: '', databaseUrl: fresh.url }, { poolSize: 1 });
    const answers = Promise.all([1, 2, 3].map(() => brief.query('select pg_sleep(0.05)')));
    await brief.close();
    await expect(answers).resolves.toHaveLength(3);
    await expect(brief.query('select 1')).rejects.toMatchObject({ error: 'database-unreachable' });
  });

  it('takes a statement that is not answered in time for a lost connection', async () => {
    const impatient = await connect({ home: '', databaseUrl: fresh.url }, { statementMs: 50 });
    await expect(impatient.query('select pg_sleep(60)')).rejects.toMatchObject({
      error: 'database-unreachable',
    });
    await impatient.close();
  });

  it('lets nobody keep locks who stopped in the midst of a transaction', async () => {
    const [row] = await database.query<{ limit: string }>(
      `select current_setting('idle_in_transaction_session_timeout') as limit`,
    );
    expect(row!.limit).toBe('10s');
  });

  it('may be asked for twice, and leaves no session behind', async () => {
    const other = await connect({ home: '', databaseUrl: fresh.url });
    const [session] = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
    await Promise.all([other.close(), other.close()]);
    const left = async (): Promise<unknown[]> =>
      database.query('select from pg_stat_activity where pid = $1', [session!.pid]);
    while ((await left()).length > 0);
    await expect(other.query('select 1')).rejects.toThrow();
  });
});

describe('connect', () => {
  it('says where nobody answers, without the password', async () => {
    const attempt = connect({ home: '', databaseUrl: 'postgres://me:secret@127.0.0.1:1/db' });
    await expect(attempt).rejects.toMatchObject({
      error: 'database-unreachable',
      parameters: { where: 'postgres://me@127.0.0.1:1/db', reason: 'connect ECONNREFUSED 127.0.0.1:1' },
    });
  });

  it('says that the database does not exist', async () => {
    const attempt = connect({ home: '', databaseUrl: urlOfDatabase(testServer(), 'nowhere') });
    await expect(attempt).rejects.toMatchObject({
      error: 'database-unreachable',
      parameters: { reason: 'database "nowhere" does not exist' },
    });
  });

  it('says what the user may not do', async () => {
    await database.query('create role visitor login');
    try {
      const visit = connect({ home: '', databaseUrl: fresh.url.replace('seedbed@', 'visitor@') });
      await expect(visit).rejects.toMatchObject({
        error: 'database-unreachable',
        parameters: { reason: 'permission denied for table knex_migrations' },
      });
    } finally {
      await database.query('drop role visitor');
    }
  });

  it('works on Postgres 14', async () => {
    const server = await startTestServer('14');
    try {
      const old = await connect({ home: '', databaseUrl: server.url });
      const [row] = await old.query<{ version: string }>(
        `select current_setting('server_version') as version`,
      );
      await old.close();
      expect(row!.version).toMatch(/^14\./);
    } finally {
      await server.stop();
    }
  });
});
