import type pg from 'pg';
import { migrations as ours, type Migration } from '../../migrations/index.ts';
import type { Config } from '../config/index.ts';
import { databaseError } from './database-error.ts';
import { findBinaries } from './embedded/binaries.ts';
import { enterEmbedded } from './embedded/enter.ts';
import { requireGlibc } from './embedded/libc.ts';
import { requireUserEntry } from './embedded/server-user.ts';
import { observe } from './embedded/state.ts';
import { enterUrl } from './entrance.ts';
import { appliedMigrations } from './migrate.ts';

/** A database as it is, before anything of it is changed. */
export interface DatabaseLook {
  /** For messages; without a password. */
  readonly where: string;
  /** e.g. `18.4`. */
  readonly version: string;
  /** e.g. `UTF8`. */
  readonly encoding: string;
  /** Whether our role may create tables in the schema that it would create them in. */
  readonly mayCreate: boolean;
  /** A standby, or a server in which nothing may be written. */
  readonly readOnly: boolean;
  readonly migrations: {
    readonly applied: readonly string[];
    readonly pending: readonly string[];
    /** Of a newer program. */
    readonly unknown: readonly string[];
  };
  /** What its clock said (ISO 8601), and when that was asked and answered by ours, milliseconds since 1970. */
  readonly clock: { readonly time: string; readonly asked: number; readonly answered: number };
}

/**
 * Looks at the database that `connect` would use, and changes nothing in it. The embedded server is started for it, where
 * it has been made already, and stopped again.
 * @returns undefined for an embedded database that has not been made yet, and could be
 * @throws as `connect`, but never schema-too-new
 */
export async function lookAtDatabase(
  { home, databaseUrl }: Pick<Config, 'home' | 'databaseUrl'>,
  migrations: readonly Migration[] = ours,
): Promise<DatabaseLook | undefined> {
  if (!databaseUrl && (await observe(home)).name === 'absent') {
    requireGlibc();
    if (process.geteuid?.() !== 0) requireUserEntry();
    await findBinaries();
    return undefined;
  }
  const { client, where, leave } = await (databaseUrl ? enterUrl(databaseUrl) : enterEmbedded(home));
  try {
    return { where, ...(await describe(client)), migrations: await compare(client, migrations) };
  } catch (error) {
    throw databaseError(error, where);
  } finally {
    await leave();
  }
}

async function describe(client: pg.ClientBase): Promise<Omit<DatabaseLook, 'where' | 'migrations'>> {
  const asked = Date.now();
  const { rows } = await client.query<
    Omit<DatabaseLook, 'where' | 'migrations' | 'clock'> & { time: string }
  >(
    `select clock_timestamp() as time,
            current_setting('server_version') as version,
            current_setting('server_encoding') as encoding,
            current_setting('transaction_read_only')::boolean as "readOnly",
            coalesce(has_schema_privilege(current_schema(), 'create'), false) as "mayCreate"`,
  );
  const { time, ...described } = rows[0]!;
  return { ...described, clock: { time, asked, answered: Date.now() } };
}

async function compare(
  client: pg.ClientBase,
  migrations: readonly Migration[],
): Promise<DatabaseLook['migrations']> {
  const applied = await appliedMigrations(client);
  const known = migrations.map(({ name }) => name);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}
