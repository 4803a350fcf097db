import pg from 'pg';
import { startTestServer, urlOfDatabase } from '../../test/support/database-server.ts';
import type { Bench } from '../support/bench.ts';

/** A Postgres server of this run, as durable as it comes: each commit is on the disk before it is answered. */
export interface BenchServer {
  /** Makes a database. @returns its URL */
  database(name: string): Promise<string>;
  /** Writes to the disk what is not there yet, so that filling a queue does not slow down what comes after. */
  settle(): Promise<void>;
}

/** Connections: those of one contender at its highest concurrency, with room for what it has besides. */
const settings = { max_connections: '200' };

export async function benchServer({ ending }: Bench): Promise<BenchServer> {
  const server = await startTestServer('18', settings);
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
      await run(`create database ${name}`);
      return urlOfDatabase(server.url, name);
    },
    settle: () => run('checkpoint'),
  };
}
