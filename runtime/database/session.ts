import pg from 'pg';
import { typeParsers } from './type-parsers.ts';

/** How to reach one database, as node-pg takes it. */
export type Target = pg.ClientConfig;

/**
 * What every session of ours needs, in one statement: UTC text for times, and no time limit on idle sessions, some of
 * which hold locks for as long as their process lives. Statements rather than start-up options, which poolers refuse.
 */
const sessionSettings = [
  `set timezone = 'UTC'`,
  `set datestyle = 'ISO, YMD'`,
  'set client_min_messages = warning',
  'set idle_session_timeout = 0',
  'set jit = off',
].join('; ');

/** The target of a `DATABASE_URL`. An idle connection whose server vanished is noticed within 20 s. */
export function targetOfUrl(url: string): Target {
  return {
    connectionString: url,
    application_name: 'seedbed',
    types: typeParsers,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** The target of a server that listens on a socket in `directory`. Nothing is taken from the PG* variables. */
export function targetOfSocket(directory: string, port: number): Target {
  return {
    host: directory,
    port,
    user: 'seedbed',
    password: 'unused',
    database: 'postgres',
    ssl: false,
    application_name: 'seedbed',
    types: typeParsers,
  };
}

/**
 * Opens one session outside any pool, within 10 s. The caller ends it.
 * @param also a statement to run with the first ones, to save its way there and back
 */
export async function openSession(target: Target, also?: string): Promise<pg.Client> {
  const client = new pg.Client({ ...target, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // a lost connection also rejects its queries; unheard, it would end the process
  try {
    await client.connect();
    await prepareSession(client, also);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

export async function prepareSession(client: pg.ClientBase, also?: string): Promise<void> {
  await client.query(also ? `${sessionSettings}; ${also}` : sessionSettings);
}
