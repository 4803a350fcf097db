import { startTestServer, type TestServer } from './database-server.ts';

declare global {
  var seedbedTestServer: TestServer | undefined;
}

/** The Postgres server of all tests: version SEED_TEST_POSTGRES (18 or 14), address SEED_TEST_SERVER. */
export default async function setUp(): Promise<void> {
  const server = await startTestServer(process.env.SEED_TEST_POSTGRES || '18');
  globalThis.seedbedTestServer = server;
  process.env.SEED_TEST_SERVER = server.url;
}
