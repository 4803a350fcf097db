import { expect, it } from '@jest/globals';
import { connect, type Database } from '../runtime/database/index.ts';
import { asAdministrator, testServer } from '../test/support/database.ts';
import { urlOfDatabase } from '../test/support/database-server.ts';
import { migrations } from './index.ts';

const url = urlOfDatabase(testServer(), 'test_fast_lists');

async function using<T>(count: number | undefined, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await connect({ home: '', databaseUrl: url }, { migrations: migrations.slice(0, count) });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

it('what is there already is known by its error and its job type', async () => {
  await asAdministrator((client) => client.query('create database test_fast_lists'));
  try {
    const before = migrations.findIndex(({ name }) => name === '0018_fast_lists');
    await using(before, (db) =>
      db.query(
        `with type as (
           insert into job_type (name, version, manifest, docker_image)
           values ('one', '1', '{}', 'x'), ('two', '1', '{}', 'x') returning id
         ), revision as (
           insert into job_type_revision (job_type_id, revision_num, manifest, docker_image)
           select id, 1, '{}', 'x' from type returning id, job_type_id
         ), made as (
           insert into job (job_type_id, job_type_revision_id, status, timeout, input, error)
           select job_type_id, id, 'FAILED', 1, '{}', case when job_type_id = (select min(id) from type) then '{"name": "timeout"}'::jsonb end
           from revision returning id
         )
         insert into job_exe (job_id, exe_num, status, runtime, node, queued) select id, 1, 'FAILED', 'r', 'n', now() from made`,
      ),
    );
    const rows = await using(undefined, (db) =>
      db.query(
        `select t.name, j.error_name from job_exe e join job j on j.id = e.job_id join job_type t on t.id = e.job_type_id
         order by 1`,
      ),
    );
    expect(rows).toEqual([
      { name: 'one', error_name: 'timeout' },
      { name: 'two', error_name: null },
    ]);
  } finally {
    await asAdministrator((client) => client.query('drop database test_fast_lists with (force)'));
  }
});
