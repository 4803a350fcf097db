import pg from 'pg';
import { hasCode } from '../../runtime/database/index.ts';
import { startTestServer, urlOfDatabase } from '../../test/support/database-server.ts';
import type { Bench } from '../support/bench.ts';

/** A Postgres server of this run, as durable as it comes: each commit is on the disk before it is answered. */
export interface BenchServer {
  /** Makes a database, unless the server was kept and has it. @returns its URL */
  database(name: string): Promise<string>;
  /** Writes to the disk what is not there yet, so that filling a queue does not slow down what comes after. */
  settle(): Promise<void>;
}

/** Connections: those of one contender at its highest concurrency, with room for what it has besides. */
const defaults = { max_connections: '200' };

/** @param kept directory that it is kept in; undefined: it is gone at the end of the run */
export async function benchServer(
  { ending }: Bench,
  kept?: string,
  settings: Readonly<Record<string, string>> = defaults,
): Promise<BenchServer> {
  const server = await startTestServer('18', settings, kept);
  ending.undo(() => server.stop());
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return {
    database: async (name) => {
      await run(`create database ${name}`).catch((error: unknown) => {
        if (kept === undefined || !hasCode(error, '42P04')) throw error; // duplicate_database
      });
      return urlOfDatabase(server.url, name);
    },
    settle: () => run('checkpoint'),
  };
}
