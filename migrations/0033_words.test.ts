import { expect, it } from '@jest/globals';
import { connect, type Database } from '../runtime/database/index.ts';
import { asAdministrator, testServer } from '../test/support/database.ts';
import { urlOfDatabase } from '../test/support/database-server.ts';
import { migrations } from './index.ts';

const url = urlOfDatabase(testServer(), 'test_words');

async function using<T>(count: number | undefined, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await connect({ home: '', databaseUrl: url }, { migrations: migrations.slice(0, count) });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** Which of the names have a word, as the index has it. */
async function having(db: Database, word: string): Promise<string[]> {
  const rows = await db.query<{ file_name: string }>(
    `select file_name from scale_file where file_name_words(file_name) @@ $1::tsquery order by id`,
    [`'${word}'`],
  );
  return rows.map(({ file_name }) => file_name);
}

it('names that are there already are found by words with any digit, and a ? separates them', async () => {
  await asAdministrator((client) => client.query('create database test_words'));
  try {
    const before = migrations.findIndex(({ name }) => name === '0033_words');
    const names = [
      'LC08_B1.tif',
      'x_0123456789.tif',
      'what?2019.tif',
      ...'`{[\\'.split('').map((s) => `a${s}b$`),
    ];
    await using(before, async (db) => {
      await db.query(
        `with place as (insert into workspace (name, title, json_config) values ('w', 'w', '{}') returning id)
         insert into scale_file (workspace_id, uuid, version_id, file_path, file_name, file_type, media_type, file_size)
         select (select id from place), md5(name), gen_random_uuid(), name, name, 'SOURCE', '', 0 from unnest($1::text[]) name`,
        [names],
      );
      expect(await having(db, 'b1')).toEqual([]);
    });
    // So that the index of the words is what answers.
    for (const way of ['seqscan', 'indexscan'])
      await asAdministrator((client) => client.query(`alter database test_words set enable_${way} = off`));
    await using(undefined, async (db) => {
      const [first, second, third, ...others] = names;
      expect(await having(db, 'b1')).toEqual([first]);
      expect(await having(db, '0123456789')).toEqual([second]);
      expect(await having(db, '2019')).toEqual([third]);
      expect(await having(db, 'b')).toEqual(others);
    });
  } finally {
    await asAdministrator((client) => client.query('drop database test_words with (force)'));
  }
});

it('knex replaced no ? of any migration', async () => {
  await asAdministrator((client) => client.query('create database test_words'));
  try {
    const texts = await using(undefined, (db) =>
      db.query(
        `with ours as (select 'public'::regnamespace as schema)
         select text from ours, lateral (
           select pg_get_functiondef(oid) as text from pg_proc where pronamespace = schema and prokind in ('f', 'p')
           union all select pg_get_constraintdef(oid) from pg_constraint where connamespace = schema
           union all select indexdef from pg_indexes where schemaname = 'public'
           union all select pg_get_expr(adbin, adrelid) from pg_attrdef
           union all select pg_get_triggerdef(oid) from pg_trigger
           union all select pg_get_viewdef(oid) from pg_class where relnamespace = schema and relkind = 'v'
           union all select description from pg_description where objoid >= 16384
         ) found where text ~ '\\$[0-9]'`,
      ),
    );
    expect(texts).toEqual([]);
  } finally {
    await asAdministrator((client) => client.query('drop database test_words with (force)'));
  }
});
