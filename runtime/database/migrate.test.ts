import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { migrations as ours, type Migration } from '../../migrations/index.ts';
import { asAdministrator, testServer } from '../../test/support/database.ts';
import { buildClient, type ClientProgram } from '../../test/support/database-processes.ts';
import { urlOfDatabase } from '../../test/support/database-server.ts';
import { connect } from './index.ts';

const url = urlOfDatabase(testServer(), 'test_migrate');
const names = ours.map(({ name }) => name);
const more = (name: string, sql: string): Migration => ({
  name,
  up: async (knex) => void (await knex.raw(sql)),
});

async function connectWith(...migrations: Migration[]): Promise<void> {
  const database = await connect({ home: '', databaseUrl: url }, { migrations: [...ours, ...migrations] });
  await database.close();
}

async function applied(): Promise<string[]> {
  const database = await connect({ home: '', databaseUrl: url }, { migrations: ours }).catch(() => undefined);
  await database?.close();
  const rows: string[] = [];
  await asDatabase('select name from knex_migrations order by id', rows);
  return rows;
}

async function asDatabase(sql: string, rows: string[] = []): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const result = await client.query<{ name: string }>(sql);
  rows.push(...result.rows.map(({ name }) => name));
  await client.end();
}

beforeEach(() => asAdministrator((client) => client.query('create database test_migrate')));
afterEach(() => asAdministrator((client) => client.query('drop database test_migrate with (force)')));

describe('migrate', () => {
  it('brings an empty database up to date, in order', async () => {
    await connectWith();
    expect(await applied()).toEqual(names);
  });

  it('runs only what is pending', async () => {
    await connectWith();
    await connectWith(more('9001_more', 'create table more ()'));
    await connectWith(more('9001_more', 'create table more ()'));
    expect(await applied()).toEqual([...names, '9001_more']);
  });

  it('lets any number of newcomers migrate at once', async () => {
    const newcomers = Array.from({ length: 6 }, () => connectWith());
    await expect(Promise.all(newcomers)).resolves.toHaveLength(6);
    expect(await applied()).toEqual(names);
  });

  it('refuses a database that a newer Seedbed has migrated', async () => {
    await connectWith(more('9001_future', 'create table future ()'));
    await expect(connectWith()).rejects.toMatchObject({
      error: 'schema-too-new',
      parameters: { migration: '9001_future' },
    });
  });

  it('keeps each migration in a transaction of its own: one fails, those before it stay', async () => {
    const attempt = connectWith(
      more('9001_good', 'create type colour as enum ()'),
      more('9002_bad', 'create table half (); select 1/0'),
    );
    await expect(attempt).rejects.toThrow('division by zero');
    expect(await applied()).toEqual([...names, '9001_good']);
    await connectWith(
      more('9001_good', ''),
      more('9002_bad', `create table half (); alter type colour add value 'red'`),
      more('9003_uses', `create table used (colour colour default 'red')`),
    );
    expect(await applied()).toEqual([...names, '9001_good', '9002_bad', '9003_uses']);
  });

  it('frees the lock when a migration fails', async () => {
    await expect(connectWith(more('9001_bad', 'select 1/0'))).rejects.toThrow('division by zero');
    await expect(connectWith()).resolves.toBeUndefined();
  });
});

describe('processes that migrate', () => {
  let program: ClientProgram;
  beforeAll(async () => {
    program = await buildClient();
  });
  afterAll(() => program.remove());

  it('work at once, and knex is loaded only where something is pending', async () => {
    const clients = Array.from({ length: 4 }, () => program.start({ DATABASE_URL: url }));
    const hellos = await Promise.all(clients.map((client) => client.next()));
    expect(new Set(hellos.map(({ installation }) => installation)).size).toBe(1);
    expect(hellos.filter(({ knex }) => knex)).toHaveLength(1);
    await Promise.all(clients.map((client) => client.leave()));

    const later = program.start({ DATABASE_URL: url });
    expect(await later.next()).toMatchObject({ knex: false });
    await later.leave();
  });
});
