import type pg from 'pg';
import type { Migration } from '../../migrations/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { family, lockKeys } from './advisory-locks.ts';
import { prepareSession, type Target } from './session.ts';
import { codeOf } from './error-code.ts';

const undefinedTable = '42P01';

/**
 * Brings the database's shape up to `migrations`, each in a transaction of its own. Nothing pending, the normal case,
 * costs one query, and knex is not even loaded (100 ms).
 * @param client a session of its own: it holds the lock while others wait, from before knex's bootstrap, which races
 * @throws schema-too-new when the database has a migration that we do not
 */
export async function migrate(
  client: pg.ClientBase,
  target: Target,
  migrations: readonly Migration[],
): Promise<void> {
  if ((await pending(client, migrations)) === 0) return;
  await client.query('select pg_advisory_lock($1, $2)', [family, lockKeys.migrating]);
  try {
    const count = await pending(client, migrations);
    if (count > 0) await run(target, migrations, count);
  } finally {
    await client.query('select pg_advisory_unlock($1, $2)', [family, lockKeys.migrating]);
  }
}

/** How many migrations are still to run. */
async function pending(client: pg.ClientBase, migrations: readonly Migration[]): Promise<number> {
  const done = new Set(await appliedMigrations(client));
  const known = new Set(migrations.map(({ name }) => name));
  for (const migration of done)
    if (!known.has(migration)) throw new SeedbedError('schema-too-new', { migration });
  return known.size - done.size;
}

/** The names of the migrations that the database has, in order; none in a database that is not ours yet. */
export async function appliedMigrations(client: pg.ClientBase): Promise<string[]> {
  try {
    const { rows } = await client.query<{ name: string }>('select name from knex_migrations order by id');
    return rows.map(({ name }) => name);
  } catch (error) {
    if (codeOf(error) === undefinedTable) return [];
    throw error;
  }
}

/** `up` one by one: `latest` would put them all into one transaction, where one cannot build on another's new types. */
async function run(target: Target, migrations: readonly Migration[], count: number): Promise<void> {
  const { default: createKnex } = await import('knex');
  const knex = createKnex({
    client: 'pg',
    connection: target as object,
    pool: {
      min: 0,
      max: 1,
      afterCreate: (client: pg.ClientBase, done: (error: unknown, client: pg.ClientBase) => void) => {
        prepareSession(client).then(
          () => done(null, client),
          (error: unknown) => done(error, client),
        );
      },
    },
    log: { warn: () => undefined, error: () => undefined }, // it prints what it also throws
    migrations: {
      disableTransactions: false,
      migrationSource: {
        getMigrations: () => Promise.resolve([...migrations]),
        getMigrationName: (migration: Migration) => migration.name,
        getMigration: ({ up }: Migration) => Promise.resolve({ up, down: forwardOnly }),
      },
    },
  });
  try {
    for (let index = 0; index < count; index += 1) await knex.migrate.up();
  } finally {
    await knex.destroy();
  }
}

function forwardOnly(): Promise<void> {
  return Promise.reject(new Error('Migrations only go forward'));
}
