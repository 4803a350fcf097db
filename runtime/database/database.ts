import type pg from 'pg';
import { migrations as ours, type Migration } from '../../migrations/index.ts';
import type { Config } from '../config/index.ts';
import { databaseError } from './database-error.ts';
import { type EmbeddedOptions, enterEmbedded } from './embedded/enter.ts';
import { enterUrl, type Entrance } from './entrance.ts';
import { installationUuid } from './installation.ts';
import { type LoadSession, openLoadSession } from './load-session.ts';
import { migrate } from './migrate.ts';
import { createPool, endPool } from './pool.ts';
import { announce, type Presence } from './presence.ts';
import { queriesOver, type Queries } from './queries.ts';
import { streamOf } from './session-stream.ts';
import { type Signals, signalsOver } from './signals.ts';
import { inTransaction, type Transaction } from './transaction.ts';

/** A connection to Seedbed's database, migrated, with this process announced in it. */
export interface Database extends Queries, Signals {
  /** The uuid of this installation: another one in every database, and in every clone of one. */
  readonly installation: string;
  readonly presence: Presence;
  /** How its sessions are used at this moment. */
  sessions(): Sessions;
  /** The database's address for messages; without a password. */
  readonly where: string;
  /**
   * BEGIN, `work`, COMMIT; ROLLBACK when `work` throws. Deadlocks and serialization failures are not retried.
   * @throws whatever `work` throws
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Opens a session for COPY, which the caller closes before this connection. */
  openLoad(): Promise<LoadSession>;
  /** Waits for running statements and leaves; the last client of the embedded server stops it. */
  close(): Promise<void>;
  /** Cuts every connection, for a network that swallows what is sent: running statements fail, `presence.lost` tells. */
  abandon(): void;
}

/** Of the pool: sessions that there may be, that are open, those of them that nobody uses, and who waits for one. */
export interface Sessions {
  readonly most: number;
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

export interface ConnectOptions extends EmbeddedOptions {
  /** Sessions at most, besides the one that announces this process. */
  readonly poolSize?: number;
  /** Milliseconds for the answer to a statement, after which its connection is taken for dead; default: no limit. */
  readonly statementMs?: number;
  readonly migrations?: readonly Migration[];
}

/**
 * Connects to the server of `config.databaseUrl`, or else to the embedded server under `config.home`, which it makes
 * and starts where that is needed. Migrates what is pending.
 * @throws database-unreachable, database-too-old, schema-too-new, disk-full; for the embedded server also
 * embedded-database-unavailable, embedded-database-failed, embedded-database-version, home-on-another-host,
 * home-unusable
 */
export async function connect(
  config: Pick<Config, 'home' | 'databaseUrl'>,
  { poolSize = 4, statementMs, migrations = ours, ...embedded }: ConnectOptions = {},
): Promise<Database> {
  const { home, databaseUrl } = config;
  const entrance = await (databaseUrl ? enterUrl(databaseUrl) : enterEmbedded(home, embedded));
  try {
    return await open(entrance, createPool(entrance.target, poolSize, statementMs), migrations);
  } catch (error) {
    await entrance.leave();
    throw databaseError(error, entrance.where);
  }
}

async function open(
  { client, target, where, leave }: Entrance,
  pool: pg.Pool,
  migrations: readonly Migration[],
): Promise<Database> {
  await migrate(client, target, migrations);
  const installation = await installationUuid(client);
  const sessions = new Set<pg.PoolClient>();
  pool.on('connect', (session) => sessions.add(session));
  pool.on('remove', (session) => sessions.delete(session));
  const queries = queriesOver(pool, where);
  let closed: Promise<void> | undefined;
  const presence = await announce(client, queries, where, () => closed !== undefined);
  const { stop, ...signals } = signalsOver(client, presence.queries, queries, presence.runtime);
  const leaveOnce = () => {
    stop();
    return endPool(pool).then(leave);
  };
  return {
    ...queries,
    ...signals,
    installation,
    presence,
    where,
    sessions: () => ({
      most: pool.options.max,
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    transaction: (work) => inTransaction(pool, where, work),
    openLoad: () => openLoadSession(target, where),
    close: () => (closed ??= leaveOnce()),
    abandon: () => {
      for (const session of [client, ...sessions]) streamOf(session).destroy();
    },
  };
}
