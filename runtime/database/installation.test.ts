import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asAdministrator, testDatabase, testServer } from '../../test/support/database.ts';
import { urlOfDatabase } from '../../test/support/database-server.ts';
import { connect } from './index.ts';

let fresh: Awaited<ReturnType<typeof testDatabase>>;
let name: string;

beforeAll(async () => {
  fresh = await testDatabase();
  name = /\/(test_\w+)/.exec(fresh.url)![1]!;
});
afterAll(() => fresh.drop());

async function installationOf(url: string): Promise<string> {
  const database = await connect({ home: '', databaseUrl: url });
  await database.close();
  return database.installation;
}

describe('the installation uuid', () => {
  it('is made once, also by several first starts at once', async () => {
    const uuids = await Promise.all(Array.from({ length: 5 }, () => installationOf(fresh.url)));
    expect(new Set(uuids).size).toBe(1);
    expect(uuids[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is made anew in a clone, once, and stays in the original', async () => {
    const original = await installationOf(fresh.url);
    await asAdministrator((client) => client.query(`create database ${name}_clone template ${name}`));
    const clone = urlOfDatabase(testServer(), `${name}_clone`);
    const uuids = await Promise.all([installationOf(clone), installationOf(clone)]);
    expect(uuids[0]).not.toBe(original);
    expect(uuids[1]).toBe(uuids[0]);
    expect(await installationOf(clone)).toBe(uuids[0]);
    expect(await installationOf(fresh.url)).toBe(original);
    await asAdministrator((client) => client.query(`drop database ${name}_clone with (force)`));
  });

  it('is made anew where another cluster restored a dump', async () => {
    const original = await installationOf(fresh.url);
    const database = await connect({ home: '', databaseUrl: fresh.url });
    await database.execute(`update installation set system_identifier = '1'`);
    await database.close();
    const restored = await installationOf(fresh.url);
    expect(restored).not.toBe(original);
    expect(await installationOf(fresh.url)).toBe(restored);
  });

  it('is the same for a user who may not see the identity of the cluster, whoever comes first', async () => {
    const guest = `guest_${name}`;
    const database = await connect({ home: '', databaseUrl: fresh.url });
    await database.query('revoke execute on function pg_control_system() from public');
    await database.query(`create role ${guest} login`);
    await database.query(`grant all on all tables in schema public to ${guest}`);
    try {
      const guestUrl = fresh.url.replace('seedbed@', `${guest}@`);
      expect(await installationOf(guestUrl)).toBe(database.installation);
      await database.execute('delete from installation');
      const byGuest = await installationOf(guestUrl);
      expect(byGuest).not.toBe(database.installation);
      expect(await installationOf(fresh.url)).toBe(byGuest);
    } finally {
      await database.query(`drop owned by ${guest}`);
      await database.query(`drop role ${guest}`);
      await database.close();
    }
  });
});
