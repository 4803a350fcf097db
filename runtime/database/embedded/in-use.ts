import type pg from 'pg';
import { family, lockKeys } from '../advisory-locks.ts';
import { findPostmaster } from './postmaster.ts';

/**
 * Counts this session among the server's clients. While the last one out is stopping the server this waits, and
 * fails when the server has gone (57P01); if that one dies first, it succeeds.
 */
export async function holdInUse(client: pg.ClientBase): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1, $2)', [family, lockKeys.inUse]);
}

/**
 * Stops the server if this session is its last client: gives up its own share first, or two that leave at once would
 * each see the other's. Whoever then gets the lock alone keeps it until the server is gone, so newcomers wait.
 * SIGINT is Postgres's fast shutdown; nobody waits for it to end.
 */
export async function stopIfLast(client: pg.ClientBase, data: string): Promise<void> {
  const keys = [family, lockKeys.inUse];
  await client.query('select pg_advisory_unlock_shared($1, $2)', keys);
  const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1, $2) as last', keys);
  if (!rows[0]?.last) return;
  const postmaster = await findPostmaster(data);
  if (postmaster?.pid) process.kill(postmaster.pid, 'SIGINT');
}
