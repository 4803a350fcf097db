import type pg from 'pg';
import { databaseError } from './database-error.ts';
import { queriesOver, type Queries } from './queries.ts';
import { hasCode } from './error-code.ts';
import { inOneWrite } from './session-stream.ts';
import { tracked } from './tracked.ts';

/** The statements of one transaction; of no use once it has ended. Statements run one after the other. */
export type Transaction = Queries;

/** What statements are told that follow a failed one. */
const afterFailure = '25P02';

/**
 * BEGIN, `work`, COMMIT; ROLLBACK when `work` throws. Serialization failures and deadlocks (40001, 40P01) are the
 * caller's to retry: only it knows what `work` did elsewhere.
 *
 * Nothing waits for an answer that it does not need: BEGIN goes out with the first statement, and COMMIT with those that
 * `work` has not waited for. A failure of one of these fails the transaction.
 * @param pool its sessions send what is asked for without waiting for earlier answers (`pipeline`)
 * @throws whatever `work` throws; an error when a failed statement was swallowed, since then nothing was committed
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  where: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await connected(pool, where);
  const control = queriesOver(client, where);
  const hold = inOneWrite(client);
  const statements = tracked(control, 'This transaction has ended', hold);
  let broken: Error | undefined;
  try {
    hold();
    const begun = control.execute('begin');
    begun.catch(() => undefined);
    const result = await work(statements.queries);
    const last = statements.end();
    last.catch(() => undefined);
    hold();
    const committed = commit(client, where);
    committed.catch(() => undefined);
    await begun;
    await last;
    await committed;
    return result;
  } catch (error) {
    await statements.end().catch(() => undefined);
    broken = await rollBack(client);
    throw hasCode(error, afterFailure) ? (statements.failure ?? error) : error;
  } finally {
    client.release(broken);
  }
}

async function connected(pool: pg.Pool, where: string): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw databaseError(error, where);
  }
}

async function commit(client: pg.ClientBase, where: string): Promise<void> {
  const { command } = await client.query('commit').catch((error: unknown) => {
    throw databaseError(error, where);
  });
  // The server answers ROLLBACK, and no error, to the commit of a transaction in which a statement failed.
  if (command !== 'COMMIT')
    throw new Error('A statement of this transaction failed, so nothing was committed');
}

/** What is wrong with the session, if it cannot be used again. */
async function rollBack(client: pg.ClientBase): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
