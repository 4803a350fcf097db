import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { connect, type Database } from '../../database/index.ts';

const apis: TestApi[] = [];
const databases: Database[] = [];
let drop: () => Promise<unknown>;
beforeAll(async () => {
  const test = await testDatabase();
  drop = test.drop;
  for (let nth = 0; nth < 2; nth++) {
    databases.push(await connect({ home: '', databaseUrl: test.url }));
    apis.push(await startApi(databases[nth]!));
  }
});
afterAll(async () => {
  for (const api of apis) await api.close();
  for (const db of databases) await db.close();
  await drop();
});

describe('If-Match at two runtimes', () => {
  it('lets one of two changes of the same version through, under whatever prefix', async () => {
    for (let round = 0; round < 20; round++) {
      const { headers, json } = await apis[0]!.get('scheduler/');
      const change = { is_paused: !json.is_paused };
      const addresses = ['/v6/scheduler/', round % 2 ? '/v7/scheduler' : '/api/v6/scheduler/'];
      const both = await Promise.all(
        apis.map((api, nth) => api.send('PATCH', addresses[nth]!, change, { 'If-Match': headers.etag! })),
      );
      expect(both.map(({ status }) => status).sort()).toEqual([204, 412]);
    }
  });
});
