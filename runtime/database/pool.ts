import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { prepareSession, type Target } from './session.ts';

/** Milliseconds for a session to open, or to become free. */
const patienceMs = 15_000;
/** A process that hangs in the midst of a transaction must not keep its locks from the others. */
const limits = `set idle_in_transaction_session_timeout = '10s'`;

/**
 * A pool of sessions, opened when they are needed. They send what they are asked for without waiting for earlier answers,
 * so that a transaction is not as many ways there and back as it has statements; COPY needs a session of its own.
 * @param size sessions at most
 * @param statementMs for the answer to one statement, after which its connection is taken for dead; undefined: no limit
 */
export function createPool(target: Target, size: number, statementMs?: number): pg.Pool {
  const pool = new pg.Pool({
    ...target,
    ...(statementMs !== undefined && { query_timeout: statementMs }),
    max: size,
    pipeline: true,
    allowExitOnIdle: true,
    connectionTimeoutMillis: patienceMs,
    onConnect: (client) => prepareSession(client, limits),
  });
  // An idle session that breaks is replaced by the next query; that the server is gone, `presence.lost` tells.
  pool.on('error', () => undefined);
  // One that breaks while a transaction has it tells so to the next statement; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Ends a pool once nobody waits for one of its sessions: those who do when it ends would wait for ever. */
export async function endPool(pool: pg.Pool): Promise<void> {
  while (pool.waitingCount > 0) await delay(10);
  await pool.end();
}
