import type pg from 'pg';
import { databaseError, shownUrl } from './database-error.ts';
import { openSession, targetOfUrl, type Target } from './session.ts';

/** The way into a database: one session that stays open for as long as the process uses it, and how to open more. */
export interface Entrance {
  readonly client: pg.Client;
  readonly target: Target;
  /** For messages; without a password. */
  readonly where: string;
  /** Ends the session. Never fails. */
  leave(): Promise<void>;
}

/**
 * Enters the server of a `DATABASE_URL`.
 * @throws database-unreachable
 */
export async function enterUrl(url: string): Promise<Entrance> {
  const where = shownUrl(url);
  const target = targetOfUrl(url);
  try {
    const client = await openSession(target);
    return { client, target, where, leave: () => client.end().catch(() => undefined) };
  } catch (error) {
    throw databaseError(error, where);
  }
}
