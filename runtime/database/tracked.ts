import type { Queries } from './queries.ts';

/** Statements of one transaction, and what becomes of them. */
export interface Tracked {
  readonly queries: Queries;
  /**
   * Takes no more statements.
   * @returns resolves when the last one has ended; rejects with the failure of one that was still under way
   */
  end(): Promise<void>;
  /** What the first statement that failed was told; later ones hear only that it did. */
  readonly failure: unknown;
}

/**
 * @param queries over one session, which runs them in the order in which they are asked for
 * @param ended what a statement after the end is told
 * @param before called before each statement
 */
export function tracked(queries: Queries, ended: string, before: () => void): Tracked {
  const running = new Set<Promise<unknown>>();
  let over = false;
  let failure: unknown;
  const track = <Value>(begin: () => Promise<Value>): Promise<Value> => {
    if (over) return Promise.reject(new Error(ended));
    before();
    const statement = begin();
    running.add(statement);
    const settle = () => running.delete(statement);
    statement.then(settle, (thrown: unknown) => {
      failure ??= thrown;
      settle();
    });
    return statement;
  };
  return {
    get failure() {
      return failure;
    },
    queries: {
      query: <Row extends object>(sql: string, parameters?: readonly unknown[]) =>
        track(() => queries.query<Row>(sql, parameters)),
      prepared: <Row extends object>(name: string, sql: string, parameters: readonly unknown[]) =>
        track(() => queries.prepared<Row>(name, sql, parameters)),
      execute: (sql, parameters) => track(() => queries.execute(sql, parameters)),
    },
    end: async () => {
      over = true;
      for (const statement of await Promise.allSettled(running))
        if (statement.status === 'rejected') throw statement.reason;
    },
  };
}
