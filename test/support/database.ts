import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { connect } from '../../runtime/database/index.ts';
import { findPlace } from '../../runtime/database/embedded/place.ts';
import { findPostmaster } from '../../runtime/database/embedded/postmaster.ts';
import { serverUser } from '../../runtime/database/embedded/server-user.ts';
import { makeSocketDirectory } from '../../runtime/database/embedded/socket-directory.ts';
import { stopServer, temporaryDirectory, urlOfDatabase } from './database-server.ts';

const template = 'seedbed_template';

export interface TestDatabase {
  readonly url: string;
  /** Removes it, and ends what is still connected to it. */
  drop(): Promise<void>;
}

/** A fresh, migrated database of the tests' server, for one test file. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdministrator(async (client) => {
    await client.query('select pg_advisory_lock(1)'); // a template in use can be neither filled nor cloned
    await makeTemplate(client);
    await client.query(`create database ${name} template ${template}`);
  });
  return {
    url: urlOfDatabase(testServer(), name),
    drop: () => asAdministrator((client) => client.query(`drop database ${name} with (force)`)),
  };
}

/** A fresh SEED_HOME for an embedded server. `remove` stops that, if it still runs, and removes all its files. */
export async function testHome(name = 'home'): Promise<{ home: string; remove(): Promise<void> }> {
  const directory = await temporaryDirectory();
  const home = path.join(directory, name);
  return {
    home,
    remove: async () => {
      const place = await findPlace(home);
      if (place) {
        await stopServer(await findPostmaster(place.data), 'SIGINT');
        const sockets = await makeSocketDirectory(place, await serverUser(place.data)).catch(() => undefined);
        if (sockets) await rm(sockets, { recursive: true, force: true, maxRetries: 5 });
        await rm(place.directory, { recursive: true, force: true, maxRetries: 5 });
      }
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The address of the tests' server. */
export function testServer(): string {
  const server = process.env.SEED_TEST_SERVER;
  if (!server)
    throw new Error('SEED_TEST_SERVER is not set: jest must run with test/support/global-setup.ts');
  return server;
}

/** Runs statements on the tests' server that no database of its own can have. */
export async function asAdministrator(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: testServer() });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function makeTemplate(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
  if (rowCount) return;
  await client.query(`create database ${template}`);
  const database = await connect({ home: '', databaseUrl: urlOfDatabase(testServer(), template) });
  await database.close();
}
