import pg from 'pg';
import { prepareSession, type Target } from './session.ts';

/**
 * A pool of sessions, opened when they are needed.
 * @param size sessions at most
 */
export function createPool(target: Target, size: number): pg.Pool {
  const pool = new pg.Pool({
    ...target,
    max: size,
    allowExitOnIdle: true,
    onConnect: (client) => prepareSession(client),
  });
  // An idle session that breaks is replaced by the next query; that the server is gone, `presence.lost` tells.
  pool.on('error', () => undefined);
  // One that breaks while a transaction has it tells so to the next statement; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
