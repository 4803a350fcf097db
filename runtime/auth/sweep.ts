import type { Queries } from '../database/index.ts';

/** Rows of one statement, so that none holds its locks for long. */
const atOnce = 10_000;

/** Removes what is older than it is kept: entries of the audit trail, attempts to log in, tokens that expired long ago. */
export async function sweepAccess(db: Queries, auditDays: number): Promise<void> {
  await remove(db, 'audit', `at < now() - make_interval(days => ${Math.floor(auditDays)})`);
  await remove(db, 'login_attempt', `at < now() - interval '1 day'`);
  await remove(db, 'api_token', `is_login and expires < now() - interval '30 days'`);
}

async function remove(db: Queries, table: string, condition: string): Promise<void> {
  const statement = `delete from ${table} where id in (select id from ${table} where ${condition} limit ${atOnce})`;
  while ((await db.execute(statement)) === atOnce);
}
