import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testDatabase } from '../../test/support/database.ts';
import { connect, type Database, type Queries } from '../database/index.ts';
import { currentFiles, filesNamed, registerArrivals } from './index.ts';

let db: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  ({ drop } = test);
  db = await connect({ home: '', databaseUrl: test.url });
});
afterAll(async () => {
  await db.close();
  await drop();
});

const rows = 20_000;
const asked = Array.from({ length: 300 }, (_, n) => `x/${n * 3}`);

/** Rows of the catalogue that this transaction has read so far. */
async function read(tx: Queries): Promise<number> {
  const [row] = await tx.query<{ read: number }>(
    `select (seq_tup_read + idx_tup_fetch)::integer as read from pg_stat_xact_user_tables where relname = 'scale_file'`,
  );
  return row!.read;
}

it.each<[string, (tx: Queries, workspace: number) => Promise<unknown>]>([
  ['currentFiles', (tx, workspace) => currentFiles(tx, workspace, asked)],
  [
    'filesNamed',
    (tx) =>
      filesNamed(
        tx,
        asked.map((path) => ({ workspace: 'filesNamed', path })),
      ),
  ],
  [
    'registerArrivals',
    (tx, workspace) =>
      registerArrivals(
        tx,
        workspace,
        asked.map((path) => ({ path, size: 5, version: '1-1', sha256: null, dataTypes: [] })),
      ),
  ],
])('%s reads the files that are asked for, and not all that are current', async (name, ask) => {
  await db.transaction(async (tx) => {
    const [workspace] = await tx.query<{ id: number }>(
      `insert into workspace (name, json_config) values ($1, '{}') returning id`,
      [name],
    );
    // No statistics know of them.
    await tx.query(
      `insert into scale_file (workspace_id, file_type, file_path, file_name, media_type, file_size, file_stat, uuid, version_id)
       select $1, 'SOURCE', 'x/' || n, n::text, 'text/plain', 5, '1-1', gen_random_uuid(), gen_random_uuid()
       from generate_series(1, ${rows}) n`,
      [workspace!.id],
    );
    const before = await read(tx);
    await ask(tx, workspace!.id);
    expect((await read(tx)) - before).toBeLessThan(5 * asked.length);
  });
});
