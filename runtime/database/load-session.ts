import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { databaseError } from './database-error.ts';
import { queriesOver, type Queries } from './queries.ts';
import { openSession, type Target } from './session.ts';

/** The statements of one transaction of a `LoadSession`. */
export interface LoadTransaction extends Queries {
  /**
   * Runs a `COPY ... FROM STDIN`.
   * @param rows text of its format, in pieces of any length
   */
  copy(statement: string, rows: Iterable<string> | AsyncIterable<string>): Promise<void>;
}

/** A session of its own, for COPY: those of the pool send what they are asked for without waiting, which COPY cannot. */
export interface LoadSession {
  /** BEGIN, `work`, COMMIT; ROLLBACK when `work` throws. One at a time. */
  transaction<T>(work: (transaction: LoadTransaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** @throws database-unreachable */
export async function openLoadSession(target: Target, where: string): Promise<LoadSession> {
  const client = await openSession(target).catch((error: unknown) => {
    throw databaseError(error, where);
  });
  const queries = queriesOver(client, where);
  const load = { ...queries, copy: copyOver(client, where) };
  return {
    transaction: async (work) => {
      await queries.query('begin');
      try {
        const result = await work(load);
        await queries.query('commit');
        return result;
      } catch (thrown) {
        await queries.query('rollback').catch(() => undefined);
        throw thrown;
      }
    },
    close: () => client.end().catch(() => undefined),
  };
}

function copyOver(client: pg.Client, where: string): LoadTransaction['copy'] {
  return async (statement, rows) => {
    try {
      await pipeline(Readable.from(rows), client.query(copyFrom(statement)));
    } catch (error) {
      throw databaseError(error, where);
    }
  };
}
