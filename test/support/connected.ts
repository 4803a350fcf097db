import { afterAll, beforeAll } from '@jest/globals';
import { localWorkspace } from '../../runtime/catalog/index.ts';
import { connect, type Database } from '../../runtime/database/index.ts';
import type { LocalWorkspace } from '../../runtime/workspace/index.ts';
import { testDatabase } from './database.ts';

/** Before the first test of a file: connects to a fresh database and hands it over. After the last: drops it. */
export function withDatabase(take: (db: Database, workspace: LocalWorkspace) => void): void {
  let end: () => Promise<void>;
  beforeAll(async () => {
    const test = await testDatabase();
    const db = await connect({ home: '', databaseUrl: test.url });
    end = () => db.close().then(test.drop);
    take(db, await localWorkspace(db));
  });
  afterAll(() => end());
}
