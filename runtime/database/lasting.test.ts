import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../../test/support/database-server.ts';
import { type TcpProxy, tcpProxy } from '../../test/support/tcp-proxy.ts';
import { connectLasting, type LastingDatabase } from './index.ts';

let server: TestServer;
let proxy: TcpProxy;
let db: LastingDatabase;
beforeAll(async () => {
  server = await startTestServer(process.env.SEED_TEST_POSTGRES || '18');
  proxy = await tcpProxy(`${server.socketDirectory}/.s.PGSQL.5432`);
  db = await connectLasting(
    { home: '', databaseUrl: `postgres://seedbed@127.0.0.1:${proxy.port}/postgres` },
    { poolSize: 2 },
  );
});
afterAll(async () => {
  await db.close();
  await proxy.close();
  await server.stop();
});

const back = () => new Promise<string>((resolve) => db.onReturn(resolve));

it('comes back under another number when its connections break, and goes on listening', async () => {
  const former = db.presence.runtime;
  const heard = new Promise<string>((resolve) => db.listen(resolve));
  const other = await connectLasting({ home: '', databaseUrl: server.url });
  const returned = back();
  proxy.cut();
  expect(await returned).toBe(former);
  expect(db.presence.runtime).not.toBe(former);
  await db.presence.queries.query('select 1'); // the session that listens has begun to
  other.notify('queue');
  expect(await heard).toBe('queue');
  await other.close();
});

it('answers everybody while the server is away, and is there again after it', async () => {
  const returned = back();
  const asked = Array.from({ length: 12 }, () => db.query('select pg_sleep(30)'));
  const answers = Promise.allSettled(asked);
  await server.halt('SIGQUIT');
  for (const answer of await answers)
    expect(answer).toMatchObject({ status: 'rejected', reason: { error: 'database-unreachable' } });
  await expect(db.query('select 1')).rejects.toMatchObject({ error: 'database-unreachable' });
  await server.start();
  await returned;
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
});

it('closes while the network swallows what is sent', async () => {
  const other = await connectLasting({
    home: '',
    databaseUrl: `postgres://seedbed@127.0.0.1:${proxy.port}/postgres`,
  });
  proxy.swallow(true);
  const unanswered = other.query('select 1').catch((thrown: unknown) => thrown);
  await other.close();
  expect(await unanswered).toMatchObject({ error: 'database-unreachable' });
  proxy.swallow(false);
});
