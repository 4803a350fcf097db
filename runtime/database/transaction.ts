import type pg from 'pg';
import { databaseError } from './database-error.ts';
import { inTurn } from './in-turn.ts';
import { queriesOver, type Queries } from './queries.ts';

/** The statements of one transaction; of no use once it has ended. Statements run one after the other. */
export type Transaction = Queries;

/**
 * BEGIN, `work`, COMMIT; ROLLBACK when `work` throws. Serialization failures and deadlocks (40001, 40P01) are the
 * caller's to retry: only it knows what `work` did elsewhere.
 * @throws whatever `work` throws; an error when a failed statement was swallowed, since then nothing was committed
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  where: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await connected(pool, where);
  const control = queriesOver(client, where);
  const { queries: transaction, end } = inTurn(control, 'This transaction has ended');
  let broken: Error | undefined;
  try {
    await control.execute('begin');
    const result = await work(transaction);
    await end();
    await commit(client, where);
    return result;
  } catch (error) {
    await end();
    broken = await rollBack(client);
    throw error;
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
