import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { TestQueue } from '../../test/support/queue.ts';
import { connectLasting, type LastingDatabase } from '../database/index.ts';
import { finish } from '../jobs/index.ts';
import { createLogger } from '../logging/index.ts';
import { createLogStore } from '../logs/index.ts';
import { completed } from '../../test/support/scheduler.ts';
import { upkeep } from './upkeep.ts';

let test: TestDatabase;
let db: LastingDatabase;
let directory: string;
beforeAll(async () => {
  test = await testDatabase();
  db = await connectLasting({ home: '', databaseUrl: test.url });
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
});
afterAll(async () => {
  await db.close();
  await test.drop();
  await rm(directory, { recursive: true });
});

it('removes old logs, also those that nobody ended, but none of an execution that runs', async () => {
  const queue = await new TestQueue(db).open();
  const [runs, over] = await queue.claim(await queue.submit(await queue.type(), {}, {}));
  await finish(db, over!, completed);
  const logs = createLogStore({ directory, capMiB: 1, retentionSeconds: 60 });
  for (const { id } of [runs!, over!]) {
    const writer = logs.writer(id, { resume: false });
    await writer.write({ stream: 'stdout', data: Buffer.from('something\n') });
    await writer.leave();
    const place = logs.directoryOf(id);
    for (const name of [...(await readdir(place)), '']) await utimes(path.join(place, name), 1, 1);
  }
  await upkeep({ db, logs, logger: createLogger('silent'), workspaces: { byId: async () => undefined } });
  expect(await readdir(directory)).toEqual([`${runs!.id}`]);
});
