import type pg from 'pg';
import { databaseError, shownUrl } from './database-error.ts';
import { requireVersion } from './server-version.ts';
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
 * @throws database-unreachable, database-too-old
 */
export async function enterUrl(url: string): Promise<Entrance> {
  const where = shownUrl(url);
  const target = targetOfUrl(url);
  let client: pg.Client | undefined;
  try {
    client = await openSession(target);
    await requireVersion(client);
  } catch (error) {
    await client?.end();
    throw databaseError(error, where);
  }
  return { client, target, where, leave: () => client.end().catch(() => undefined) };
}
