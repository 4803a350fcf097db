import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../test/support/database.ts';
import { buildClient, type ClientProgram } from '../../test/support/database-processes.ts';
import { connect, type Database } from './index.ts';

let fresh: Awaited<ReturnType<typeof testDatabase>>;
let elsewhere: Awaited<ReturnType<typeof testDatabase>>;
let database: Database;
let program: ClientProgram;

beforeAll(async () => {
  program = await buildClient();
  fresh = await testDatabase();
  elsewhere = await testDatabase();
  database = await connect({ home: '', databaseUrl: fresh.url });
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
  await elsewhere.drop();
  await program.remove();
});

/** Waits until the server has noticed; it does so on its own. */
async function untilDead(runtime: string): Promise<void> {
  while (await database.presence.isAlive(runtime));
}

describe('presence', () => {
  it('can be ended by others, and is told of it', async () => {
    const hanging = await connect({ home: '', databaseUrl: fresh.url });
    await database.presence.expel([hanging.presence.runtime]);
    await untilDead(hanging.presence.runtime);
    expect(await hanging.presence.lost).toMatchObject({ error: 'database-unreachable' });
    expect(await database.presence.isAlive(database.presence.runtime)).toBe(true);
    await hanging.close();
  });

  it('knows itself and others who live', async () => {
    const other = await connect({ home: '', databaseUrl: fresh.url });
    expect(other.presence.runtime).not.toBe(database.presence.runtime);
    expect(await database.presence.isAlive(other.presence.runtime)).toBe(true);
    expect(await other.presence.isAlive(database.presence.runtime)).toBe(true);
    expect(await other.presence.isAlive(other.presence.runtime)).toBe(true);
    await other.close();
    await untilDead(other.presence.runtime);
    expect(await database.presence.isAlive(database.presence.runtime)).toBe(true);
  });

  it('tells the dead among many', async () => {
    const { runtime } = database.presence;
    expect(await database.presence.deadAmong(['17', runtime, '281474976710655'])).toEqual(
      expect.arrayContaining(['17', '281474976710655']),
    );
    expect(await database.presence.deadAmong(['17', runtime])).toHaveLength(1);
    expect(await database.presence.deadAmong([])).toEqual([]);
  });

  it('ends with a process that is killed', async () => {
    const client = program.start({ DATABASE_URL: fresh.url });
    const { runtime } = (await client.next()) as { runtime: string };
    expect(await database.presence.isAlive(runtime)).toBe(true);
    await client.kill();
    await untilDead(runtime);
    expect(await database.presence.deadAmong([runtime])).toEqual([runtime]);
  });

  it('is of one database: the same number held in another says nothing', async () => {
    const other = await connect({ home: '', databaseUrl: elsewhere.url });
    expect(await other.presence.isAlive(other.presence.runtime)).toBe(true);
    expect(await database.presence.isAlive(other.presence.runtime)).toBe(false);
    expect(await other.presence.isAlive(database.presence.runtime)).toBe(false);
    await other.close();
  });

  it('is not confused by locks of two keys', async () => {
    await database.transaction(async (transaction) => {
      await transaction.query('select pg_advisory_xact_lock(0, 4711)');
      expect(await database.presence.isAlive('4711')).toBe(false);
    });
  });

  it('says when it is lost', async () => {
    const other = await connect({ home: '', databaseUrl: fresh.url });
    await database.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and objsubid = 1 and (classid::bigint << 32 | objid::bigint) = $1`,
      [other.presence.runtime],
    );
    expect(await other.presence.lost).toMatchObject({ error: 'database-unreachable' });
    await untilDead(other.presence.runtime);
    await other.close();
  });

  it('is not lost by leaving', async () => {
    const other = await connect({ home: '', databaseUrl: fresh.url });
    await other.close();
    const nothing = Symbol('nothing');
    expect(await Promise.race([other.presence.lost, Promise.resolve(nothing)])).toBe(nothing);
  });
});
