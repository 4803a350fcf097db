import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import pg from 'pg';
import { migrations } from '../../migrations/index.ts';
import { urlOfDatabase } from '../../test/support/database-server.ts';
import { asAdministrator, testDatabase, testHome, testServer } from '../../test/support/database.ts';
import { connect } from './database.ts';
import { lookAtDatabase } from './look.ts';

const names = migrations.map(({ name }) => name);
const at = (databaseUrl: string) => ({ home: '/nonexistent', databaseUrl });
const id = randomUUID().replaceAll('-', '');
const [empty, latin, role] = [`test_${id}_empty`, `test_${id}_latin`, `test_${id}_role`];

beforeAll(() =>
  asAdministrator(async (client) => {
    await client.query(`create database ${empty}`);
    await client.query(`create database ${latin} encoding 'LATIN1' locale 'C' template template0`);
    await client.query(`create role ${role} login`);
  }),
);
afterAll(() =>
  asAdministrator(async (client) => {
    for (const name of [empty, latin]) await client.query(`drop database ${name} with (force)`);
    await client.query(`drop role ${role}`);
  }),
);

describe('a look at the database', () => {
  it('finds it migrated, and what a program with more migrations would do', async () => {
    const database = await testDatabase();
    try {
      const { clock, ...look } = (await lookAtDatabase(at(database.url)))!;
      expect(look).toEqual({
        where: expect.stringMatching(/^postgres:/),
        version: expect.stringMatching(/^\d+\.\d+/),
        encoding: 'UTF8',
        mayCreate: true,
        readOnly: false,
        migrations: { applied: names, pending: [], unknown: [] },
      });
      expect(Math.abs(Date.parse(clock.time) - clock.asked)).toBeLessThan(60_000);
      expect(clock.answered).toBeGreaterThanOrEqual(clock.asked);
      const [first, ...rest] = migrations;
      const other = { ...first!, name: '9999_other' };
      expect((await lookAtDatabase(at(database.url), [...rest, other]))!.migrations).toEqual({
        applied: names,
        pending: ['9999_other'],
        unknown: [first!.name],
      });
    } finally {
      await database.drop();
    }
  });

  it('changes nothing in an empty one', async () => {
    const url = urlOfDatabase(testServer(), empty);
    const { migrations: found } = (await lookAtDatabase(at(url)))!;
    expect(found).toEqual({ applied: [], pending: names, unknown: [] });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rowCount } = await client.query(
      `select from pg_class where relnamespace = 'public'::regnamespace`,
    );
    await client.end();
    expect(rowCount).toBe(0);
  });

  it('tells the encoding, what the role may not, and that nothing may be written', async () => {
    expect(await lookAtDatabase(at(urlOfDatabase(testServer(), latin)))).toMatchObject({
      encoding: 'LATIN1',
    });
    const asRole = urlOfDatabase(testServer(), empty).replace(/\/\/[^@]*@/, `//${role}@`);
    await asAdministrator((client) =>
      client.query(`alter role ${role} set default_transaction_read_only = on`),
    );
    const url = urlOfDatabase(testServer(), empty);
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query('revoke create on schema public from public');
    await admin.end();
    expect(await lookAtDatabase(at(asRole))).toMatchObject({ mayCreate: false, readOnly: true });
  });

  it('makes no embedded database, and leaves one that is made as it was', async () => {
    const { home, remove } = await testHome();
    try {
      expect(await lookAtDatabase({ home, databaseUrl: undefined })).toBeUndefined();
      expect(existsSync(home)).toBe(false);
      await (await connect({ home, databaseUrl: undefined })).close();
      expect(await lookAtDatabase({ home, databaseUrl: undefined })).toMatchObject({
        migrations: { pending: [], unknown: [] },
      });
    } finally {
      await remove();
    }
  });

  it('throws what a connection would', async () => {
    await expect(lookAtDatabase(at('postgres://a:secret@127.0.0.1:1/x'))).rejects.toMatchObject({
      error: 'database-unreachable',
      message: expect.not.stringContaining('secret'),
    });
  });
});
