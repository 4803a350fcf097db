import type pg from 'pg';
import { databaseError } from './database-error.ts';

/** Statements with `$1`, `$2`, ... for their parameters. */
export interface Queries {
  /**
   * The rows of one statement: `int8` as number, `timestamptz` as ISO 8601 UTC text with microseconds.
   * @throws database-unreachable, disk-full; else the server's own error, with its SQLSTATE in `code`
   */
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<Row[]>;
  /**
   * As `query`, for statements that run over and over: the server reads and plans each once for a session, which is most
   * of what a short one costs (0.3 of 0.5 ms, measured). Its plan may be one for any parameters, so what decides it, such
   * as a limit, belongs into the text.
   * @param name of this very text
   */
  prepared<Row extends object = Record<string, unknown>>(
    name: string,
    sql: string,
    parameters: readonly unknown[],
  ): Promise<Row[]>;
  /** Runs one statement and says how many rows it touched. */
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>;
}

/** `Queries` over whatever can run a statement: a pool, or one session of it. */
export function queriesOver(runner: Pick<pg.Pool, 'query'> | pg.ClientBase, where: string): Queries {
  const run = async (
    text: string,
    parameters: readonly unknown[] = [],
    name?: string,
  ): Promise<pg.QueryResult> => {
    try {
      return await runner.query({ text, values: [...parameters], ...(name !== undefined && { name }) });
    } catch (error) {
      throw databaseError(error, where);
    }
  };
  return {
    query: async <Row extends object>(sql: string, parameters?: readonly unknown[]) =>
      (await run(sql, parameters)).rows as Row[],
    prepared: async <Row extends object>(name: string, sql: string, parameters: readonly unknown[]) =>
      (await run(sql, parameters, name)).rows as Row[],
    execute: async (sql, parameters) => (await run(sql, parameters)).rowCount ?? 0,
  };
}
