import { once } from 'node:events';
import type pg from 'pg';
import { family, lockKeys } from '../advisory-locks.ts';
import { findPostmaster } from './postmaster.ts';

/** How long a server may take to hear the signal, milliseconds. */
const longestGoodbye = 5_000;

/**
 * Counts a session among the server's clients. While the last one out is stopping the server this waits, and
 * mostly fails when the server ends the session (57P01). It succeeds if that one was killed before it could, but also
 * if its session was ended a moment before ours: the caller must look whether the server is stopping. A last one out
 * that sleeps in the middle of it (Ctrl-Z) is waited for no longer than 5 s (55P03).
 */
export const holdInUse = `
  set lock_timeout = '5s';
  select pg_advisory_lock_shared(${family}, ${lockKeys.inUse});
  set lock_timeout = 0`;

/**
 * Stops the server if this session is its last client: gives up its own share first, or two that leave at once would
 * each see the other's. Whoever then gets the lock alone keeps it until the server ends the session, which it does
 * only when postmaster.pid says `stopping`: a newcomer who gets its share after that can read there that it is late.
 * SIGINT is Postgres's fast shutdown; nobody waits for the rest of it.
 */
export async function stopIfLast(client: pg.Client, data: string): Promise<void> {
  const keys = [family, lockKeys.inUse];
  await client.query('select pg_advisory_unlock_shared($1, $2)', keys);
  const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1, $2) as last', keys);
  if (!rows[0]?.last) return;
  const postmaster = await findPostmaster(data);
  if (!postmaster?.pid) return;
  const ended = once(client, 'end', { signal: AbortSignal.timeout(longestGoodbye) });
  process.kill(postmaster.pid, 'SIGINT');
  await ended.catch(() => undefined); // mostly by the error 57P01
}
