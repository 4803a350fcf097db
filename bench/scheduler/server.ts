import pg from 'pg';
import { startTestServer, urlOfDatabase } from '../../test/support/database-server.ts';
import type { Bench } from '../support/bench.ts';

/** A Postgres server of this run, as durable as it comes: each commit is on the disk before it is answered. */
export interface BenchServer {
  /** Makes a database. @returns its URL */
  database(name: string): Promise<string>;
}

/** Connections: those of one contender at its highest concurrency, with room for what it has besides. */
const settings = { max_connections: '200' };

export async function benchServer({ ending }: Bench): Promise<BenchServer> {
  const server = await startTestServer('18', settings);
  ending.undo(() => server.stop());
  return {
    database: async (name) => {
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      try {
        await client.query(`create database ${name}`);
      } finally {
        await client.end();
      }
      return urlOfDatabase(server.url, name);
    },
  };
}
